/** UAX #15 §13 (Stream-Safe Text Format): no language has more marks on one letter. */
const longRun = /(\p{M}{30})\p{M}+/gu;
/** In what is shorter any run of marks is soon put in order. */
const short = 1_000;

/**
 * A text in a normal form of Unicode. Putting the marks on a letter in order costs the square of their number, so that a
 * million of them would keep the program busy for an hour: of longer runs than any language has, the rest is left out.
 */
export function normalize(text: string, form: 'NFC' | 'NFD' | 'NFKC' | 'NFKD'): string {
  return (text.length > short ? text.replace(longRun, '$1') : text).normalize(form);
}
