import { sql } from 'kysely';
import type { Writer } from '../../db/database.ts';
import type { Context } from '../context.ts';

const name = 'directory version';

/** How often people and groups changed so far: the state of the directory, which keeps no log of its own. */
export async function directoryState(context: Context): Promise<string> {
  const { db } = context;
  const row = await db.first(db.build.selectFrom('setting').select('value').where('name', '=', name));
  return row?.value ?? '0';
}

/** Notes that a person or a group changed; part of every transaction that changes one. */
export async function directoryChanged(writer: Writer): Promise<void> {
  await writer.run(
    sql`INSERT INTO setting (name, value) VALUES (${name}, '1')
      ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(setting.value AS INTEGER) + 1 AS TEXT)`.compile(writer.build),
  );
}
