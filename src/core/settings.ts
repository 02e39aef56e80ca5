import { randomBytes } from 'node:crypto';
import type { Database, Reader, Writer } from '../db/database.ts';
import { deriveKey } from '../lib/seal.ts';
import { createVapidKey } from '../lib/webPush/vapid.ts';

/** What the database remembers about itself. */
export type SettingName =
  | 'linkKey'
  | 'vapidKey'
  | 'keyFingerprint'
  | 'setup'
  | `heartbeat ${string}`
  | 'settingDigests'
  | 'demonstration'
  | 'directory'
  | 'directoryBranches'
  | 'directoryCards';

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
  const kept = await readOrMake(db, 'linkKey', () => randomBytes(32).toString('base64url'));
  return Buffer.from(kept, 'base64url');
}

/** The key by which push services know this server, so that subscriptions outlive a restart (RFC 9749 §5). */
export function readVapidKey(db: Database): Promise<string> {
  return readOrMake(db, 'vapidKey', createVapidKey);
}

/**
 * Tells this program's key from others, and nothing of it. The first program on a database keeps its own here: those of all others
 * are the same.
 */
export function fingerprintOf(key: Uint8Array): string {
  return deriveKey(key, 'fingerprint').toString('base64url');
}

/** The fingerprint of the key that programs on this database have; this one, if it is the first. */
export function readKeyFingerprint(db: Database, key: Uint8Array): Promise<string> {
  return readOrMake(db, 'keyFingerprint', () => fingerprintOf(key));
}

async function readOrMake(db: Database, name: SettingName, make: () => string): Promise<string> {
  const known = await readSetting(db, name);
  if (known !== undefined) return known;
  const value = make();
  return db.transaction(async (tx) => {
    // Another program may have made one meanwhile.
    const made = await readSetting(tx, name);
    if (made === undefined) await writeSetting(tx, name, value);
    return made ?? value;
  });
}
