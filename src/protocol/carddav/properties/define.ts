import type { CardColumn } from '../../../core/card/cardEntries.ts';
import type { DavContext } from '../oneBook.ts';
import type { Resource, ResourceKind } from '../resources.ts';

/** The answer of a property that is there and may not be read by who asks: 403 (RFC 3744 §5.5.1). */
export const denied = Symbol('denied');

/** XML inside the element; undefined: the resource has no such property. */
export type Value = string | typeof denied | undefined;

/**
 * One live property (RFC 4918 §4.4). `read` answers the XML inside the element, undefined where the resource has no
 * such property; it is called for each member of a listing, so anything that needs the database is asked only of
 * resources that stand alone or are few.
 */
export type Property<K extends ResourceKind = ResourceKind> = {
  /** In Clark's notation. */
  readonly name: string;
  readonly on: readonly K[];
  /** Part of an answer to `allprop`: those of RFC 4918 itself, and no others (RFC 6352 §10.3, RFC 6578 §4). */
  readonly inAllprop: boolean;
  /** What of a card it is read from. Of cards, all others say the same for a whole folder: lists make them once. */
  readonly ofCard: readonly CardColumn[];
  read(resource: Extract<Resource, { kind: K }>, context: DavContext): Value | Promise<Value>;
};

/** A row of the table. */
export function property<K extends ResourceKind>(
  name: string,
  on: readonly K[],
  read: Property<K>['read'],
  options: { readonly inAllprop?: boolean; readonly ofCard?: readonly CardColumn[] } = {},
): Property {
  const { inAllprop = false, ofCard = [] } = options;
  // The table asks a row only for resources of its kinds.
  return { name, on, inAllprop, ofCard, read: read as Property['read'] };
}

export const everywhere: readonly ResourceKind[] = [
  'root',
  'principals',
  'principal',
  'homes',
  'home',
  'book',
  'card',
  'notifications',
  'notification',
  'directory',
  'entry',
  'oneHome',
  'oneBook',
];
