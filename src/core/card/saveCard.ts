import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { inAccount } from '../../db/inAccount.ts';
import type { AddressBookRow, CardRow, Schema } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import { AppError, invalid } from '../../errors.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { sameLines } from '../../format/vcard/sameLines.ts';
import { serializeVCard } from '../../format/vcard/serialize.ts';
import type { VCard } from '../../format/vcard/types.ts';
import { newId } from '../../lib/ids.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { requireRoomInOrganisation } from '../quota/organisationRoom.ts';
import { findBook } from '../sharing/access.ts';
import { keepVersion } from '../version/keepVersion.ts';
import { contentsOf } from './contents/contents.ts';
import type { CardContents } from './contents/contents.ts';
import { storeMedia } from './media.ts';
import { insertTexts, replaceTexts } from './words/writeTexts.ts';
import { writeWords } from './words/writeWords.ts';
import { writeMatchKeys } from './writeMatchKeys.ts';

/**
 * What to store: a vCard (its text byte by byte, or one that was built) in a folder, replacing an old card or as a new
 * one.
 */
export type Save = {
  readonly book: AddressBookRow;
  readonly vcard: string | VCard;
  /** The parsed text, if it has been parsed already. */
  readonly record?: VCard;
  /** What the text says, if that has been found already. */
  readonly contents?: CardContents | undefined;
  readonly old?: CardRow;
  /** The id of a new card that existed before (a restored one); absent: a new id. */
  readonly id?: string;
  /** The name of the resource; absent: the uid, if it is suitable as a name. */
  readonly uri?: string;
  /** The caller has checked that nobody else in the folder has that name. */
  readonly isFree?: boolean;
};

/**
 * The only function that writes cards: the record, the projection and everything by which the card is found, together.
 * The projection is always `fromVCard(record)`. The caller has checked the rights. Errors: `tooLarge`, `invalid` uid
 * (uidTaken), `overQuota`.
 */
export async function saveCard(tx: Transaction, context: Context, save: Save): Promise<CardRow> {
  const { book, old } = save;
  const vcard = typeof save.vcard === 'string' ? save.vcard : serializeVCard(save.vcard);
  if (Buffer.byteLength(vcard) > context.settings.maxCardSize)
    throw new AppError('tooLarge', `A contact has at most ${context.settings.maxCardSize} bytes`);
  const contents = save.contents ?? contentsOf(vcard, save.record ?? read(vcard, save.vcard));
  const { uid } = contents;
  await requireFreeUid(tx, context, book.account_id, uid, old?.id);
  if (!old) await requireRoomForCards(tx, context, book.account_id, 1);
  const id = old?.id ?? save.id ?? newId('c', context.now());
  const now = context.now().toISOString();
  const row: CardRow = {
    id,
    account_id: book.account_id,
    book_id: book.id,
    uid,
    uri: await freeUri(tx, save, save.uri ?? old?.uri ?? uriFor(uid, id), id),
    ...contents.mark,
    kind: contents.kind,
    ...contents.sortKeys,
    created: contents.created ?? old?.created ?? now,
    updated: contents.updated ?? now,
    trash_id: null,
    deleted_at: null,
    deleted_by: null,
    added_by: old?.book_id === book.id ? old.added_by : context.actor.principalId,
    data: contents.data,
  };
  await remember(tx, context, row, old);
  const isOld = old !== undefined;
  await write(tx, row, { vcard, texts: contents.texts, isOld });
  await index(tx, row, contents, isOld);
  await writeMatchKeys(tx, row, contents.matchKeys, isOld);
  await storeMedia(tx, context, row, { blobs: contents.blobs, isNew: !isOld });
  await note(tx, row, old);
  return row;
}

/** The record. Where its lines are those that were written, what they say is known from writing them. */
function read(text: string, written: string | VCard): VCard {
  const record = parseVCard(text);
  return typeof written !== 'string' && sameLines(record, written) ? written : record;
}

/** The uid as a name where it can be one (RFC 9610 §3 asks nothing; clients like to recognise it), else the id. */
function uriFor(uid: string, id: string): string {
  const name = uid.replace(/^urn:uuid:/i, '');
  return /^[A-Za-z0-9_.-]{1,120}$/.test(name) && !name.startsWith('.') ? `${name}.vcf` : `${id}.vcf`;
}

async function freeUri(tx: Transaction, { book, isFree }: Save, uri: string, cardId: string): Promise<string> {
  if (isFree) return uri;
  const holder = await tx.first(cardAt(tx, { bookId: book.id, accountId: book.account_id, uri }));
  return holder && holder.id !== cardId ? `${cardId}.vcf` : uri;
}

/** RFC 9610 §3: one card of a uid per account. */
async function requireFreeUid(
  tx: Transaction,
  context: Context,
  accountId: string,
  uid: string,
  except?: string,
): Promise<void> {
  const holder = await findByUid(tx, accountId, uid);
  if (!holder || holder.id === except) return;
  const existing = (await findBook(tx, context, holder.book_id)) ? { existingId: holder.id } : {};
  throw invalid('uid', 'The account has a card with this uid already', { reason: 'uidTaken', ...existing });
}

/** The card with this uid in an account, whoever may read it. */
export function findByUid(
  reader: Reader,
  accountId: string,
  uid: string,
): Promise<Pick<CardRow, 'id' | 'book_id'> | undefined> {
  return reader.first(cardOfUid(reader, { accountId, uid }));
}

/**
 * Throws `overQuota` if the account, or the organisation (reason `organisation`), has no room for so many more cards.
 */
export async function requireRoomForCards(
  tx: Reader,
  context: Context,
  accountId: string,
  more: number,
): Promise<void> {
  const { maxCardsPerAccount } = context.settings;
  const row = await tx.first(cardsOf(tx, { accountId }));
  if ((row?.total ?? 0) + more > maxCardsPerAccount)
    throw new AppError('overQuota', `An account has at most ${maxCardsPerAccount} contacts`);
  await requireRoomInOrganisation(tx, context, more);
}

type Written = Pick<CardContents, 'texts'> & { readonly vcard: string; readonly isOld: boolean };

async function write(tx: Transaction, row: CardRow, { vcard, texts, isOld }: Written): Promise<void> {
  const { id, book_id: bookId, account_id: accountId } = row;
  if (isOld) {
    await tx.run(replaceCard(tx, { row: await changedIn(tx, row), id, accountId }));
    await tx.run(replaceRecord(tx, { id, accountId, vcard }));
    await replaceTexts(tx, { id, bookId, accountId }, texts);
  } else {
    await tx.run(insertCard(tx, { row }));
    await tx.run(insertRecord(tx, { row: { card_id: id, vcard, account_id: accountId } }));
    await insertTexts(tx, { id, bookId, accountId }, texts);
  }
}

/**
 * The columns that are others than those that are there: what is not named is not looked for in the nine indexes of its own. The tag is
 * always among them.
 */
async function changedIn(tx: Transaction, row: CardRow): Promise<Partial<CardRow>> {
  const there = (await tx.first(cardOf(tx, { id: row.id, accountId: row.account_id })))!;
  const changed: Record<string, unknown> = { etag: row.etag };
  for (const name of Object.keys(row) as (keyof CardRow)[]) if (there[name] !== row[name]) changed[name] = row[name];
  return changed;
}

async function index(tx: Transaction, row: CardRow, contents: CardContents, isOld: boolean): Promise<void> {
  const { id, account_id: accountId } = row;
  if (isOld) for (const forget of forgetIndexed) await tx.run(forget(tx, { id, accountId }));
  await writeWords(tx, row, contents, isOld);
  const keywords = contents.keywords.map((keyword) => ({ account_id: accountId, keyword, card_id: id }));
  for (let start = 0; start < keywords.length; start += 500)
    await tx.run(insertKeywords(tx, { rows: keywords.slice(start, start + 500) }));
  const members = contents.members.map((uid) => ({ account_id: accountId, uid, card_id: id }));
  for (let start = 0; start < members.length; start += 500)
    await tx.run(insertMembers(tx, { rows: members.slice(start, start + 500) }));
  await writeEmails(tx, row, contents.addresses, isOld);
}

async function writeEmails(
  tx: Transaction,
  row: CardRow,
  addresses: CardContents['addresses'],
  isOld: boolean,
): Promise<void> {
  const { id, account_id: accountId } = row;
  if (isOld) {
    const there = new Map((await tx.all(emailsOf(tx, { id, accountId }))).map((row) => [row.position, row.address]));
    if (there.size === addresses.length && addresses.every((address, place) => there.get(place) === address)) return;
    await tx.run(forgetEmails(tx, { id, accountId }));
  }
  const rows = addresses.map((address, position) => ({
    card_id: id,
    position,
    account_id: accountId,
    address,
    address_key: address.trim().toLowerCase(),
  }));
  if (rows.length > 0) await tx.run(insertEmails(tx, { rows }));
}

/** The history, before the record is replaced. */
async function remember(tx: Transaction, context: Context, card: CardRow, old: CardRow | undefined): Promise<void> {
  if (!old) return keepVersion(tx, context, { card, action: 'created' });
  if (old.book_id !== card.book_id) await rememberMove(tx, context, old, card.book_id);
  await keepVersion(tx, context, { card, action: 'updated', before: old });
}

/** Writes the history of a card that moves to another folder of its account. */
export async function rememberMove(tx: Transaction, context: Context, card: CardRow, bookId: string): Promise<void> {
  await keepVersion(tx, context, { card, action: 'movedOut', otherBookId: bookId });
  const there = { ...card, book_id: bookId };
  await keepVersion(tx, context, { card: there, action: 'movedIn', otherBookId: card.book_id });
}

async function note(tx: Transaction, row: CardRow, old: CardRow | undefined): Promise<void> {
  const { account_id: accountId, id, book_id: bookId, uri } = row;
  const card = { accountId, type: 'ContactCard', id } as const;
  if (old && old.book_id === bookId) {
    tx.changed({ ...card, kind: 'updated', bookId, uri });
    return;
  }
  if (old) {
    await addToCardCount(tx, old, -1);
    tx.changed({ ...card, kind: 'destroyed', bookId: old.book_id, uri: old.uri });
  }
  await addToCardCount(tx, row, 1);
  tx.changed({ ...card, kind: 'created', bookId, uri });
}

/** Adjusts the number of cards stored with a folder. */
export async function addToCardCount(
  tx: Transaction,
  { book_id: bookId, account_id: accountId }: Pick<CardRow, 'book_id' | 'account_id'>,
  difference: number,
): Promise<void> {
  await tx.run(addToCount(tx, { bookId, accountId, difference }));
}

const cardAt = statement((build, value: { bookId: string; accountId: string; uri: string }) =>
  build
    .selectFrom('card')
    .select('id')
    .where('book_id', '=', value.bookId)
    .where(inAccount(value.accountId))
    .where('uri', '=', value.uri)
    .where('trash_id', 'is', null),
);
const cardOfUid = statement((build, value: { accountId: string; uid: string }) =>
  build
    .selectFrom('card')
    .select(['id', 'book_id'])
    .where('account_id', '=', value.accountId)
    .where('uid', '=', value.uid)
    .where('trash_id', 'is', null),
);
const cardsOf = statement((build, value: { accountId: string }) =>
  sql<{ total: number | null }>`
    SELECT sum(card_count) AS total FROM address_book
    WHERE account_id = ${value.accountId} AND trash_id IS NULL`.compile(build),
);
const addToCount = statement((build, value: { bookId: string; accountId: string; difference: number }) =>
  build
    .updateTable('address_book')
    .set((row) => ({ card_count: row('card_count', '+', value.difference) }))
    .where('id', '=', value.bookId)
    .where(inAccount(value.accountId)),
);

/** A card, in its account. */
type CardName = { readonly id: string; readonly accountId: string };
type Rows<T extends keyof Schema> = { readonly rows: readonly Schema[T][] };

const insertCard = statement((build, { row }: { row: CardRow }) => build.insertInto('card').values(row));
const cardOf = statement((build, { id, accountId }: CardName) =>
  build.selectFrom('card').selectAll().where('id', '=', id).where(inAccount(accountId)),
);
const replaceCard = statement((build, { row, id, accountId }: CardName & { row: Partial<CardRow> }) =>
  build.updateTable('card').set(row).where('id', '=', id).where(inAccount(accountId)),
);
const insertRecord = statement((build, { row }: { row: Schema['card_record'] }) =>
  build.insertInto('card_record').values(row),
);
const replaceRecord = statement((build, { id, accountId, vcard }: CardName & { vcard: string }) =>
  build.updateTable('card_record').set({ vcard }).where('card_id', '=', id).where(inAccount(accountId)),
);
const insertKeywords = statement((build, { rows }: Rows<'card_keyword'>) =>
  build.insertInto('card_keyword').values(rows),
);
const insertMembers = statement((build, { rows }: Rows<'card_member'>) => build.insertInto('card_member').values(rows));
const insertEmails = statement((build, { rows }: Rows<'card_email'>) => build.insertInto('card_email').values(rows));
// Without an order: to be given one, SQLite would plan the statement anew each time.
const emailsOf = statement((build, { id, accountId }: CardName) =>
  build.selectFrom('card_email').select(['position', 'address']).where('card_id', '=', id).where(inAccount(accountId)),
);
const forgetEmails = statement((build, { id, accountId }: CardName) =>
  build.deleteFrom('card_email').where('card_id', '=', id).where(inAccount(accountId)),
);
const forgetIndexed = (['card_keyword', 'card_member'] as const).map((table) =>
  statement((build, { id, accountId }: CardName) =>
    build.deleteFrom(table).where('card_id', '=', id).where(inAccount(accountId)),
  ),
);
