import { statement } from '../../db/statement.ts';
import type { Transaction } from '../change/transaction.ts';

/**
 * A card goes to another account, where it has another id: if it follows an original, it does so there, too. The link of
 * the card that goes into the trash stays with it, for it may come back.
 */
export async function moveLink(tx: Transaction, fromId: string, toId: string): Promise<void> {
  const link = await tx.first(linkOf(tx, { copyId: fromId }));
  if (!link) return;
  await tx.run(tx.build.insertInto('card_link').values({ ...link, copy_id: toId }));
  tx.changed({ accountId: link.principal_id, type: 'CardLink', id: toId, kind: 'created' });
}

/** Who made the link of a card; null: it follows nothing. */
export async function linkMaker(tx: Transaction, copyId: string): Promise<string | null> {
  return (await tx.first(linkOf(tx, { copyId })))?.principal_id ?? null;
}

const linkOf = statement((build, value: { copyId: string }) =>
  build.selectFrom('card_link').selectAll().where('copy_id', '=', value.copyId),
);
