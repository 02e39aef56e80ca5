import { randomBytes } from 'node:crypto';
import type { Database, Reader, Writer } from '../db/database.ts';

/** What the database remembers about itself. */
export type SettingName = 'linkKey' | 'setup' | 'demonstration';

/** A remembered value. */
export async function readSetting(reader: Reader, name: SettingName): Promise<string | undefined> {
  const row = await reader.first(reader.build.selectFrom('setting').select('value').where('name', '=', name));
  return row?.value;
}

/** Remembers a value in the place of an earlier one. */
export async function writeSetting(writer: Writer, name: SettingName, value: string): Promise<void> {
  const insert = writer.build.insertInto('setting').values({ name, value });
  await writer.run(insert.onConflict((conflict) => conflict.column('name').doUpdateSet({ value })));
}

/** The key of the secrets in links: made once, kept with the data, so that links outlive a restart. */
export async function readLinkKey(db: Database): Promise<Uint8Array> {
  const known = await readSetting(db, 'linkKey');
  if (known !== undefined) return Buffer.from(known, 'base64url');
  const key = randomBytes(32);
  await db.transaction((tx) => writeSetting(tx, 'linkKey', key.toString('base64url')));
  return key;
}
