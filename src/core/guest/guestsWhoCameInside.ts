import { sql } from 'kysely';
import type { PrincipalRow, ShareRow } from '../../db/schema.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context, World } from '../context.ts';
import { languagesOf } from '../preferences/languagesOf.ts';
import { giveShare, takeShare } from '../share/giveShare.ts';
import { newId } from '../../lib/ids.ts';

type Pair = { readonly guest: PrincipalRow; readonly personId: string };

/**
 * Guests whose address now belongs to somebody inside (who was hired, for example) become that person: what was shared
 * with the guest is shared with the person, in the same role and with the guest's answer, and nobody can sign in as the
 * guest any more. What the person already has stays as it is. Returns the number of guests.
 */
export async function guestsWhoCameInside(world: World): Promise<number> {
  if (!(await world.db.first(arrived(world.db).limit(1)))) return 0;
  return transact(world, async (tx) => {
    const pairs = await tx.all(arrived(tx));
    for (const { personId, ...guest } of pairs) await become(tx, world, { guest, personId });
    return pairs.length;
  });
}

function arrived({ build }: Pick<Transaction, 'build'>) {
  return build
    .selectFrom('principal as guest')
    .innerJoin('principal_login as login', (on) =>
      on.on(sql<boolean>`login.login_key = lower(guest.email) AND login.is_address = 1 AND login.is_held = 1`),
    )
    .innerJoin('principal as person', 'person.id', 'login.principal_id')
    .selectAll('guest')
    .select('person.id as personId')
    .where('guest.is_guest', '=', 1)
    .where('guest.is_active', '=', 1)
    .where('guest.email_key', 'is', null)
    .where('person.is_guest', '=', 0)
    .where('person.is_active', '=', 1);
}

async function become(tx: Transaction, world: World, { guest, personId }: Pair): Promise<void> {
  const { build } = tx;
  const shares = await tx.all(build.selectFrom('share').selectAll().where('principal_id', '=', guest.id));
  for (const share of shares) {
    const book = await tx.first(build.selectFrom('address_book').selectAll().where('id', '=', share.book_id));
    const language = (await languagesOf(tx, [share.account_id], 'fr'))(share.account_id);
    const context: Context = { ...world, actor: { principalId: share.account_id, language } };
    const answer = build.selectFrom('subscription').selectAll().where('book_id', '=', share.book_id);
    const given = await tx.first(answer.where('principal_id', '=', guest.id));
    await takeShare(tx, context, book!, share);
    const added = build.updateTable('card').set({ added_by: personId }).where('book_id', '=', share.book_id);
    await tx.run(added.where('added_by', '=', guest.id));
    if (share.account_id === personId || (await hasShare(tx, share, personId))) continue;
    const id = newId('s', world.now());
    const row: ShareRow = { ...share, id, type: 'principal', principal_id: personId, email: null };
    if (given) await tx.run(build.insertInto('subscription').values({ ...given, principal_id: personId, name: null }));
    await giveShare(tx, context, book!, { row, old: undefined });
  }
  await leave(tx, world, guest.id);
}

/** Nobody comes in as this guest any more; what is left is forgotten with the others (purgeGuests). */
async function leave(tx: Transaction, world: World, guestId: string): Promise<void> {
  const { build } = tx;
  const left = { is_active: 0, idle_since: world.now().toISOString() };
  await tx.run(build.updateTable('principal').set(left).where('id', '=', guestId));
  await tx.run(build.deleteFrom('credential').where('principal_id', '=', guestId));
  await tx.run(build.deleteFrom('session').where('principal_id', '=', guestId));
  tx.regrouped([guestId]);
}

async function hasShare({ build, first }: Transaction, share: ShareRow, personId: string): Promise<boolean> {
  const same = build.selectFrom('share').select('id').where('book_id', '=', share.book_id);
  return (await first(same.where('principal_id', '=', personId))) !== undefined;
}
