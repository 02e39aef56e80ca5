import type { ContactCard, Id } from '../../../client/src/types.ts';

/** Names a card among those of all accounts, with the folder it was seen in where that is known. */
export interface CardRef {
  readonly accountId: Id;
  readonly id: Id;
  readonly bookId: Id | null;
  /** Whether the person added it to that folder, where that is known. */
  readonly addedByMe?: boolean | undefined;
}

/** The key of a card among those of all accounts. */
export function cardKey({ accountId, id }: Pick<CardRef, 'accountId' | 'id'>): string {
  return `${accountId}/${id}`;
}

/** The folder that a card is in. */
export function bookIdOf(card: Pick<ContactCard, 'addressBookIds'>): Id | null {
  return Object.keys(card.addressBookIds)[0] ?? null;
}

/** The ids of some cards by their accounts, as requests need them. */
export function byAccount(refs: readonly CardRef[]): ReadonlyMap<Id, readonly CardRef[]> {
  return Map.groupBy(refs, (ref) => ref.accountId);
}

/** A list in pieces that one request can carry. */
export function chunksOf<T>(list: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < list.length; start += size) chunks.push(list.slice(start, start + size));
  return chunks;
}
