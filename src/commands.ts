import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from './config.ts';
import { setPassword } from './core/auth/setPassword.ts';
import { checkCards } from './core/card/checkCards.ts';
import { createChanges } from './core/change/hub.ts';
import type { World } from './core/context.ts';
import { createGroup } from './core/principal/createGroup.ts';
import { createPerson } from './core/principal/createPerson.ts';
import { emailKey } from './core/principal/emailKey.ts';
import { setGroupMembers } from './core/principal/setGroupMembers.ts';
import { setPersonActive } from './core/principal/setPersonActive.ts';
import { openSqlite } from './db/sqlite.ts';
import { AppError } from './errors.ts';
import { newSecret } from './lib/ids.ts';

// As the server does: what is written here is for this user alone.
process.umask(0o077);

/** A thing that an administrator does from the terminal; it answers what is printed. */
type Command = {
  readonly usage: string;
  readonly does: string;
  run(world: World, words: readonly string[]): Promise<string>;
};

const commands: Readonly<Record<string, Command>> = {
  'person add': {
    usage: 'EMAIL NAME…',
    does: 'makes a person and prints a first password',
    async run(world, [email, ...name]) {
      const password = newPassword();
      await createPerson(world, { email: needed(email), name: name.join(' '), password });
      return `${email} may sign in with the password ${password}`;
    },
  },
  'person password': {
    usage: 'EMAIL',
    does: 'gives a person a new password; their sessions end',
    async run(world, [email]) {
      const password = newPassword();
      await setPassword(world, await idOf(world, email), password);
      return `${email} may sign in with the password ${password}`;
    },
  },
  'person close': {
    usage: 'EMAIL',
    does: 'keeps a person out from now on; their folders stay',
    async run(world, [email]) {
      await setPersonActive(world, await idOf(world, email), false);
      return `${email} is kept out.`;
    },
  },
  'person open': {
    usage: 'EMAIL',
    does: 'lets a person in again',
    async run(world, [email]) {
      await setPersonActive(world, await idOf(world, email), true);
      return `${email} may sign in again.`;
    },
  },
  'group add': {
    usage: 'EMAIL NAME…',
    does: 'makes a group',
    async run(world, [email, ...name]) {
      await createGroup(world, { email: needed(email), name: name.join(' ') });
      return `${email} is a group.`;
    },
  },
  'group members': {
    usage: 'GROUP-EMAIL EMAIL…',
    does: 'says who is in a group: people and groups, nobody else',
    async run(world, [group, ...members]) {
      const ids = await Promise.all(members.map((member) => idOf(world, member)));
      await setGroupMembers(world, await idOf(world, group), ids);
      return `Members of ${group}: ${ids.length}.`;
    },
  },
  check: {
    usage: '',
    does: 'proves for every card that what is shown equals its record',
    async run(world) {
      let total = 0;
      const faults = await checkCards(world, (checked) => (total = checked));
      for (const { id, problem } of faults) console.error(`${id}: ${problem}`);
      if (faults.length > 0) process.exitCode = 1;
      return `${total} cards checked, ${faults.length} faults.`;
    },
  },
};

try {
  console.log(await perform(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function perform(words: readonly string[]): Promise<string> {
  const name = Object.keys(commands).find((candidate) => `${words.join(' ')} `.startsWith(`${candidate} `));
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
  const lines = Object.entries(commands).map(([name, { usage, does }]) => `  ${`${name} ${usage}`.padEnd(36)} ${does}`);
  return [
    'npm run coterie -- COMMAND, with the same COTERIE_DATA as the server (which may be running):',
    ...lines,
  ].join('\n');
}

async function idOf(world: World, email: string | undefined): Promise<string> {
  const wanted = needed(email);
  const row = await world.db.first(
    world.db.build.selectFrom('principal').select('id').where('email_key', '=', emailKey(wanted)),
  );
  if (!row) throw new AppError('notFound', `Nobody has the address ${wanted}.`);
  return row.id;
}

function needed(word: string | undefined): string {
  if (word === undefined || word === '') throw new AppError('invalid', `A word is missing.\n${help()}`);
  return word;
}

function newPassword(): string {
  return newSecret().slice(0, 16);
}
