import { call } from '../../api/jmap.ts';
import { reference } from '../../../client/src/client.ts';
import type { AddressBook, Id } from '../../../client/src/types.ts';
import type { InAccount } from '../../api/inAccount.ts';
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
  'media',
  'addressBookIds',
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

/** The account of « Annuaire » (docs/jmap-extension.md). */
export const directoryAccountId = 'directory';

/** The orders in which an account can be listed: the directory does not tell when its people came. */
export function sortsIn(accountId: Id | null): readonly CardSortName[] {
  return accountId === directoryAccountId ? ['name', 'givenName'] : (Object.keys(cardSorts) as CardSortName[]);
}

/** The order that was chosen, or the usual one where there is none such. */
export function sortIn(accountId: Id | null, sort: CardSortName): CardSortName {
  return sortsIn(accountId).includes(sort) ? sort : 'name';
}

/** More than this is quicker asked for anew. */
const maxChanges = 500;

/** Asks the server for pages of cards in one order. */
export function cardTransport(sort: CardSortName): CardTransport {
  const orderOf = ({ accountId }: CardSource) => [cardSorts[sortIn(accountId, sort)]];
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
        properties: listProperties,
      });
      const [{ ids, total, queryState }, { list }] = await Promise.all([found, got]);
      return { ids, cards: list, total: total ?? position + ids.length, queryState };
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
    async fetchCards(accountId, ids) {
      return (await call('ContactCard/get', { accountId, ids, properties: listProperties })).list;
    },
  };
}

/** The cards of one folder, of which only those with a text and an initial if given. */
export function folderSource(accountId: Id, bookId: Id, text: string, initial: string | null): CardSource {
  const filter = { inAddressBook: bookId, ...(text ? { text } : {}), ...(initial ? { nameStartsWith: initial } : {}) };
  return { accountId, bookId, filter };
}

/** The cards with a text in every folder that the person follows: their own first, then account by account. */
export function searchSources(
  text: string,
  books: readonly InAccount<AddressBook>[],
  ownAccountId: Id,
): readonly CardSource[] {
  const others = Map.groupBy(
    books.filter((book) => book.accountId !== ownAccountId),
    (book) => book.accountId,
  );
  const own: CardSource = { accountId: ownAccountId, bookId: null, filter: { text } };
  return [
    own,
    ...[...others].map(([accountId, followed]) => {
      const inAddressBooks = followed.map((book) => book.id);
      return { accountId, bookId: null, filter: { text, inAddressBooks } };
    }),
  ];
}
