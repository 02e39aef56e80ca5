import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { directoryVersion } from './directoryState.ts';

/** What became of people and groups since a version of the directory. */
export type PrincipalChanges = {
  readonly version: number;
  readonly hasMoreChanges: boolean;
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly destroyed: readonly string[];
};

type Row = { id: string; changed_in: number; was_shown: number; is_shown: number };

/**
 * Who came, changed and left since a version, the first that changed first; at most so many. Those who are not listed
 * are told to themselves alone, and guests of nobody else. Each principal keeps only the newest of its changes, so every version can be asked for.
 */
export async function principalChanges(
  context: Context,
  since: number,
  most: number | null,
): Promise<PrincipalChanges> {
  const { db, actor } = context;
  // Before the rows: what comes in between is told twice rather than never.
  const version = await directoryVersion(context);
  const limit = most === null ? sql`` : sql`LIMIT ${most + 1}`;
  const others = actor.isGuest ? sql`1 = 0` : sql`is_shown = 1 OR shown_since <= ${since}`;
  const rows = await db.all(
    sql<Row>`
      SELECT principal_id AS id, changed_in,
        CASE WHEN principal_id = ${actor.principalId} OR shown_since <= ${since} THEN 1 ELSE 0 END AS was_shown,
        CASE WHEN principal_id = ${actor.principalId} THEN 1 ELSE is_shown END AS is_shown
      FROM principal_change
      WHERE changed_in > ${since} AND changed_in <= ${version}
        AND (${others} OR principal_id = ${actor.principalId})
      ORDER BY changed_in ${limit}`.compile(db.build),
  );
  const told = most === null ? rows : rows.slice(0, most);
  const hasMoreChanges = told.length < rows.length;
  const ids = (wasShown: number, isShown: number) =>
    told.filter((row) => row.was_shown === wasShown && row.is_shown === isShown).map(({ id }) => id);
  return {
    version: hasMoreChanges ? told.at(-1)!.changed_in : version,
    hasMoreChanges,
    created: ids(0, 1),
    updated: ids(1, 1),
    destroyed: ids(1, 0),
  };
}
