import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cardCommands } from './commands/cardCommands.ts';
import type { Commands } from './commands/command.ts';
import { directoryCommands } from './commands/directoryCommands.ts';
import { importCommands } from './commands/importCommands.ts';
import { groupCommands } from './commands/groupCommands.ts';
import { mailCommands } from './commands/mailCommands.ts';
import { guestCommands } from './commands/guestCommands.ts';
import { userCommands } from './commands/userCommands.ts';
import { settingsCommands } from './commands/checkDirectory.ts';
import { ConfigError, readConfig } from './config.ts';
import { createChanges } from './core/change/hub.ts';
import type { World } from './core/context.ts';
import { openSqlite } from './db/sqlite.ts';
import { AppError } from './errors.ts';

// As the server does: what is written here is for this user alone.
process.umask(0o077);

const commands: Commands = {
  ...userCommands,
  ...guestCommands,
  ...groupCommands,
  ...directoryCommands,
  ...mailCommands,
  ...cardCommands,
  ...importCommands,
};

try {
  console.log(await perform(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof AppError) && !(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function perform(words: readonly string[]): Promise<string> {
  const isMeant = (candidate: string) => `${words.join(' ')} `.startsWith(`${candidate} `);
  const ofSettings = Object.keys(settingsCommands).find(isMeant);
  if (ofSettings !== undefined) return settingsCommands[ofSettings]!.run(words.slice(ofSettings.split(' ').length));
  const name = Object.keys(commands).find(isMeant);
  if (name === undefined) return help();
  const config = readConfig(process.env);
  const file = join(config.data, 'coterie.db');
  if (!existsSync(file))
    throw new AppError('notFound', `There is no Coterie in ${config.data}: start it once, or set COTERIE_DATA.`);
  const db = await openSqlite(file);
  try {
    const world: World = {
      db,
      now: () => new Date(),
      hub: createChanges((error) => console.error(error)),
      settings: {
        publicUrl: config.url ?? '',
        trashDays: config.trashDays,
        historyDays: config.historyDays,
        linkKey: new Uint8Array(),
        maxCardSize: config.maxCardSize,
        maxCardsPerAccount: config.maxCardsPerAccount,
        organisation: config.organisation,
        mailEnabled: false,
        mailFrom: '',
      },
    };
    return await commands[name]!.run(world, words.slice(name.split(' ').length));
  } finally {
    await db.close();
  }
}

function help(): string {
  const lines = Object.entries({ ...commands, ...settingsCommands }).map(
    ([name, { usage, does }]) => `  ${`${name} ${usage}`.padEnd(38)} ${does}`,
  );
  return [
    'npm run coterie -- COMMAND, with the same COTERIE_DATA as the server (which may be running):',
    ...lines,
  ].join('\n');
}
