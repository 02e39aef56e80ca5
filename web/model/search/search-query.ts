import { foldWords } from '../../../src/lib/fold.ts';
import { type SearchableField, searchableField } from './search-fields.ts';

/** A part of what was typed: `mairie`, `"Maison du Port"` or `société:mairie`. */
export interface SearchPiece {
  readonly start: number;
  readonly end: number;
  /** The field that is named, if any; `name` as it was typed. */
  readonly field: SearchableField | null;
  readonly name: string;
  /** Behind the colon, without quotes. */
  readonly value: string;
  readonly isQuoted: boolean;
}

/** What is looked for. */
export interface SearchQuery {
  /** The condition of RFC 9610 §3.3.1; null: every contact. */
  readonly filter: Readonly<Record<string, unknown>> | null;
  /** Only in folders that are called like one of these; empty: in all. */
  readonly folders: readonly string[];
  /** Only those with a tag like each of these. */
  readonly keywords: readonly string[];
  /** What was typed, to show where it was found. */
  readonly sought: readonly Sought[];
}

/** Folded words, and the field that they are looked for in; null: anywhere. */
export interface Sought {
  readonly field: SearchableField['filter'] | null;
  readonly words: readonly string[];
}

/** A word that begins more tags than these means none of them. */
const mostKeywords = 20;

const piecePattern = /(?:([\p{L}-]+):)?(?:"([^"]*)(?:"|$)|(\S*))/uy;

/** The parts of a search, in order. A name that is no field's is a word like any other: « 12:30 », « Objet:urgent ». */
export function searchPieces(text: string): SearchPiece[] {
  const pieces: SearchPiece[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/u.test(text[at]!)) {
      at += 1;
      continue;
    }
    piecePattern.lastIndex = at;
    const [whole = '', name = '', quoted, plain = ''] = piecePattern.exec(text) ?? [];
    const field = name === '' ? undefined : searchableField(name);
    const end = at + Math.max(whole.length, 1);
    const value = quoted ?? plain;
    pieces.push({
      start: at,
      end,
      field: field ?? null,
      name,
      value: field || name === '' ? value : text.slice(at, end),
      isQuoted: quoted !== undefined,
    });
    at = end;
  }
  return pieces;
}

/** What somebody looks for who types this. */
export function readSearch(text: string): SearchQuery {
  const pieces = searchPieces(text).filter(({ field, value }) => field === null || value.trim() !== '');
  const free = pieces.filter(({ field }) => field === null);
  const named = pieces.flatMap(({ field, value, isQuoted }) =>
    field && !isNamed(field) ? [fieldFilter(field, isQuoted ? `"${value}"` : value)] : [],
  );
  // As it was typed, without the fields: the server reads numbers across spaces, and quotes.
  const words = free.map(({ start, end }) => text.slice(start, end)).join(' ');
  const conditions = [...(words === '' ? [] : [{ anyText: words }]), ...named];
  return {
    filter: allOf(conditions),
    folders: pieces.flatMap(({ field, value }) => (field?.filter === 'folder' ? [value] : [])),
    keywords: pieces.flatMap(({ field, value }) => (field?.filter === 'keyword' ? [value] : [])),
    sought: pieces.map(({ field, value }) => ({ field: field?.filter ?? null, words: foldWords(value) })),
  };
}

/** The notes of a contact are those that everybody reads and one's own. */
function fieldFilter({ filter }: SearchableField, value: string): Readonly<Record<string, unknown>> {
  if (filter !== 'note') return { [filter]: value };
  return { operator: 'OR', conditions: [{ note: value }, { privateNote: value }] };
}

/** Whether a field is looked up by the names that are there, and not by the server. */
function isNamed({ filter }: SearchableField): boolean {
  return filter === 'folder' || filter === 'keyword';
}

/** What a tag of a search asks for: those that are called so, and the very word where none is. */
export function keywordFilter(typed: string, known: readonly string[]): Readonly<Record<string, unknown>> {
  const meant = known.filter((keyword) => isCalled(keyword, typed)).slice(0, mostKeywords);
  const conditions = (meant.length > 0 ? meant : [typed]).map((hasKeyword) => ({ hasKeyword }));
  return conditions.length === 1 ? conditions[0]! : { operator: 'OR', conditions };
}

/** All conditions together, as a filter of RFC 8620 §5.5; null: there are none. */
export function allOf(conditions: readonly Readonly<Record<string, unknown>>[]): SearchQuery['filter'] {
  const [first, ...others] = conditions;
  if (!first) return null;
  return others.length === 0 ? first : { operator: 'AND', conditions };
}

/** Whether a folder is called like that: each word begins one of its own. */
export function isCalled(folder: string, name: string): boolean {
  const words = foldWords(folder);
  return foldWords(name).every((wanted) => words.some((word) => word.startsWith(wanted)));
}
