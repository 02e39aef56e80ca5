import { foldText } from '../../../src/lib/fold.ts';
import { fieldsBeginning, type SearchableField, searchableFields } from './search-fields.ts';
import { type SearchPiece, searchPieces } from './search-query.ts';

/** Something that could be meant; `text` is the whole search with it, `caret` the place behind it. */
export interface Completion {
  readonly id: string;
  readonly kind: 'field' | 'value';
  readonly field: SearchableField;
  readonly label: string;
  readonly text: string;
  readonly caret: number;
}

/** What the values of a field are taken from, where the words begin like what was typed. */
export type ValuesOf = (field: SearchableField, begin: string) => readonly string[];

const mostValues = 8;

/** The part of a search in which the caret stands, at its end. */
export function pieceAt(text: string, caret: number): SearchPiece | undefined {
  return searchPieces(text).find(({ start, end }) => start < caret && caret <= end);
}

/**
 * What can be meant where the caret stands: the names of fields that begin so, or what a named field holds. In an empty
 * box, all fields: that is how one learns of them.
 */
export function completionsAt(
  text: string,
  caret: number,
  { language, valuesOf }: { readonly language: 'fr' | 'en'; readonly valuesOf: ValuesOf },
): readonly Completion[] {
  const piece = pieceAt(text, caret);
  if (piece?.field) return valuesIn(text, piece, piece.field, valuesOf);
  const isFree =
    piece === undefined ? text.trim() === '' : piece.name === '' && !piece.isQuoted && piece.value.length > 1;
  if (!isFree) return [];
  const [start, end] = piece ? [piece.start, piece.end] : [caret, caret];
  return fieldsBeginning(piece?.value ?? '', language).map(({ field, name }) => ({
    id: `field-${field.filter}`,
    kind: 'field',
    field,
    label: `${name}:`,
    ...replaced(text, start, end, `${name}:`),
  }));
}

function valuesIn(text: string, piece: SearchPiece, field: SearchableField, valuesOf: ValuesOf): readonly Completion[] {
  const begin = foldText(piece.value.trim());
  const values = [...new Set(valuesOf(field, begin))].filter(
    (value) => foldText(value) !== begin || !isEnded(text, piece),
  );
  return values.slice(0, mostValues).map((value, index) => {
    const written = /[\s"]/u.test(value) ? `"${value.replaceAll('"', '')}"` : value;
    return {
      id: `value-${index}`,
      kind: 'value',
      field,
      label: value,
      ...replaced(text, piece.start, piece.end, `${piece.name}:${written} `),
    };
  });
}

/** The search for everything that has this value in a field, as somebody would type it. */
export function searchFor(filter: SearchableField['filter'], value: string, language: 'fr' | 'en'): string {
  const field = searchableFields.find((one) => one.filter === filter);
  return `${field?.names[language][0] ?? filter}:"${value.replaceAll('"', ' ')}"`;
}

/** Whether the piece is closed: nothing more is expected of it. */
function isEnded(text: string, { end, isQuoted }: SearchPiece): boolean {
  return isQuoted && text[end - 1] === '"';
}

function replaced(text: string, start: number, end: number, by: string): { text: string; caret: number } {
  const rest = by.endsWith(' ') ? text.slice(end).replace(/^\s+/u, '') : text.slice(end);
  return { text: text.slice(0, start) + by + rest, caret: start + by.length };
}
