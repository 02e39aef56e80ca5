import type { ContactCard } from '../../../client/src/types.ts';
import { foldText, foldWords } from '../../../src/lib/fold.ts';
import { contentOf, firstEmail, listName } from '../cards/card-summary.ts';
import type { SearchableField } from './search-fields.ts';
import type { Sought } from './search-query.ts';

/** Where a contact was found, when that is not what its row shows anyhow. */
export interface FoundIn {
  readonly field:
    | 'email'
    | 'phone'
    | 'nickname'
    | 'organization'
    | 'department'
    | 'title'
    | 'address'
    | 'online'
    | 'link'
    | 'interest'
    | 'note'
    | 'privateNote'
    | 'keyword';
  readonly text: string;
}

/** What a row needs besides, to tell where a contact was found. */
export const foundProperties = [
  'nicknames',
  'addresses',
  'onlineServices',
  'links',
  'personalInfo',
  'notes',
  'keywords',
] as const;

/** A contact with what the person noted about it, where that was looked through. */
export type NotedCard = ContactCard & { readonly privateNote?: string };

/** In what a search that is limited to a field may have found; a name stands in the row anyhow. */
const meant: Readonly<Partial<Record<SearchableField['filter'], readonly FoundIn['field'][]>>> = {
  organization: ['organization'],
  nickname: ['nickname'],
  email: ['email'],
  phone: ['phone'],
  address: ['address'],
  onlineService: ['online'],
  note: ['note', 'privateNote'],
};

const longestSnippet = 80;

/** The value that holds most of the words which the row does not show whole; null: it shows all of them. */
export function foundIn(card: NotedCard, sought: readonly Sought[]): FoundIn | null {
  const values = [...valuesOf(card)];
  for (const { field, words } of sought) {
    const fields = field && meant[field];
    const found =
      fields &&
      best(
        values.filter((value) => fields.includes(value.field)),
        words,
      );
    if (found && found.text !== firstEmail(card)) return found;
  }
  // What comes behind the address is cut off where there is no room.
  const shown = foldWords([listName(card), firstEmail(card)].join(' '));
  const free = sought.flatMap(({ field, words }) => (field === null ? words : []));
  const missing = free.filter((word) => !shown.some((one) => one.startsWith(word)));
  return best(values, missing);
}

function best(values: readonly FoundIn[], words: readonly string[]): FoundIn | null {
  const counts = values.map((found) => countIn(found, words));
  const most = Math.max(0, ...counts);
  const found = most === 0 ? undefined : values[counts.indexOf(most)];
  return found ? { ...found, text: snippet(found.text, words) } : null;
}

function countIn({ field, text }: FoundIn, words: readonly string[]): number {
  const own = foldWords(text);
  const digits = field === 'phone' ? text.replace(/\D/gu, '') : '';
  return words.filter((word) => own.some((one) => one.startsWith(word)) || isPartOf(digits, word)).length;
}

/** A national number has a 0 in front that the international one lacks. */
function isPartOf(digits: string, word: string): boolean {
  const wanted = /^\d{2,}$/u.test(word) ? word.replace(/^0/u, '') : '';
  return wanted !== '' && digits.includes(wanted);
}

function* valuesOf(card: NotedCard): Generator<FoundIn> {
  const content = contentOf(card);
  for (const { address } of Object.values(content.emails ?? {})) yield { field: 'email', text: address };
  for (const { number } of Object.values(content.phones ?? {})) yield { field: 'phone', text: number };
  for (const { name, units } of Object.values(content.organizations ?? {})) {
    if (name) yield { field: 'organization', text: name };
    for (const unit of units ?? []) yield { field: 'department', text: unit.name };
  }
  for (const { name } of Object.values(content.titles ?? {})) yield { field: 'title', text: name };
  for (const { name } of Object.values(content.nicknames ?? {})) yield { field: 'nickname', text: name };
  for (const { full, components } of Object.values(content.addresses ?? {}))
    yield { field: 'address', text: full ?? (components ?? []).map(({ value }) => value).join(' ') };
  for (const { user, uri } of Object.values(content.onlineServices ?? {}))
    yield { field: 'online', text: user ?? uri ?? '' };
  for (const { uri } of Object.values(content.links ?? {})) yield { field: 'link', text: uri };
  for (const { value } of Object.values(content.personalInfo ?? {})) yield { field: 'interest', text: value };
  for (const keyword of Object.keys(content.keywords ?? {})) yield { field: 'keyword', text: keyword };
  for (const { note } of Object.values(content.notes ?? {})) yield { field: 'note', text: note };
  if (card.privateNote) yield { field: 'privateNote', text: card.privateNote };
}

/** The line around the first of the words. */
function snippet(text: string, words: readonly string[]): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line.length <= longestSnippet) return line;
  const folded = foldText(line);
  const places = words.map((word) => folded.indexOf(word)).filter((place) => place >= 0);
  const from = Math.max(0, Math.min(...places, line.length) - 20);
  const start = from === 0 ? 0 : line.indexOf(' ', from) + 1;
  return `${start > 0 ? '… ' : ''}${line.slice(start, start + longestSnippet).trim()}…`;
}
