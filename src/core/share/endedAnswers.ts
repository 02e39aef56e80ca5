import { sql } from 'kysely';
import type { SubscriptionRow } from '../../db/schema.ts';
import { freeName } from '../addressbook/names.ts';
import type { Transaction } from '../change/transact.ts';
import type { World } from '../context.ts';
import { principalsOf } from '../principal/principalsOf.ts';

/** For so long the end of a share can be taken back with the answers that it had. */
const keptFor = 3_600_000;

/** A share of a folder has ended: puts aside the answers of those who have no other way to it. */
export async function putAnswersAside(tx: Transaction, world: World, bookId: string): Promise<void> {
  const { build } = tx;
  const now = world.now();
  const old = new Date(now.getTime() - keptFor).toISOString();
  await tx.run(sql`DELETE FROM ended_subscription WHERE ended_at < ${old}`.compile(build));
  const answers = await tx.all(build.selectFrom('subscription').select('principal_id').where('book_id', '=', bookId));
  for (const { principal_id: personId } of answers) {
    const mine = await principalsOf(tx, personId);
    const other = build
      .selectFrom('share')
      .select('id')
      .where('book_id', '=', bookId)
      .where('principal_id', 'in', mine);
    if (await tx.first(other)) continue;
    await tx.run(
      sql`INSERT OR REPLACE INTO ended_subscription
        SELECT principal_id, book_id, account_id, status, name, color, sort_order, decided_at, ${now.toISOString()}
        FROM subscription WHERE book_id = ${bookId} AND principal_id = ${personId}`.compile(build),
    );
    await tx.run(build.deleteFrom('subscription').where('book_id', '=', bookId).where('principal_id', '=', personId));
  }
}

/** The end of a share is taken back: what its people had answered counts again, under their own names for the folder. */
export async function takeAnswersBack(tx: Transaction, world: World, bookId: string, granteeId: string): Promise<void> {
  const { build } = tx;
  const since = new Date(world.now().getTime() - keptFor).toISOString();
  const answers = await tx.all(
    sql<SubscriptionRow>`
      SELECT principal_id, book_id, account_id, status, name, color, sort_order, decided_at
      FROM ended_subscription WHERE book_id = ${bookId} AND ended_at >= ${since}`.compile(build),
  );
  for (const answer of answers) {
    const personId = answer.principal_id;
    if (!(await principalsOf(tx, personId)).includes(granteeId)) continue;
    // Meanwhile the person may have given the name to another folder.
    const name = answer.name === null ? null : await freeName(tx, { accountId: personId, parentId: null }, answer.name);
    const back = { ...answer, name };
    await tx.run(
      build
        .insertInto('subscription')
        .values(back)
        .onConflict((conflict) => conflict.doNothing()),
    );
    await tx.run(
      sql`DELETE FROM ended_subscription WHERE book_id = ${bookId} AND principal_id = ${personId}`.compile(build),
    );
  }
}
