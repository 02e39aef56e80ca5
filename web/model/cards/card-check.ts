import type { PartialDate } from '../../../src/format/jscontact/types.ts';
import { dateFields, ownFields, repeatedFields } from '../../fields.ts';
import { anniversaryOf, type Draft, isRealDate, partsOf } from './card-values.ts';
import { entriesOf, type Entry, textOfEntry, withText, writeEntryOf } from './entries.ts';
import { jmapProperties } from './jmap-properties.ts';
import { dateOfLine, linesOf, ownNames } from './own-lines.ts';

/** What is wrong with a draft: the key is `property/entry` as in a JSON pointer. */
export type Problem = 'invalidEmail' | 'invalidUrl' | 'invalidDate' | 'missingMonth';

/** The problems of a draft by the places of its fields. */
export type Problems = ReadonlyMap<string, Problem>;

// What a mail server would take at least; the rest is up to the one who knows the address.
const emailForm = /^[^\s@,;<>()]+@[^\s@,;<>()]+$/u;

/** Finds what would be refused, or would be of no use. */
export function checkCard(draft: Draft): Problems {
  const problems = new Map<string, Problem>();
  for (const [key, { address }] of Object.entries(draft.emails ?? {})) {
    if (address.trim() && !emailForm.test(address.trim())) problems.set(`emails/${key}`, 'invalidEmail');
  }
  for (const [key, { uri }] of Object.entries(draft.links ?? {})) {
    if (uri.trim() && !URL.canParse(withScheme(uri))) problems.set(`links/${key}`, 'invalidUrl');
  }
  for (const { kind } of dateFields) {
    const [key, anniversary] = anniversaryOf(draft, kind) ?? [];
    const problem = anniversary && problemOfDate(partsOf(anniversary.date));
    if (problem) problems.set(`anniversaries/${key}`, problem);
  }
  for (const [key, line] of linesOf(draft, ownNames.otherDates)) {
    const problem = line.value ? problemOfDate(dateOfLine(line)) : undefined;
    if (problem) problems.set(`otherDates/${key}`, problem);
  }
  return problems;
}

function problemOfDate(date: PartialDate): Problem | undefined {
  if (isRealDate(date)) return undefined;
  return date.day !== undefined && date.month === undefined ? 'missingMonth' : 'invalidDate';
}

/** « www.exemple.fr » is meant as a web page. */
function withScheme(uri: string): string {
  const trimmed = uri.trim();
  return /^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`;
}

const decoration = new Set(['@type', 'contexts', 'pref', 'features', 'label', 'service', 'vCardParams', 'params']);

/** The draft without rows that were left empty, texts trimmed, web pages with their scheme. */
export function cleanedCard(draft: Draft): Draft {
  return [...repeatedFields, ...ownFields].reduce((card, field) => {
    return entriesOf(card, field).reduce((before, [key, entry]) => {
      const { value } = field;
      const text = tidy(textOfEntry(field, entry), value);
      const isEmpty = value === null ? isBare(entry) : text === '';
      if (isEmpty) return writeEntryOf(before, field, key, undefined);
      return text === textOfEntry(field, entry)
        ? before
        : writeEntryOf(before, field, key, withText(field, entry, text));
    }, card);
  }, draft);
}

/** Of an address or a date only what goes with it is there. */
function isBare(entry: Entry): boolean {
  return Object.entries(entry).every(([name, part]) => decoration.has(name) || part === '');
}

function tidy(text: string, value: string | null): string {
  const trimmed = text.trim();
  return value === 'uri' && trimmed !== '' ? withScheme(trimmed) : trimmed;
}

const identity = new Set([
  '@type',
  'version',
  'uid',
  'kind',
  ...jmapProperties,
  'created',
  'updated',
  'prodId',
  'language',
]);

/** Whether a card says nothing at all. */
export function isEmptyCard(draft: Draft): boolean {
  return Object.keys(draft).every((name) => identity.has(name));
}
