import { statement } from '../../db/statement.ts';
import { sql } from 'kysely';
import { notFound } from '../../errors.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';

/** Somebody's answer to an invitation of the person. */
export type GivenAnswer = {
  readonly bookId: string;
  /** What the folder is called for its owner. */
  readonly bookName: string;
  readonly principalId: string;
  readonly name: string;
  readonly status: 'accepted' | 'declined';
  readonly decidedAt: string;
};

/** So long an answer is news, and so many of them are told. */
const newsLife = 30 * 24 * 3600 * 1000;
const mostTold = 100;

const answersTo = statement((build, value: { ownerId: string; since: string }) =>
  sql<GivenAnswer>`
    SELECT book.id AS bookId, book.name AS bookName, person.id AS principalId, person.name AS name,
      answer.status AS status, answer.decided_at AS decidedAt
    FROM address_book AS book
      JOIN subscription AS answer ON answer.book_id = book.id
      JOIN principal AS person ON person.id = answer.principal_id
      LEFT JOIN dismissed_answer AS dismissed
        ON dismissed.principal_id = answer.principal_id AND dismissed.book_id = answer.book_id
    WHERE book.account_id = ${value.ownerId} AND book.trash_id IS NULL AND answer.principal_id <> ${value.ownerId}
      AND answer.status <> 'waiting' AND answer.decided_at > ${value.since}
      AND (dismissed.decided_at IS NULL OR dismissed.decided_at <> answer.decided_at)
    ORDER BY answer.decided_at DESC, book.id, person.id LIMIT ${mostTold}`.compile(build),
);

/** The latest answers of others to what the person shares, newest first, without dismissed ones. */
export async function listAnswers(context: Context): Promise<GivenAnswer[]> {
  requireWhole(context);
  const since = new Date(context.now().getTime() - newsLife).toISOString();
  return context.db.all(answersTo(context.db, { ownerId: context.actor.principalId, since }));
}

/** The owner has read it; a later answer of the same person is announced again. Errors: `notFound`. */
export async function dismissAnswer(context: Context, bookId: string, principalId: string): Promise<void> {
  const given = (await listAnswers(context)).find(
    (answer) => answer.bookId === bookId && answer.principalId === principalId,
  );
  if (!given) throw notFound('answer');
  await transact(context, async (tx) => {
    const row = { principal_id: principalId, book_id: bookId, decided_at: given.decidedAt };
    const insert = tx.build.insertInto('dismissed_answer').values(row);
    await tx.run(
      insert.onConflict((conflict) =>
        conflict.columns(['principal_id', 'book_id']).doUpdateSet({ decided_at: row.decided_at }),
      ),
    );
  });
}
