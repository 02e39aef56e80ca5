/** A part of a whole, both ends included. */
export type ByteRange = { readonly first: number; readonly last: number };

/**
 * The single range that a `Range` header asks for (RFC 9110 §14.2); null: send everything, because nothing, several
 * ranges or another unit is asked for; `unsatisfiable`: none of it exists.
 */
export function readRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | null {
  const match = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/iu.exec(header ?? '');
  if (!match) return null;
  const [, start = '', end = ''] = match;
  if (start === '' && end === '') return null;
  if (start === '') {
    const length = Math.min(Number(end), size);
    return length === 0 ? 'unsatisfiable' : { first: size - length, last: size - 1 };
  }
  const first = Number(start);
  const last = end === '' ? size - 1 : Math.min(Number(end), size - 1);
  if (end !== '' && Number(end) < first) return null;
  return first >= size ? 'unsatisfiable' : { first, last };
}
