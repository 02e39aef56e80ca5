import { listDavProperties } from '../../core/addressbook/davProperties.ts';
import type { Context } from '../../core/context.ts';
import { carddav } from './names.ts';
import { liveNames } from './properties/table.ts';
import type { Requested } from './requested.ts';
import type { Resource } from './resources.ts';

/** What clients keep with us (RFC 4918 §4.4), by resource and name: whole elements as text. */
export type DeadProperties = (resource: Resource) => ReadonlyMap<string, string>;

const none: ReadonlyMap<string, string> = new Map();

/** Under which id the properties of a resource are kept; null: none are. */
export function propertyKey(resource: Resource): string | null {
  if (resource.kind === 'home' || resource.kind === 'oneHome') return '';
  return resource.kind === 'book' ? resource.book.seen.book.id : null;
}

/** Of a folder of somebody else: what one says of it oneself comes before what its owner says. */
const ownable = carddav('addressbook-description');

/** Reads them when somebody asks for a name that is not ours. */
export async function loadDeadProperties(context: Context, requested: Requested): Promise<DeadProperties> {
  const isAsked =
    requested.kind !== 'some' || requested.wanted.some(({ name }) => !liveNames.has(name) || name === ownable);
  if (!isAsked) return () => none;
  const rows = await listDavProperties(context.db, context);
  const byBook = new Map<string, Map<string, string>>();
  for (const { bookId, name, value } of rows) {
    const ofBook = byBook.get(bookId) ?? new Map<string, string>();
    ofBook.set(name, value);
    byBook.set(bookId, ofBook);
  }
  return (resource) => byBook.get(propertyKey(resource) ?? 'none') ?? none;
}
