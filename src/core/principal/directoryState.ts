import { sql } from 'kysely';
import type { Reader, Writer } from '../../db/database.ts';
import type { Context } from '../context.ts';

const directory = 'directory version';
const membership = 'membership version';

/** How often people and groups changed so far: the state of the directory, which keeps no log of its own. */
export async function directoryState(context: Context): Promise<string> {
  const { db } = context;
  const row = await db.first(db.build.selectFrom('setting').select('value').where('name', '=', directory));
  return row?.value ?? '0';
}

/** Moves whenever a group may count other people than before. */
export async function membershipState(reader: Reader): Promise<string> {
  const versions = reader.build.selectFrom('setting').select('value').where('name', 'in', [directory, membership]);
  return (await reader.all(versions.orderBy('name'))).map((row) => row.value).join('-');
}

/** Notes that a person or a group changed; part of every transaction that changes one. */
export function directoryChanged(writer: Writer): Promise<void> {
  return count(writer, directory);
}

/** Notes that somebody came into a group or left it; part of every transaction in which that happens. */
export function membershipChanged(writer: Writer): Promise<void> {
  return count(writer, membership);
}

async function count(writer: Writer, name: string): Promise<void> {
  await writer.run(
    sql`INSERT INTO setting (name, value) VALUES (${name}, '1')
      ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(setting.value AS INTEGER) + 1 AS TEXT)`.compile(writer.build),
  );
}
