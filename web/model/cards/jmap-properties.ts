import type { Card } from '../../../src/format/jscontact/types.ts';

/** What JMAP adds to the content of a card (RFC 9610 §3, docs/jmap-extension.md): nothing that somebody wrote. */
export const jmapProperties = ['id', 'addressBookIds', 'fileAs', 'addedByMe'] as const;

const givenAnew = [...jmapProperties, 'uid', 'created', 'updated'];

/** A card without some of its properties. */
export function without<T extends object>(card: T, names: readonly string[]): Partial<T> {
  return Object.fromEntries(Object.entries(card).filter(([name]) => !names.includes(name))) as Partial<T>;
}

/** The content of a deleted card for a new one: what the server gives anew is left out. */
export function asNewContent(card: Partial<Card>): Partial<Card> {
  return without(card, givenAnew);
}
