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
  | 'directoryCards'
  | 'lineTexts';

/** A remembered value. */
export async function readSetting(reader: Reader, name: SettingName): Promise<string | undefined> {
  const row = await reader.first(reader.build.selectFrom('setting').select('value').where('name', '=', name));
  return row?.value;
}

/** Stores a value in place of an earlier one. */
export async function writeSetting(writer: Writer, name: SettingName, value: string): Promise<void> {
  const insert = writer.build.insertInto('setting').values({ name, value });
  await writer.run(insert.onConflict((conflict) => conflict.column('name').doUpdateSet({ value })));
}

/** The key for secrets in links: created once and stored with the data, so that links survive a restart. */
export async function readLinkKey(db: Database): Promise<Uint8Array> {
  const kept = await readOrMake(db, 'linkKey', () => randomBytes(32).toString('base64url'));
  return Buffer.from(kept, 'base64url');
}

/** The key by which push services recognise this server, so that subscriptions survive a restart (RFC 9749 §5). */
export function readVapidKey(db: Database): Promise<string> {
  return readOrMake(db, 'vapidKey', createVapidKey);
}

/**
 * Distinguishes this node's key from others without revealing it. The first node on a database stores its fingerprint
 * there; all others must have the same key.
 */
export function fingerprintOf(key: Uint8Array): string {
  return deriveKey(key, 'fingerprint').toString('base64url');
}

/** The fingerprint of the key that the nodes on this database share; this node's own, if it is the first. */
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
