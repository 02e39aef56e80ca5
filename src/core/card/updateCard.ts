import { isDeepStrictEqual } from 'node:util';
import type { Reader } from '../../db/database.ts';
import { inAccount } from '../../db/inAccount.ts';
import type { AddressBookRow, CardRow } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import { invalid, notFound } from '../../errors.ts';
import { fromVCard } from '../../format/jscontact/fromVCard.ts';
import { toVCard } from '../../format/jscontact/toVCard.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { findBook } from '../sharing/access.ts';
import type { VisibleBook } from '../sharing/access.ts';
import { requireAdding, requireChange } from '../sharing/cardRights.ts';
import { cardView } from './cardView.ts';
import type { CardView } from './cardView.ts';
import { requireValid, utcSeconds } from './createCard.ts';
import { putInMedia } from './media.ts';
import { requireRecord } from './recordOf.ts';
import { addToCardCount, rememberMove, saveCard } from './saveCard.ts';

/** The result of an edit: the new content of the card, and its folder. */
export type Edited = { readonly card: Readonly<Record<string, unknown>>; readonly bookId: string };

/**
 * Edits a card: `edit` receives it as it is and returns what it should be. Properties that the edit does not touch keep
 * their text in the record. Errors: `notFound`, `forbidden`, `invalid`, `tooLarge`.
 */
export async function updateCard(
  context: Context,
  name: CardName,
  edit: (card: CardView) => Edited,
): Promise<CardView> {
  return transact(context, async (tx) => {
    const { row, seen } = await requireCard(tx, context, name);
    const current = cardView(row);
    const edited = edit(current);
    const moved = edited.bookId !== row.book_id;
    if (isDeepStrictEqual(edited.card, current.content)) {
      return moved ? cardView(await moveCard(tx, context, row, seen, edited.bookId)) : current;
    }
    requireChange(context, seen, row);
    const book = moved ? (await requireTarget(tx, context, row, edited.bookId)).book : seen.book;
    return cardView(await rewrite(tx, context, { row, book, card: edited.card }));
  });
}

async function rewrite(
  tx: Transaction,
  context: Context,
  edit: { row: CardRow; book: AddressBookRow; card: Readonly<Record<string, unknown>> },
): Promise<CardRow> {
  const { row, book } = edit;
  const card = requireValid(edit.card);
  if (card.uid !== row.uid) throw invalid('uid', 'The uid of a card stays what it is');
  const base = parseVCard(await requireRecord(tx, row));
  const stamped: Card = touched(fromVCard(base), card) ? { ...card, updated: utcSeconds(context.now()) } : card;
  const whole = await putInMedia(tx, context, row.account_id, stamped);
  return saveCard(tx, context, { book, vcard: toVCard(whole, base), old: row });
}

/** A client that sets `updated` itself is believed. */
function touched(before: Card, after: Card): boolean {
  return before.updated === after.updated;
}

const liveCard = statement((build, value: { cardId: string }) =>
  build.selectFrom('card').selectAll().where('id', '=', value.cardId).where('trash_id', 'is', null),
);
const liveCardIn = statement((build, value: { cardId: string; accountId: string }) =>
  build
    .selectFrom('card')
    .selectAll()
    .where('id', '=', value.cardId)
    .where(inAccount(value.accountId))
    .where('trash_id', 'is', null),
);

/** A card by its id; `accountId`: the account in which it is expected, if known. */
export type CardName = { readonly cardId: string; readonly accountId?: string };

/** The card with its folder, if the person may read it; otherwise throws `notFound`. */
export async function requireCard(
  reader: Reader,
  context: Context,
  { cardId, accountId }: CardName,
): Promise<{ row: CardRow; seen: VisibleBook }> {
  const row = await reader.first(
    accountId === undefined ? liveCard(reader, { cardId }) : liveCardIn(reader, { cardId, accountId }),
  );
  const seen = row ? await findBook(reader, context, row.book_id) : undefined;
  if (!row || !seen) throw notFound('card');
  return { row, seen };
}

/** Moves a card to another folder of the same account; its record stays as it is. */
export async function moveCard(
  tx: Transaction,
  context: Context,
  row: CardRow,
  from: VisibleBook,
  bookId: string,
): Promise<CardRow> {
  requireChange(context, from, row);
  const { book } = await requireTarget(tx, context, row, bookId);
  const { build } = tx;
  const sameUri = build
    .selectFrom('card')
    .select('id')
    .where('book_id', '=', book.id)
    .where(inAccount(book.account_id))
    .where('uri', '=', row.uri)
    .where('trash_id', 'is', null);
  const uri = (await tx.first(sameUri)) ? `${row.id}.vcf` : row.uri;
  await rememberMove(tx, context, row, book.id);
  const here = { book_id: book.id, uri, added_by: context.actor.principalId };
  await tx.run(build.updateTable('card').set(here).where('id', '=', row.id).where(inAccount(row.account_id)));
  await addToCardCount(tx, row, -1);
  await addToCardCount(tx, { ...row, book_id: book.id }, 1);
  const card = { accountId: row.account_id, type: 'ContactCard', id: row.id } as const;
  tx.changed({ ...card, kind: 'destroyed', bookId: row.book_id, uri: row.uri });
  tx.changed({ ...card, kind: 'created', bookId: book.id, uri });
  return { ...row, ...here };
}

async function requireTarget(tx: Transaction, context: Context, row: CardRow, bookId: string): Promise<VisibleBook> {
  const target = await findBook(tx, context, bookId);
  if (!target || target.book.account_id !== row.account_id)
    throw invalid('addressBookIds', 'No such address book in this account');
  requireAdding(target);
  return target;
}
