import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { seesAll } from '../scope.ts';
import { visibleBooks } from '../sharing/access.ts';
import { historyScope, remembered } from '../sharing/historyScope.ts';
import type { HistoryScope } from '../sharing/historyScope.ts';
import { versionId, versionNumber } from './versionId.ts';

/** Which versions; one of the first four must be said. */
export type VersionFilter = {
  readonly cardId?: string;
  readonly inAddressBook?: string;
  readonly batchId?: string;
  readonly operationId?: string;
  readonly author?: string;
  /** At this moment or later. */
  readonly after?: string;
  /** Before this moment. */
  readonly before?: string;
};

/** Versions that were found, newest first. */
export type FoundVersions = { total(): Promise<number>; ids(offset: number, limit: number): Promise<string[]> };

/** The history of an account as the person may see it. */
export async function readableHistory(reader: Reader, context: Context, accountId: string): Promise<HistoryScope> {
  if (seesAll(context, accountId)) return null;
  return historyScope(context, accountId, await visibleBooks(reader, context, accountId));
}

/** Looks for versions by an index: of a card, of a folder, of what was done as one. */
export async function queryVersions(
  context: Context,
  accountId: string,
  filter: VersionFilter,
): Promise<FoundVersions> {
  const place = placeOf(filter);
  if (!place) {
    const message = 'cardId, inAddressBook, batchId or operationId must be said';
    throw new AppError('invalid', message, { properties: ['filter'], reason: 'unsupportedFilter' });
  }
  const { db } = context;
  const scope = await readableHistory(db, context, accountId);
  const where = sql`${place} AND account_id = ${accountId} AND ${remembered(scope)} AND ${conditionOf(filter)}`;
  // In one folder, time is the order of the index; of one card, the numbers are.
  const order =
    filter.cardId === undefined && filter.inAddressBook !== undefined ? sql`at DESC, id DESC` : sql`id DESC`;
  return foundBy(db, where, order);
}

/** The versions of which a condition holds, in an order that an index has. */
export function foundBy(reader: Reader, where: RawBuilder<unknown>, order: RawBuilder<unknown>): FoundVersions {
  return {
    async total() {
      const count = sql<{ total: number }>`SELECT count(*) AS total FROM card_version WHERE ${where}`;
      return (await reader.first(count.compile(reader.build)))!.total;
    },
    async ids(offset, limit) {
      const page = sql<{ id: number }>`
        SELECT id FROM card_version WHERE ${where} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`;
      return (await reader.all(page.compile(reader.build))).map(({ id }) => versionId(id));
    },
  };
}

function placeOf(filter: VersionFilter): RawBuilder<unknown> | null {
  if (filter.cardId !== undefined) return sql`card_id = ${filter.cardId}`;
  if (filter.batchId !== undefined) return inBatch(filter.batchId);
  if (filter.operationId !== undefined) return sql`operation = ${filter.operationId}`;
  return filter.inAddressBook === undefined ? null : sql`book_id = ${filter.inAddressBook}`;
}

/** Rows of `card_version` that are shown as one. */
export function inBatch(batchId: string): RawBuilder<unknown> {
  const number = versionNumber(batchId) ?? 0;
  return sql`(batch = ${number} OR (id = ${number} AND batch IS NULL))`;
}

function conditionOf(filter: VersionFilter): RawBuilder<unknown> {
  const { inAddressBook, batchId, operationId, author, after, before } = filter;
  const conditions = [
    ...(inAddressBook === undefined ? [] : [sql`book_id = ${inAddressBook}`]),
    ...(batchId === undefined ? [] : [inBatch(batchId)]),
    ...(operationId === undefined ? [] : [sql`operation = ${operationId}`]),
    ...(author === undefined ? [] : [sql`author_id = ${author}`]),
    ...(after === undefined ? [] : [sql`at >= ${after}`]),
    ...(before === undefined ? [] : [sql`at < ${before}`]),
  ];
  return conditions.length === 0 ? sql`1 = 1` : sql.join(conditions, sql` AND `);
}
