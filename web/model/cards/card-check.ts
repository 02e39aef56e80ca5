import { dateFields, repeatedFields } from '../../fields.ts';
import { anniversaryOf, type Draft, isRealDate, partsOf } from './card-values.ts';

type Entry = Readonly<Record<string, unknown>>;

/** What is wrong with a draft: the key is `property/entry` as in a JSON pointer. */
export type Problems = ReadonlyMap<string, 'invalidEmail' | 'invalidUrl' | 'invalidDate'>;

// What a mail server would take at least; the rest is up to the one who knows the address.
const emailForm = /^[^\s@,;<>()]+@[^\s@,;<>()]+$/u;

/** Finds what would be refused, or would be of no use. */
export function checkCard(draft: Draft): Problems {
  const problems = new Map<string, 'invalidEmail' | 'invalidUrl' | 'invalidDate'>();
  for (const [key, { address }] of Object.entries(draft.emails ?? {})) {
    if (address.trim() && !emailForm.test(address.trim())) problems.set(`emails/${key}`, 'invalidEmail');
  }
  for (const [key, { uri }] of Object.entries(draft.links ?? {})) {
    if (uri.trim() && !URL.canParse(withScheme(uri))) problems.set(`links/${key}`, 'invalidUrl');
  }
  for (const { kind } of dateFields) {
    const [key, anniversary] = anniversaryOf(draft, kind) ?? [];
    if (anniversary && !isRealDate(partsOf(anniversary.date))) problems.set(`anniversaries/${key}`, 'invalidDate');
  }
  return problems;
}

/** « www.exemple.fr » is meant as a web page. */
export function withScheme(uri: string): string {
  const trimmed = uri.trim();
  return /^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`;
}

const decoration = new Set(['@type', 'contexts', 'pref', 'features', 'label']);

/** The draft without rows that were left empty, texts trimmed, web pages with their scheme. */
export function cleanedCard(draft: Draft): Draft {
  let cleaned: Record<string, unknown> = { ...draft };
  for (const { property, value } of repeatedFields) {
    const entries = Object.entries((draft[property] ?? {}) as Readonly<Record<string, Entry>>);
    const kept = entries.flatMap(([key, entry]) => {
      const clean = value === null ? entry : { ...entry, [value]: tidy(entry[value], value) };
      const isEmpty = value === null ? Object.keys(entry).every((name) => decoration.has(name)) : clean[value] === '';
      return isEmpty ? [] : [[key, clean] as const];
    });
    const { [property]: _old, ...others } = cleaned;
    cleaned = kept.length > 0 ? { ...cleaned, [property]: Object.fromEntries(kept) } : others;
  }
  return cleaned as Draft;
}

function tidy(text: unknown, value: string): string {
  const trimmed = typeof text === 'string' ? text.trim() : '';
  return value === 'uri' && trimmed !== '' ? withScheme(trimmed) : trimmed;
}

const identity = new Set([
  '@type',
  'version',
  'uid',
  'kind',
  'id',
  'addressBookIds',
  'fileAs',
  'created',
  'updated',
  'prodId',
  'language',
]);

/** Whether a card says nothing at all. */
export function isEmptyCard(draft: Draft): boolean {
  return Object.keys(draft).every((name) => identity.has(name));
}
