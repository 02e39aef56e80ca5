import { randomUUID } from 'node:crypto';
import type { CardRow } from '../../db/schema.ts';
import { createBreath } from '../../lib/breath.ts';
import { changeUid } from '../card/changeUid.ts';
import { moveWords } from '../card/words/writeWords.ts';
import type { Transaction } from '../change/transaction.ts';
import { keepVersion } from '../version/keepVersion.ts';
import type { Doer } from '../version/keepVersion.ts';
import { noteTrashMove } from './noteTrashMove.ts';

const cardsAtOnce = 100;

type Move = { readonly bookId: string; readonly fromId: string; readonly toId: string };

/**
 * Moves the cards of a folder, including those deleted from it, to another account, together with their history.
 * Returns the number of cards that are not deleted.
 */
export async function moveCards(tx: Transaction, doer: Doer, { bookId, fromId, toId }: Move): Promise<number> {
  const breathe = createBreath(1);
  const some = tx.build
    .selectFrom('card')
    .selectAll()
    .where('book_id', '=', bookId)
    .where('account_id', '=', fromId)
    .limit(cardsAtOnce);
  const { build } = tx;
  const happened = build.updateTable('card_version').set({ account_id: toId }).where('book_id', '=', bookId);
  await tx.run(happened.where('account_id', '=', fromId));
  let count = 0;
  for (;;) {
    const cards = await tx.all(some);
    if (cards.length === 0) return count;
    await moveSome(tx, doer, cards, { fromId, toId });
    count += cards.filter((card) => card.trash_id === null).length;
    await breathe();
  }
}

async function moveSome(
  tx: Transaction,
  doer: Doer,
  cards: readonly CardRow[],
  { fromId, toId }: Omit<Move, 'bookId'>,
): Promise<void> {
  const { build } = tx;
  const live = cards.filter((card) => card.trash_id === null);
  await freeUids(tx, doer, live, toId);
  for (const card of live) await keepVersion(tx, doer, { card: { ...card, account_id: toId }, action: 'handedOver' });
  const ids = cards.map(({ id }) => id);
  await tx.run(build.updateTable('card').set({ account_id: toId }).where('id', 'in', ids));
  for (const card of cards) await moveWords(tx, card, toId);
  for (const table of ['card_keyword', 'card_member', 'card_email'] as const)
    await tx.run(build.updateTable(table).set({ account_id: toId }).where('card_id', 'in', ids));
  for (const { id, book_id: bookId, uri } of live) {
    tx.changed({ accountId: fromId, type: 'ContactCard', id, kind: 'destroyed', bookId, uri });
    tx.changed({ accountId: toId, type: 'ContactCard', id, kind: 'created', bookId, uri });
  }
  // With a folder that was deleted the cards in it are told.
  for (const { id, trash_id: trashId, deleted_by: deleterId } of cards)
    if (trashId === id) noteTrashMove(tx, { id, deleterId }, { fromId, toId });
}

/** Of two cards with one uid in the account neither may be lost: the one that comes gets another. */
async function freeUids(tx: Transaction, doer: Doer, cards: readonly CardRow[], toId: string): Promise<void> {
  if (cards.length === 0) return;
  const there = tx.build.selectFrom('card').select('uid').where('account_id', '=', toId).where('trash_id', 'is', null);
  const uids = cards.map(({ uid }) => uid);
  const taken = new Set((await tx.all(there.where('uid', 'in', uids))).map(({ uid }) => uid));
  for (const card of cards)
    if (taken.has(card.uid)) await changeUid(tx, doer, { ...card, account_id: toId }, `urn:uuid:${randomUUID()}`);
}
