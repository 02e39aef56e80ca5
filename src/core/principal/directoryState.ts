import { sql } from 'kysely';
import type { Reader, Writer } from '../../db/database.ts';
import type { Context } from '../context.ts';

const directory = 'directory version';
const membership = 'membership version';

/** How often people and groups changed so far. */
export async function directoryVersion(context: Context): Promise<number> {
  const { db } = context;
  const row = await db.first(db.build.selectFrom('setting').select('value').where('name', '=', directory));
  return Number(row?.value ?? 0);
}

/** Moves whenever a group may count other people than before. */
export async function membershipState(reader: Reader): Promise<string> {
  const versions = reader.build.selectFrom('setting').select('value').where('name', 'in', [directory, membership]);
  return (await reader.all(versions.orderBy('name'))).map((row) => row.value).join('-');
}

/** Notes that a person or a group changed; part of every transaction that changes one, behind what it changes. */
export async function directoryChanged(writer: Writer, principalId: string): Promise<void> {
  const version = await count(writer, directory);
  await writer.run(
    sql`INSERT INTO principal_change (principal_id, changed_in, shown_since, is_shown)
      SELECT id, ${version}, ${version}, is_active * is_listed FROM principal WHERE id = ${principalId}
      ON CONFLICT (principal_id) DO UPDATE SET changed_in = excluded.changed_in, is_shown = excluded.is_shown,
        shown_since = CASE WHEN principal_change.is_shown = 1 THEN principal_change.shown_since ELSE excluded.shown_since END`.compile(
      writer.build,
    ),
  );
}

/** Notes that somebody came into a group or left it; part of every transaction in which that happens. */
export async function membershipChanged(writer: Writer): Promise<void> {
  await count(writer, membership);
}

async function count(writer: Writer, name: string): Promise<number> {
  const row = await writer.first(
    sql<{ value: string }>`INSERT INTO setting (name, value) VALUES (${name}, '1')
      ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(setting.value AS INTEGER) + 1 AS TEXT)
      RETURNING value`.compile(writer.build),
  );
  return Number(row!.value);
}
