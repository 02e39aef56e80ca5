import { createBreath } from '../../lib/breath.ts';
import { freeName } from '../addressbook/names.ts';
import type { Transaction } from '../change/transaction.ts';
import type { World } from '../context.ts';
import { principalsOf } from '../principal/principalsOf.ts';

const answersInARow = 50;
/** For so long the end of a share can be taken back with the answers that it had. */
const keptFor = 3_600_000;

/** A share of a folder has ended: sets aside the answers of people who have no other access to it. */
export async function putAnswersAside(tx: Transaction, world: World, bookId: string): Promise<void> {
  const { build } = tx;
  const now = world.now();
  const old = new Date(now.getTime() - keptFor).toISOString();
  await tx.run(build.deleteFrom('ended_subscription').where('ended_at', '<', old));
  const answers = await tx.all(build.selectFrom('subscription').selectAll().where('book_id', '=', bookId));
  const breathe = createBreath(answersInARow);
  for (const answer of answers) {
    await breathe();
    const { principal_id: personId } = answer;
    const mine = await principalsOf(tx, personId);
    const other = build
      .selectFrom('share')
      .select('id')
      .where('book_id', '=', bookId)
      .where('principal_id', 'in', mine)
      .limit(1);
    if (await tx.first(other)) continue;
    const ended = { ...answer, ended_at: now.toISOString() };
    await tx.run(
      build
        .insertInto('ended_subscription')
        .values(ended)
        .onConflict((conflict) => conflict.columns(['principal_id', 'book_id']).doUpdateSet(ended)),
    );
    await tx.run(build.deleteFrom('subscription').where('book_id', '=', bookId).where('principal_id', '=', personId));
  }
}

/** The end of a share is undone: the answers count again, with the people's own names for the folder. */
export async function takeAnswersBack(tx: Transaction, world: World, bookId: string, granteeId: string): Promise<void> {
  const { build } = tx;
  const since = new Date(world.now().getTime() - keptFor).toISOString();
  const ended = build.selectFrom('ended_subscription').selectAll().where('book_id', '=', bookId);
  const answers = await tx.all(ended.where('ended_at', '>=', since));
  const breathe = createBreath(answersInARow);
  for (const { ended_at: _ended, ...answer } of answers) {
    await breathe();
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
      build.deleteFrom('ended_subscription').where('book_id', '=', bookId).where('principal_id', '=', personId),
    );
  }
}
