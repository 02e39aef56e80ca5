import { sql } from 'kysely';
import { inAccount } from '../../db/inAccount.ts';
import { statement } from '../../db/statement.ts';
import type { AddressBookRow, CardRow } from '../../db/schema.ts';
import { createBreath } from '../../lib/breath.ts';
import type { Context } from '../context.ts';

/** A card as a named resource: everything that a listing shows of it, without its content. */
export type CardEntry = Pick<CardRow, (typeof entryColumns)[number]>;

const entryColumns = ['id', 'account_id', 'book_id', 'uid', 'uri', 'etag', 'size', 'updated', 'added_by'] as const;
const entriesPerPage = 1000;

/** A folder, and the account that it is in. */
export type CardPlace = Pick<AddressBookRow, 'id' | 'account_id'>;

/** A column that a listing may ask for. */
export type CardColumn = (typeof entryColumns)[number];

/**
 * The cards of a folder by name, page by page, with only the columns asked for: with a hundred thousand cards each
 * column counts. The caller has checked that the person may read the folder.
 */
export async function* listCardEntries<C extends CardColumn = CardColumn>(
  context: Context,
  place: CardPlace,
  { after = null, columns }: { readonly after?: string | null; readonly columns?: readonly C[] } = {},
): AsyncGenerator<readonly Pick<CardEntry, C | 'uri'>[]> {
  const wanted = [...new Set<CardColumn>(['uri', ...(columns ?? entryColumns)])];
  const live = liveCards(context, place).select(wanted).orderBy('uri').limit(entriesPerPage);
  const breathe = createBreath(1);
  for (let last = after; ;) {
    const page: CardEntry[] = await context.db.all(last === null ? live : live.where('uri', '>', last));
    if (page.length > 0) yield page;
    await breathe();
    if (page.length < entriesPerPage) return;
    last = page.at(-1)!.uri;
  }
}

type Name = { readonly place: CardPlace; readonly uri: string };

const entryNamed = statement((build, { place, uri }: Name) =>
  build
    .selectFrom('card')
    .select(entryColumns)
    .where('book_id', '=', place.id)
    .where(inAccount(place.account_id))
    .where('trash_id', 'is', null)
    .where('uri', '=', uri),
);

/** The card of this name in a folder. The caller has checked that the person may read the folder. */
export function findCardEntry({ db }: Context, place: CardPlace, uri: string): Promise<CardEntry | undefined> {
  return db.first(entryNamed(db, { place: placeOf(place), uri }));
}

/** A card as a named resource, with the bytes that were stored. */
export type CardEntryWithRecord = CardEntry & { readonly vcard: string };

const recordNamed = statement((build, { place, uri }: Name) =>
  build
    .selectFrom('card')
    .select(entryColumns)
    // No join: see `actorOf`. A card without its record is none.
    .select((row) =>
      row
        .selectFrom('card_record')
        .select('vcard')
        .whereRef('card_record.card_id', '=', 'card.id')
        .where(inAccount(place.account_id, 'card_record.account_id'))
        .$castTo<{ vcard: string }>()
        .as('vcard'),
    )
    .$castTo<CardEntryWithRecord>()
    .where('book_id', '=', place.id)
    .where(inAccount(place.account_id))
    .where('trash_id', 'is', null)
    .where('uri', '=', uri),
);

/** Like `findCardEntry`, with the record of the card. */
export function findCardWithRecord(
  { db }: Context,
  place: CardPlace,
  uri: string,
): Promise<CardEntryWithRecord | undefined> {
  return db.first(recordNamed(db, { place: placeOf(place), uri }));
}

/** No more than that of a row: it is what a statement depends on. */
const placeOf = ({ id, account_id }: CardPlace): CardPlace => ({ id, account_id });

type Named = { readonly place: CardPlace; readonly uris: string };
type Wanted<C extends CardColumn> = { readonly columns: readonly C[]; readonly takesRecords: boolean };
type NamedRow = CardEntry & { readonly octets: Uint8Array };

/** A statement for each choice of columns; there are few, programs ask for the same again and again. */
const namedStatements = new Map<string, ReturnType<typeof statement<Named, NamedRow>>>();

function cardsNamed(columns: readonly CardColumn[], takesRecords: boolean) {
  const key = `${columns.join(' ')}${takesRecords ? ' octets' : ''}`;
  const known = namedStatements.get(key);
  if (known) return known;
  // One list as one value: the statement is the same for any number of names.
  const made = statement((build, { place, uris }: Named) => {
    const content = sql`, (SELECT CAST(vcard AS BLOB) FROM card_record WHERE card_record.card_id = card.id
      AND ${inAccount(place.account_id, 'card_record.account_id')}) AS octets`;
    return sql<NamedRow>`
      SELECT ${sql.join(columns.map((column) => sql.ref(column)))} ${takesRecords ? content : sql``} FROM card
      WHERE book_id = ${place.id} AND ${inAccount(place.account_id)} AND trash_id IS NULL
        AND uri IN (SELECT value FROM json_each(${uris}))`.compile(build);
  });
  namedStatements.set(key, made);
  return made;
}

/**
 * The cards with these names in a folder, if wanted with the bytes of their records; names without a card are left out.
 * The caller has checked that the person may read the folder.
 */
export function findCardsNamed<C extends CardColumn>(
  { db }: Context,
  place: CardPlace,
  uris: readonly string[],
  { columns, takesRecords }: Wanted<C>,
): Promise<(Pick<CardEntry, C | 'uri'> & { readonly octets?: Uint8Array })[]> {
  const wanted = [...new Set<CardColumn>(['uri', ...columns])];
  return db.all(cardsNamed(wanted, takesRecords)(db, { place: placeOf(place), uris: JSON.stringify(uris) }));
}

const recordsOf = statement((build, value: { accountId: string; cardIds: string }) =>
  sql<{ card_id: string; vcard: string }>`
    SELECT card_id, vcard FROM card_record
    WHERE card_id IN (SELECT value FROM json_each(${value.cardIds})) AND ${inAccount(value.accountId)}`.compile(build),
);

const recordOf = statement((build, value: { accountId: string; cardId: string }) =>
  build
    .selectFrom('card_record')
    .select(['card_id', 'vcard'])
    .where('card_id', '=', value.cardId)
    .where(inAccount(value.accountId)),
);

/** The records of cards of one account by their ids: the bytes that were stored. */
export async function readRecords(
  { db }: Context,
  accountId: string,
  cardIds: readonly string[],
): Promise<Map<string, string>> {
  const [first, ...others] = cardIds;
  if (first !== undefined && others.length === 0) {
    const row = await db.first(recordOf(db, { accountId, cardId: first }));
    return new Map(row ? [[row.card_id, row.vcard]] : []);
  }
  const rows = await db.all(recordsOf(db, { accountId, cardIds: JSON.stringify(cardIds) }));
  return new Map(rows.map((row) => [row.card_id, row.vcard]));
}

/** Which cards of these accounts have one of these uids. The caller checks which of them the person may know of. */
export async function cardsOfUids(
  { db }: Context,
  accountIds: readonly string[],
  uids: readonly string[],
): Promise<Pick<CardEntry, 'uid' | 'book_id'>[]> {
  if (accountIds.length === 0 || uids.length === 0) return [];
  const live = db.build.selectFrom('card').select(['uid', 'book_id']).where('trash_id', 'is', null);
  return db.all(live.where('account_id', 'in', accountIds).where('uid', 'in', uids));
}

function liveCards({ db }: Context, { id, account_id: accountId }: CardPlace) {
  const cards = db.build.selectFrom('card').where('book_id', '=', id).where(inAccount(accountId));
  return cards.where('trash_id', 'is', null);
}

/** The card with this id, in whatever folder. The caller checks whether the person may know of it. */
export function findCardEntryById({ db }: Context, cardId: string): Promise<CardEntry | undefined> {
  const live = db.build.selectFrom('card').select(entryColumns).where('trash_id', 'is', null);
  return db.first(live.where('id', '=', cardId));
}
