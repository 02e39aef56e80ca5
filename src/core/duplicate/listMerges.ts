import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { Context, World } from '../context.ts';
import { createBreath } from '../../lib/breath.ts';
import { utcDate } from '../../lib/utcDate.ts';
import { forgetWords } from '../card/words/writeWords.ts';
import { transact } from '../change/transact.ts';
import { requireWhole } from '../scope.ts';
import { keepErased } from '../version/keepErased.ts';

/** For how many days a merge can be undone. */
const mergeDays = 90;

/** A merge that can be undone. */
export type MergeView = {
  readonly id: string;
  readonly keepId: string;
  /** What the kept card was called afterwards. */
  readonly name: string;
  /** The cards that went into it, as they were called. */
  readonly cards: readonly { readonly id: string; readonly name: string }[];
  readonly mergedAt: string;
  readonly mergedBy: string;
  readonly mergedByName: string;
  readonly undoUntil: string;
};

type MergeRow = {
  id: string;
  keep_id: string;
  name: string;
  merged_at: string;
  merged_by: string;
  merged_by_name: string | null;
};

/** The merges that the person made, and those that touched their account: with these ids, or the newest. */
export async function findMerges(
  reader: Reader,
  context: Context,
  ids: readonly string[] | null,
  limit = 1_000,
): Promise<MergeView[]> {
  requireWhole(context);
  const among = ids === null ? sql`1 = 1` : sql`card_merge.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  const rows = await reader.all(
    sql<MergeRow>`
      SELECT card_merge.*, principal.name AS merged_by_name
      FROM card_merge_reader AS reader JOIN card_merge ON card_merge.id = reader.merge_id
      LEFT JOIN principal ON principal.id = card_merge.merged_by
      WHERE reader.principal_id = ${context.actor.principalId} AND ${among}
      ORDER BY reader.merge_id DESC LIMIT ${limit}`.compile(reader.build),
  );
  const mergeIds = JSON.stringify(rows.map(({ id }) => id));
  const parts = await reader.all(
    sql<{ merge_id: string; card_id: string; name: string }>`
      SELECT merge_id, card_id, name FROM card_merge_part
      WHERE merge_id IN (SELECT value FROM json_each(${mergeIds})) AND role = 'merged'`.compile(reader.build),
  );
  const byMerge = Map.groupBy(parts, (part) => part.merge_id);
  return rows.map((row) => ({
    id: row.id,
    keepId: row.keep_id,
    name: row.name,
    cards: (byMerge.get(row.id) ?? []).map(({ card_id: id, name }) => ({ id, name })),
    mergedAt: utcDate(row.merged_at),
    mergedBy: row.merged_by,
    mergedByName: row.merged_by_name ?? '',
    undoUntil: utcDate(new Date(new Date(row.merged_at).getTime() + mergeDays * 86_400_000).toISOString()),
  }));
}

/** The ids of these merges, newest first, and how many there are. */
export async function queryMerges(
  context: Context,
  { position, limit }: { readonly position: number; readonly limit: number },
): Promise<{ ids: string[]; total: number }> {
  requireWhole(context);
  const { db } = context;
  const own = db.build.selectFrom('card_merge_reader').where('principal_id', '=', context.actor.principalId);
  const page = own.select('merge_id').orderBy('merge_id', 'desc').limit(limit).offset(position);
  const total = await db.first(own.select(db.build.fn.countAll<number>().as('count')));
  return { ids: (await db.all(page)).map((row) => row.merge_id), total: total?.count ?? 0 };
}

/** The state of these merges: a merge, and every undo of one, moves it. */
export async function mergesState(context: Context, reader: Reader = context.db): Promise<string> {
  requireWhole(context);
  const own = reader.build.selectFrom('card_merge_reader').where('principal_id', '=', context.actor.principalId);
  const { count, max } = reader.build.fn;
  const row = await reader.first(own.select([count<number>('merge_id').as('count'), max('merge_id').as('newest')]));
  return `${row?.count ?? 0}-${row?.newest ?? ''}`;
}

const purgedAtOnce = 500;

/**
 * Ends merges that are too old to be undone, erases the cards kept for them, and forgets dismissals of erased cards.
 */
export async function purgeMerges(world: World): Promise<number> {
  const before = new Date(world.now().getTime() - mergeDays * 86_400_000).toISOString();
  const due = await world.db.all(
    world.db.build.selectFrom('card_merge').select('id').where('merged_at', '<', before).limit(purgedAtOnce),
  );
  const breathe = createBreath(1);
  for (const { id } of due) {
    await transact(world, async (tx) => {
      const cards = await tx.all(tx.build.selectFrom('card').select(['id', 'account_id']).where('trash_id', '=', id));
      await keepErased(
        tx,
        world,
        cards.map((card) => card.id),
      );
      await forgetWords(tx, cards);
      await tx.run(tx.build.deleteFrom('card').where('trash_id', '=', id));
      await tx.run(tx.build.deleteFrom('card_merge').where('id', '=', id));
    });
    await breathe();
  }
  await world.db.transaction((tx) =>
    tx.run(
      sql`DELETE FROM duplicate_dismissal WHERE NOT EXISTS (SELECT 1 FROM card WHERE card.id = one_id)
        OR NOT EXISTS (SELECT 1 FROM card WHERE card.id = other_id)`.compile(tx.build),
    ),
  );
  return due.length;
}
