import { sql } from 'kysely';
import type { Reader, Writer } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import type { Context } from '../context.ts';

const directory = 'directory version';
const membership = 'membership version';

/** How often people and groups have changed so far. */
export async function directoryVersion(context: Context): Promise<number> {
  const { db } = context;
  const row = await db.first(db.build.selectFrom('setting').select('value').where('name', '=', directory));
  return Number(row?.value ?? 0);
}

/** Changes whenever the number of people in a group may have changed. */
export async function membershipState(reader: Reader): Promise<string> {
  const versions = reader.build.selectFrom('setting').select('value').where('name', 'in', [directory, membership]);
  return (await reader.all(versions.orderBy('name'))).map((row) => row.value).join('-');
}

const noteChange = statement((build, { version, id }: { version: number; id: string }) =>
  sql`INSERT INTO principal_change (principal_id, changed_in, shown_since, is_shown)
    SELECT id, ${version}, ${version}, is_active * is_listed FROM principal WHERE id = ${id}
    ON CONFLICT (principal_id) DO UPDATE SET changed_in = excluded.changed_in, is_shown = excluded.is_shown,
      shown_since = CASE WHEN principal_change.is_shown = 1 THEN principal_change.shown_since ELSE excluded.shown_since END`.compile(
    build,
  ),
);

/** Records that a person or a group changed; called in every transaction that changes one, after the change. */
export async function directoryChanged(writer: Writer, principalId: string): Promise<void> {
  await writer.run(noteChange(writer, { version: await count(writer, directory), id: principalId }));
}

/** Records that somebody joined or left a group; called in every transaction in which that happens. */
export async function membershipChanged(writer: Writer): Promise<void> {
  await count(writer, membership);
}

const countOn = statement((build, value: { name: string }) =>
  sql<{ value: string }>`INSERT INTO setting (name, value) VALUES (${value.name}, '1')
    ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(setting.value AS INTEGER) + 1 AS TEXT)
    RETURNING value`.compile(build),
);

async function count(writer: Writer, name: string): Promise<number> {
  return Number((await writer.first(countOn(writer, { name })))!.value);
}
