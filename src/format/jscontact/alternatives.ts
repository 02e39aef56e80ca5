import { paramValue } from '../vcard/line.ts';
import type { SourcedLine } from '../vcard/upgradeMany.ts';
import type { Row } from './codecs/row.ts';

/** A line of the card proper, with the lines that say the same in other languages or in other signs. */
export type Arranged = {
  readonly row: Row;
  readonly main: SourcedLine;
  readonly localized: readonly { readonly language: string; readonly line: SourcedLine }[];
  readonly phonetic: readonly SourcedLine[];
};

type Candidate = { readonly row: Row; readonly line: SourcedLine };

/** Tells main lines from their alternatives (RFC 9555 §2.3.1, §2.3.11, §2.5.2); the rest has no place in the card. */
export function arrange(
  candidates: readonly Candidate[],
  language: string | undefined,
): { arranged: Arranged[]; rest: SourcedLine[] } {
  const sets = new Map<string, Candidate[]>();
  candidates.forEach((candidate, index) => {
    const key = setKey(candidate, index);
    const set = sets.get(key);
    if (set) set.push(candidate);
    else sets.set(key, [candidate]);
  });
  const arranged: Arranged[] = [];
  const rest: SourcedLine[] = [];
  for (const set of sets.values()) arrangeSet(set, language, arranged, rest);
  return { arranged, rest };
}

function setKey({ row, line: { line } }: Candidate, index: number): string {
  // Only one of these can be in the card: further ones are alternatives even without ALTID.
  if (row.shape === 'value' || row.shape === 'part') return row.property;
  const altid = row.localizable ? paramValue(line, 'ALTID') : undefined;
  return altid === undefined ? `${index}` : `${row.property}=${altid}`;
}

const languageOf = ({ line }: Candidate): string | undefined =>
  paramValue(line.line, 'LANGUAGE')?.toLowerCase() || undefined;

function isPhonetic({ row, line }: Candidate): boolean {
  return row.readPhonetic !== undefined && Boolean(paramValue(line.line, 'PHONETIC'));
}

function arrangeSet(
  set: readonly Candidate[],
  language: string | undefined,
  arranged: Arranged[],
  rest: SourcedLine[],
): void {
  const only = set.length === 1 ? set[0]! : undefined;
  if (only && !isPhonetic(only)) {
    arranged.push({ row: only.row, main: only.line, localized: [], phonetic: [] });
    return;
  }
  const spoken = set.filter((one) => !isPhonetic(one));
  const main =
    spoken
      .filter((one) => languageOf(one) === undefined)
      .toSorted((left, right) => left.line.line.params.length - right.line.line.params.length)[0] ??
    spoken.find((one) => languageOf(one) === language?.toLowerCase()) ??
    spoken[0];
  if (!main) {
    rest.push(...set.map(({ line }) => line));
    return;
  }
  const localized: { language: string; line: SourcedLine }[] = [];
  const seen = new Set([languageOf(main) ?? language?.toLowerCase()]);
  for (const one of spoken) {
    if (one === main) continue;
    const other = one.row.localizable ? languageOf(one) : undefined;
    if (other !== undefined && !seen.has(other)) {
      seen.add(other);
      localized.push({ language: paramValue(one.line.line, 'LANGUAGE')!, line: one.line });
    } else if (one.row.shape === 'entry') arranged.push({ row: one.row, main: one.line, localized: [], phonetic: [] });
    else rest.push(one.line);
  }
  const phonetic = set.filter((one) => !spoken.includes(one)).map(({ line }) => line);
  arranged.push({ row: main.row, main: main.line, localized, phonetic });
}
