import { paramValue } from '../vcard/line.ts';
import type { VCardLine } from '../vcard/types.ts';
import { shortHash } from './contentHash.ts';

/** Whether a text is an Id (RFC 9553 §1.4.1). */
export function isId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,255}$/.test(text);
}

/** The key a line names for its entry (RFC 9554 §4.7). */
export function propId(line: VCardLine): string | undefined {
  const id = paramValue(line, 'PROP-ID');
  return id !== undefined && isId(id) ? id : undefined;
}

// Made from the content, a key stays the same when lines before it come and go, and never comes to mean another entry.
/** The key of an entry whose line names none. */
export function defaultKey(property: string, value: string): string {
  return `${property[0]!.toLowerCase()}${shortHash(`${property.toUpperCase()}:${value}`)}`;
}
