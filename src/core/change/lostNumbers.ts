import { sql } from 'kysely';
import { directoryLog } from '../../db/copy/leaveLostNumbers.ts';
import type { Database, Reader, Writer } from '../../db/database.ts';
import { remembered } from '../../db/remembered.ts';
import { statement } from '../../db/statement.ts';

type Gap = { readonly last: number; readonly resumes: number };

const gapsOf = statement((build, { log }: { log: string }) =>
  build.selectFrom('lost_number').select(['last', 'resumes']).where('log', '=', log),
);
const rememberedGaps = remembered<readonly Gap[]>(['lost_number']);

/**
 * Whether a number of an account's log was given out after a backup that has since been restored: the log does not tell
 * what happened up to it, so whoever knows such a number must read everything anew.
 */
export async function isLost(db: Database, log: string, number: number): Promise<boolean> {
  const gaps = await rememberedGaps(db, log, () => db.all(gapsOf(db, { log })));
  // Just before the first number after a gap is the state of the backup.
  return gaps.some(({ last, resumes }) => number > last && number < resumes);
}

/** The same for a version of the directory. */
export async function isDirectoryLost(db: Database, version: number): Promise<boolean> {
  return isLost(db, directoryLog, version);
}

/** The first number after the last restore of a backup; 0: there was none. */
export async function resumedAt(reader: Reader): Promise<number> {
  const gaps = await reader.all(gapsOf(reader, { log: directoryLog }));
  return Math.max(0, ...gaps.map(({ resumes }) => resumes));
}

/**
 * When a folder moves from one account to another, numbers lost in the first count as lost in the second, too, so that
 * the folder's tokens are judged as before. Some of the receiver's own numbers from before the backup then count as
 * lost as well: that costs one full read, and is never wrong.
 */
export async function inheritLost(writer: Writer, { fromId, toId }: { fromId: string; toId: string }): Promise<void> {
  await writer.run(
    sql`INSERT INTO lost_number (log, last, resumes)
      SELECT ${toId}, gap.last, gap.resumes FROM lost_number AS gap WHERE gap.log = ${fromId}
      ON CONFLICT (log, resumes) DO UPDATE SET
        last = CASE WHEN excluded.last < lost_number.last THEN excluded.last ELSE lost_number.last END`.compile(
      writer.build,
    ),
  );
}
