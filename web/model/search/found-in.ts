import type { ContactCard } from '../../../client/src/types.ts';
import { foldText, foldWords } from '../../../src/lib/fold.ts';
import { contentOf, firstEmail, listName, position } from '../cards/card-summary.ts';

/** Where a contact was found, when that is not what its row shows anyhow. */
export interface FoundIn {
  readonly field: 'email' | 'phone' | 'nickname' | 'address' | 'online' | 'note' | 'keyword';
  readonly text: string;
}

/** What a row needs besides, to tell where a contact was found. */
export const foundProperties = ['nicknames', 'addresses', 'onlineServices', 'notes', 'keywords'] as const;

const longestSnippet = 80;

/** The value that holds most of the words which the row does not show; null: it shows all of them. */
export function foundIn(card: ContactCard, words: readonly string[]): FoundIn | null {
  const shown = foldWords([listName(card), firstEmail(card), position(card)].join(' '));
  const missing = words.filter((word) => !shown.some((one) => one.startsWith(word)));
  if (missing.length === 0) return null;
  let best: { readonly found: FoundIn; readonly count: number } | null = null;
  for (const found of valuesOf(card)) {
    const count = countIn(found, missing);
    if (count > (best?.count ?? 0)) best = { found, count };
  }
  return best && { ...best.found, text: snippet(best.found.text, missing) };
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

function* valuesOf(card: ContactCard): Generator<FoundIn> {
  const content = contentOf(card);
  for (const { address } of Object.values(content.emails ?? {})) yield { field: 'email', text: address };
  for (const { number } of Object.values(content.phones ?? {})) yield { field: 'phone', text: number };
  for (const { name } of Object.values(content.nicknames ?? {})) yield { field: 'nickname', text: name };
  for (const { full, components } of Object.values(content.addresses ?? {}))
    yield { field: 'address', text: full ?? (components ?? []).map(({ value }) => value).join(' ') };
  for (const { user, uri } of Object.values(content.onlineServices ?? {}))
    yield { field: 'online', text: user ?? uri ?? '' };
  for (const keyword of Object.keys(content.keywords ?? {})) yield { field: 'keyword', text: keyword };
  for (const { note } of Object.values(content.notes ?? {})) yield { field: 'note', text: note };
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
