import type { AddressBookRow } from '../../db/schema.ts';
import { newId } from '../../lib/ids.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { areSame } from '../sharing/rights.ts';
import type { Rights } from '../sharing/rights.ts';

/** The most notifications that are kept for a person; older ones make way (RFC 9670 §3). */
const maxNotifications = 200;

/** Writes a ShareNotification for a person whose rights on a folder changed; nothing if they did not. */
export async function notifyOfRights(
  tx: Transaction,
  context: Context,
  facts: { personId: string; book: AddressBookRow; before: Rights; after: Rights },
): Promise<void> {
  const { personId, book, before, after } = facts;
  if (areSame(before, after)) return;
  const id = newId('n', context.now());
  await tx.run(
    tx.build.insertInto('share_notification').values({
      id,
      principal_id: personId,
      created: context.now().toISOString(),
      changed_by: context.actor.principalId,
      object_account_id: book.account_id,
      object_id: book.id,
      old_rights: before.mayRead ? JSON.stringify(before) : null,
      new_rights: after.mayRead ? JSON.stringify(after) : null,
      name: book.name,
    }),
  );
  tx.changed({ accountId: personId, type: 'ShareNotification', id, kind: 'created' });
  await dropOldest(tx, personId);
}

async function dropOldest(tx: Transaction, personId: string): Promise<void> {
  const { build } = tx;
  const tooOld = await tx.all(
    build
      .selectFrom('share_notification')
      .select('id')
      .where('principal_id', '=', personId)
      .orderBy('created', 'desc')
      .orderBy('id', 'desc')
      .limit(50)
      .offset(maxNotifications),
  );
  for (const { id } of tooOld) {
    await tx.run(build.deleteFrom('share_notification').where('id', '=', id));
    tx.changed({ accountId: personId, type: 'ShareNotification', id, kind: 'destroyed' });
  }
}
