import { invalid } from '../../errors.ts';
import { destroyCard } from '../card/destroyCard.ts';
import { transact, within } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';
import { emailKey } from '../principal/emailKey.ts';
import { collectedBookId } from './collectRecipients.ts';
import { readWrittenAddress } from './writtenAddress.ts';

/** More than anybody forgets; a cap against programs that run wild. */
const mostForgotten = 1_000;

/** The addresses that the person wants to be forgotten, in the order of the alphabet. */
export async function listForgotten(context: Context): Promise<string[]> {
  requireWhole(context);
  const { db, actor } = context;
  const mine = db.build
    .selectFrom('forgotten_address')
    .select('address_key')
    .where('principal_id', '=', actor.principalId);
  return (await db.all(mine.orderBy('address_key'))).map((row) => row.address_key);
}

/**
 * Makes these the addresses that are never collected. What is new among them leaves the collected people (for the
 * trash) and is no longer suggested first. Errors: `invalid` forgottenAddresses.
 */
export async function setForgotten(context: Context, addresses: readonly string[]): Promise<void> {
  const keys = new Set(addresses.map(requireKey));
  if (keys.size > mostForgotten) throw wrong(`At most ${mostForgotten} addresses can be forgotten`);
  await transact(context, async (tx) => {
    const before = new Set(await listForgotten(within(context, tx)));
    for (const key of keys) if (!before.has(key)) await forget(tx, context, key);
    for (const key of before) if (!keys.has(key)) await remember(tx, context, key);
    tx.changed({ accountId: context.actor.principalId, type: 'Preferences', id: 'singleton', kind: 'updated' });
  });
}

function requireKey(address: string): string {
  const read = readWrittenAddress(address);
  if (!read) throw wrong('This is not an address');
  return read.key;
}

function wrong(message: string): Error {
  return invalid('forgottenAddresses', message);
}

async function forget(tx: Transaction, context: Context, key: string): Promise<void> {
  const { principalId } = context.actor;
  const row = { principal_id: principalId, address_key: key, forgotten_at: context.now().toISOString() };
  await tx.run(tx.build.insertInto('forgotten_address').values(row));
  const contacted = tx.build.deleteFrom('contacted').where('principal_id', '=', principalId);
  await tx.run(contacted.where('address_key', '=', key));
  const inside = within(context, tx);
  for (const cardId of await cardsOf(tx, principalId, key))
    await destroyCard(inside, { cardId, accountId: principalId });
}

/** The collected cards that stand for this address and for no other: a card that somebody completed is theirs to delete. */
async function cardsOf(tx: Transaction, personId: string, key: string): Promise<string[]> {
  const bookId = await collectedBookId(tx, personId);
  if (bookId === undefined) return [];
  const cards = tx.build
    .selectFrom('card_email')
    .innerJoin('card', 'card.id', 'card_email.card_id')
    .select('card.id')
    .where('card_email.account_id', '=', personId)
    .where('address_key', '=', key)
    .where('card.book_id', '=', bookId)
    .where('card.trash_id', 'is', null);
  const ids: string[] = [];
  for (const { id } of await tx.all(cards)) {
    const all = await tx.all(tx.build.selectFrom('card_email').select('address_key').where('card_id', '=', id));
    if (all.every((one) => emailKey(one.address_key) === key)) ids.push(id);
  }
  return [...new Set(ids)];
}

async function remember(tx: Transaction, context: Context, key: string): Promise<void> {
  const mine = tx.build.deleteFrom('forgotten_address').where('principal_id', '=', context.actor.principalId);
  await tx.run(mine.where('address_key', '=', key));
}
