import { call } from '../../api/jmap.ts';
import { reference } from '../../../client/src/client.ts';
import type { PrivateNote } from '../../../client/src/personal.ts';
import type { AddressBook, ContactCard, Id } from '../../../client/src/types.ts';
import type { InAccount } from '../../api/inAccount.ts';
import { foundProperties, type NotedCard } from '../search/found-in.ts';
import { allOf, type SearchQuery } from '../search/search-query.ts';
import type { CardSource, CardTransport } from './card-list.ts';

/** What a row of the list needs; the whole card is fetched when it is opened. */
const listProperties = [
  'id',
  'uid',
  'kind',
  'fileAs',
  'name',
  'emails',
  'phones',
  'organizations',
  'titles',
  'keywords',
  'media',
  'addressBookIds',
  'addedByMe',
];

/** The orders that a list can have (RFC 9610 §3.3.2, with `fileAs` of the vendor capability). */
export const cardSorts = {
  name: { property: 'fileAs', isAscending: true },
  givenName: { property: 'name/given', isAscending: true },
  created: { property: 'created', isAscending: false },
  updated: { property: 'updated', isAscending: false },
} as const;

/** One of the orders. */
export type CardSortName = keyof typeof cardSorts;

/** An order as a list is in it: the way it usually goes, or the other way round. */
export interface CardOrder {
  readonly by: CardSortName;
  readonly isReversed: boolean;
}

/** The order of a list for which none was chosen. */
export const usualOrder: CardOrder = { by: 'name', isReversed: false };

/** The account of « Annuaire » (docs/jmap-extension.md). */
export const directoryAccountId = 'directory';

/** The orders in which an account can be listed: the directory does not tell when its people came. */
export function sortsIn(accountId: Id | null): readonly CardSortName[] {
  return accountId === directoryAccountId ? ['name', 'givenName'] : (Object.keys(cardSorts) as CardSortName[]);
}

/** The order that was chosen, or the usual one where there is none such. */
export function possibleOrder(accountId: Id | null, order: CardOrder): CardOrder {
  return sortsIn(accountId).includes(order.by) ? order : usualOrder;
}

/** Whether small values come first. */
export function isAscending({ by, isReversed }: CardOrder): boolean {
  return cardSorts[by].isAscending !== isReversed;
}

/** More than this is quicker asked for anew. */
const maxChanges = 500;

/** Asks the server for pages of cards in one order. */
export function cardTransport(wanted: CardOrder): CardTransport {
  const orderOf = ({ accountId }: CardSource) => {
    const order = possibleOrder(accountId, wanted);
    return [{ property: cardSorts[order.by].property, isAscending: isAscending(order) }];
  };
  // What a row needs, where it was found, and the columns may all need the same.
  const propertiesOf = ({ more = [] }: CardSource) => [...new Set([...listProperties, ...more])];
  const query = (source: CardSource, window: object) => {
    const { accountId, filter } = source;
    return call('ContactCard/query', { accountId, filter, sort: orderOf(source), ...window });
  };
  return {
    async fetchPage(source, position, limit) {
      const found = query(source, { position, limit, calculateTotal: true });
      const got = call('ContactCard/get', {
        accountId: source.accountId,
        '#ids': reference(found, '/ids'),
        properties: propertiesOf(source),
      });
      const noted = source.notesIn === undefined ? [] : notesOn(source.notesIn, reference(found, '/ids'));
      const [{ ids, total, queryState }, { list }, notes] = await Promise.all([found, got, noted]);
      return { ids, cards: withNotes(list, notes), total: total ?? position + ids.length, queryState };
    },
    async fetchIds(source, position, limit) {
      return (await query(source, { position, limit })).ids;
    },
    async fetchDelta(source, sinceQueryState) {
      const { accountId, filter } = source;
      const { removed, added, total, newQueryState } = await call('ContactCard/queryChanges', {
        accountId,
        filter,
        sort: orderOf(source),
        sinceQueryState,
        maxChanges,
        calculateTotal: true,
      });
      if (total === undefined) throw new Error('A list without its length cannot be followed');
      return { removed, added, total, queryState: newQueryState };
    },
    async fetchCards(source, ids) {
      const { accountId } = source;
      return (await call('ContactCard/get', { accountId, ids, properties: propertiesOf(source) })).list;
    },
  };
}

/** What the person noted about the contacts that were found; a search does not fail for want of it. */
async function notesOn(accountId: Id, ids: ReturnType<typeof reference>): Promise<readonly PrivateNote[]> {
  return call('PrivateNote/get', { accountId, '#ids': ids }).then(
    ({ list }) => list,
    () => [],
  );
}

function withNotes(cards: readonly ContactCard[], notes: readonly PrivateNote[]): readonly NotedCard[] {
  if (notes.length === 0) return cards;
  const texts = new Map(notes.map(({ id, text }) => [id, text]));
  return cards.map((card) => {
    const privateNote = texts.get(card.id);
    return privateNote === undefined ? card : { ...card, privateNote };
  });
}

/** What a folder is filtered by. */
export interface FolderFilter {
  readonly text: string;
  readonly initial: string | null;
  readonly keyword: string | null;
}

/** The cards of one folder, of which only those with a text and an initial if given. */
export function folderSource(
  { accountId, bookId }: { readonly accountId: Id; readonly bookId: Id },
  { text, initial, keyword }: FolderFilter,
): CardSource {
  const filter = {
    inAddressBook: bookId,
    ...(text ? { anyText: text } : {}),
    ...(initial ? { nameStartsWith: initial } : {}),
    ...(keyword ? { hasKeyword: keyword } : {}),
  };
  return { accountId, bookId, filter };
}

/**
 * What a search finds in every folder that the person follows, their own first, then account by account; or only in
 * these folders.
 */
export function searchSources(
  { filter }: SearchQuery,
  books: readonly InAccount<AddressBook>[],
  { ownAccountId, isLimited }: { readonly ownAccountId: Id; readonly isLimited: boolean },
): readonly CardSource[] {
  const byAccount = Map.groupBy(books, (book) => book.accountId);
  const accountIds = [...byAccount.keys()].toSorted((a, b) => Number(b === ownAccountId) - Number(a === ownAccountId));
  return accountIds.map((accountId) => {
    const inAddressBooks = byAccount.get(accountId)!.map((book) => book.id);
    const isAll = accountId === ownAccountId && !isLimited;
    const conditions = [...(filter ? [filter] : []), ...(isAll ? [] : [{ inAddressBooks }])];
    return { accountId, bookId: null, filter: allOf(conditions), more: foundProperties, notesIn: ownAccountId };
  });
}
