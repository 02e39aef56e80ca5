import { ConfigError, readConfig, readKey } from '../config.ts';
import { fingerprintOf, writeSetting } from '../core/settings.ts';
import { openDatabase } from '../db/openDatabase.ts';
import type { SettingsCommand } from './checkDirectory.ts';

/** Commands about the key that is not in the database. */
export const keyCommands: Readonly<Record<string, SettingsCommand>> = {
  'key accept': {
    usage: '',
    does: 'makes the key of this node the key of all nodes, when the previous one is lost',
    run: accept,
  },
};

async function accept(): Promise<string> {
  const config = readConfig(process.env);
  const { databaseUrl: url } = config;
  if (url === null) throw new ConfigError('The data is in a file: its key is the one beside it.');
  const key = readKey(config);
  const db = await openDatabase({ url, file: '' });
  try {
    await db.transaction((tx) => writeSetting(tx, 'keyFingerprint', fingerprintOf(key)));
  } finally {
    await db.close();
  }
  return [
    'Nodes start with this key from now on: copy it to all of them.',
    'App passwords and the passwords of mailboxes that were kept under the other are of no use any more.',
  ].join('\n');
}
