import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { auditCommands } from './commands/auditCommands.ts';
import { cardCommands } from './commands/cardCommands.ts';
import type { Commands } from './commands/command.ts';
import { directoryCommands } from './commands/directoryCommands.ts';
import { importCommands } from './commands/importCommands.ts';
import { groupCommands } from './commands/groupCommands.ts';
import { mailCommands } from './commands/mailCommands.ts';
import { guestCommands } from './commands/guestCommands.ts';
import { userCommands } from './commands/userCommands.ts';
import { zimbraCommands } from './commands/zimbraCommands.ts';
import { settingsCommands } from './commands/checkDirectory.ts';
import { backupCommands } from './commands/backupCommands.ts';
import { databaseCommands } from './commands/databaseCommands.ts';
import { cannotOpen, placeOf } from './commands/places.ts';
import { keyCommands } from './commands/keyCommands.ts';
import { ConfigError, readConfig, readKey } from './config.ts';
import { limitsIn } from './settings/limitSettings.ts';
import { createChanges } from './core/change/hub.ts';
import type { Cause, World } from './core/context.ts';
import { openDatabase } from './db/openDatabase.ts';
import { AppError } from './errors.ts';
import { deriveKey } from './lib/seal.ts';

// As the server does: what is written here is for this user alone.
process.umask(0o077);

const commands: Commands<string | AsyncIterable<string>> = {
  ...userCommands,
  ...guestCommands,
  ...groupCommands,
  ...directoryCommands,
  ...mailCommands,
  ...cardCommands,
  ...auditCommands,
  // Before « import », with which it begins.
  ...zimbraCommands,
  ...importCommands,
};

/** They need no world. */
const withoutWorld = { ...settingsCommands, ...databaseCommands, ...backupCommands, ...keyCommands };

try {
  await perform(process.argv.slice(2), print);
} catch (error) {
  if (!(error instanceof AppError) && !(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

type Print = (said: string | AsyncIterable<string>) => Promise<void>;

async function perform(words: readonly string[], tell: Print): Promise<void> {
  const isMeant = (candidate: string) => `${words.join(' ')} `.startsWith(`${candidate} `);
  const alone = Object.keys(withoutWorld).find(isMeant);
  if (alone !== undefined) return tell(await withoutWorld[alone]!.run(words.slice(alone.split(' ').length)));
  const name = Object.keys(commands).find(isMeant);
  if (name === undefined) return tell(help());
  const config = readConfig(process.env);
  if (config.databaseUrl === null && !existsSync(join(config.data, 'coterie.db')))
    throw new AppError('notFound', `There is no Coterie in ${config.data}: start it once, or set COTERIE_DATA.`);
  const place = placeOf(config.databaseUrl ?? config.data);
  const db = await openDatabase(place).catch((error: Error) => cannotOpen(place, error));
  try {
    const world: World & Cause = {
      way: 'cli',
      db,
      now: () => new Date(),
      hub: createChanges((error) => console.error(error)),
      settings: {
        publicUrl: config.url ?? '',
        trashDays: config.trashDays,
        historyDays: config.historyDays,
        linkKey: new Uint8Array(),
        auditKey: deriveKey(readKey(config), 'audit log'),
        ...limitsIn(config),
        organisation: config.organisation,
        mailEnabled: false,
        mailFrom: '',
      },
    };
    await tell(await commands[name]!.run(world, words.slice(name.split(' ').length)));
  } finally {
    await db.close();
  }
}

/** Parts are written as they come, as fast as they are read. */
async function print(said: string | AsyncIterable<string>): Promise<void> {
  // A command that writes to the standard output itself says nothing more there.
  if (said === '') return;
  if (typeof said === 'string') return console.log(said);
  for await (const part of said) if (!process.stdout.write(part)) await once(process.stdout, 'drain');
}

function help(): string {
  const lines = Object.entries({ ...commands, ...withoutWorld }).map(
    ([name, { usage, does }]) => `  ${`${name} ${usage}`.padEnd(38)} ${does}`,
  );
  return [
    'npm run coterie -- COMMAND, with the same COTERIE_DATA as the server (which may be running):',
    ...lines,
  ].join('\n');
}
