import { ZimbraFormatError } from './types.ts';

/** A value of Zimbra's metadata. */
export type Metadata = string | number | readonly Metadata[] | { readonly [name: string]: Metadata };

const deepest = 20;

/** Reads metadata: bencoded as in BitTorrent, but lengths count UTF-16 units. Throws a `ZimbraFormatError`. */
export function readMetadata(text: string): { readonly [name: string]: Metadata } {
  let at = 0;

  function wrong(): ZimbraFormatError {
    return new ZimbraFormatError(`metadata at ${at}`);
  }
  function number(end: string): number {
    const stop = text.indexOf(end, at);
    const digits = stop < 0 ? '' : text.slice(at, stop);
    if (!/^-?\d{1,15}$/u.test(digits)) throw wrong();
    at = stop + 1;
    return Number(digits);
  }
  function string(): string {
    const length = number(':');
    if (length < 0 || at + length > text.length) throw wrong();
    at += length;
    return text.slice(at - length, at);
  }
  function until<T>(read: () => T): T[] {
    const all: T[] = [];
    while (text[at] !== 'e') {
      if (at >= text.length) throw wrong();
      all.push(read());
    }
    at += 1;
    return all;
  }
  function value(depth: number): Metadata {
    if (depth > deepest) throw wrong();
    const sign = text[at];
    if (sign === 'd' || sign === 'l' || sign === 'i') at += 1;
    if (sign === 'i') return number('e');
    if (sign === 'l') return until(() => value(depth + 1));
    if (sign === 'd') return Object.fromEntries(until(() => [string(), value(depth + 1)]));
    return string();
  }
  const read = text === '' ? {} : value(0);
  if (at !== text.length || !isMap(read)) throw wrong();
  return read;
}

/** Whether a value has names. */
export function isMap(value: Metadata | undefined): value is { readonly [name: string]: Metadata } {
  return typeof value === 'object' && !Array.isArray(value);
}

/** The values of a list; none where it is none. */
export function listOf(value: Metadata | undefined): readonly Metadata[] {
  return Array.isArray(value) ? value : [];
}

/** A text or a number as a text; undefined where it is neither. */
export function textIn(value: Metadata | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
