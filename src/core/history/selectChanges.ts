import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { AppError, notFound } from '../../errors.ts';
import type { Context } from '../context.ts';
import { remembered } from '../sharing/historyScope.ts';
import type { Action } from '../version/ways.ts';
import { inBatch, readableHistory } from './queryVersions.ts';

/** What is to be undone: all that happened in a folder since a moment (by one person), or what was done as one. */
export type Undoing =
  | { readonly kind: 'since'; readonly bookId: string; readonly to: string; readonly author: string | null }
  | { readonly kind: 'batch'; readonly batchId: string }
  | { readonly kind: 'operation'; readonly operationId: string };

/** A change as far as undoing needs it. */
export type PastChange = {
  readonly id: number;
  readonly cardId: string;
  readonly bookId: string;
  readonly otherBookId: string | null;
  readonly action: Action;
  readonly name: string;
};

/** So many changes are undone at once, at most. */
const most = 200_000;
const cardsPerQuery = 500;
const columns = sql.raw('id, card_id AS "cardId", book_id AS "bookId", other_book_id AS "otherBookId", action, name');

/** The changes that are to be undone, oldest first, card by card. Errors: `notFound`, `tooLarge`. */
export async function selectChanges(
  reader: Reader,
  context: Context,
  accountId: string,
  undoing: Undoing,
): Promise<Map<string, PastChange[]>> {
  const scope = await readableHistory(reader, context, accountId);
  const rows = await reader.all(
    sql<PastChange>`
      SELECT ${columns} FROM card_version
      WHERE ${conditionOf(undoing)} AND account_id = ${accountId} AND ${remembered(scope)} AND action <> 'handedOver'
      ORDER BY id LIMIT ${most + 1}`.compile(reader.build),
  );
  if (rows.length > most) throw new AppError('tooLarge', `At most ${most} changes are undone at once`);
  if (rows.length === 0 && undoing.kind !== 'since') throw notFound('changes');
  return Map.groupBy(rows, ({ cardId }) => cardId);
}

function conditionOf(undoing: Undoing) {
  if (undoing.kind === 'batch') return inBatch(undoing.batchId);
  if (undoing.kind === 'operation') return sql`operation = ${undoing.operationId}`;
  const { bookId, to, author } = undoing;
  return sql`book_id = ${bookId} AND at > ${to} AND ${author === null ? sql`1 = 1` : sql`author_id = ${author}`}`;
}

/** What happened to these cards from a change on that is not among the selected ones, in whatever folder. */
export async function changesBeside(
  reader: Reader,
  selected: ReadonlyMap<string, readonly PastChange[]>,
): Promise<Map<string, PastChange[]>> {
  const beside = new Map<string, PastChange[]>();
  const cards = [...selected.values()].map((changes) => ({ id: changes[0]!.cardId, from: changes[0]!.id }));
  for (let start = 0; start < cards.length; start += cardsPerQuery) {
    const some = JSON.stringify(cards.slice(start, start + cardsPerQuery));
    const rows = await reader.all(
      sql<PastChange>`
        SELECT version.id, card_id AS "cardId", book_id AS "bookId", other_book_id AS "otherBookId", action, name
        FROM json_each(${some}) AS wanted
        JOIN card_version AS version ON version.card_id = wanted.value ->> 'id' AND version.id > CAST(wanted.value ->> 'from' AS INTEGER)
        WHERE action <> 'handedOver' ORDER BY version.id`.compile(reader.build),
    );
    for (const row of rows) {
      if (selected.get(row.cardId)!.some(({ id }) => id === row.id)) continue;
      beside.set(row.cardId, [...(beside.get(row.cardId) ?? []), row]);
    }
  }
  return beside;
}
