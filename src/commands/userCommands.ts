import { setPassword } from '../core/auth/setPassword.ts';
import type { World } from '../core/context.ts';
import { giveFolders } from '../core/handover/giveFolders.ts';
import { createPerson } from '../core/principal/createPerson.ts';
import { principalNameKey } from '../core/principal/nameKey.ts';
import { setPersonActive } from '../core/principal/setPersonActive.ts';
import { AppError } from '../errors.ts';
import { needed, newPassword, principalNamed, table } from './command.ts';
import type { Commands } from './command.ts';

/** People. */
export const userCommands: Commands = {
  'user add': {
    usage: 'EMAIL NAME…',
    does: 'creates a person and prints a first password',
    async run(world, [email, ...name]) {
      const password = newPassword();
      await createPerson(world, { email: needed(email), name: needed(name.join(' ')), password });
      return `${email} may sign in with the password ${password}`;
    },
  },
  'user list': {
    usage: '[WORD]',
    does: 'lists people: address, name, source, whether locked out',
    run: (world, words) => listPeople(world, words.join(' ')),
  },
  'user password': {
    usage: 'EMAIL',
    does: 'gives a person a new password; their sessions end',
    async run(world, [email]) {
      const password = newPassword();
      await setPassword(world, (await principalNamed(world, email)).id, password);
      return `${email} may sign in with the password ${password}`;
    },
  },
  'user disable': {
    usage: 'EMAIL',
    does: 'locks a person out at once; their folders stay',
    async run(world, [email]) {
      await setPersonActive(world, (await principalNamed(world, email)).id, false);
      return `${email} is locked out.`;
    },
  },
  'user enable': {
    usage: 'EMAIL',
    does: 'lets a person in again',
    async run(world, [email]) {
      await setPersonActive(world, (await principalNamed(world, email)).id, true);
      return `${email} may sign in again.`;
    },
  },
  'user give-folders': {
    usage: 'FROM TO [FOLDER…]',
    does: 'gives folders (all, or the top-level folders named) to another person',
    run: (world, [from, to, ...folders]) => give(world, needed(from), needed(to), folders),
  },
};

async function listPeople({ db }: World, word: string): Promise<string> {
  const people = await db.all(
    db.build
      .selectFrom('principal')
      .selectAll()
      .where('kind', '=', 'individual')
      .where('is_guest', '=', 0)
      .$if(word !== '', (rows) =>
        rows.where('name_key', 'like', `%${principalNameKey(word).replaceAll(/[%_]/gu, '')}%`),
      )
      .orderBy('name_key')
      .orderBy('id'),
  );
  const rows = people.map((row) => [
    row.email ?? row.id,
    row.name,
    row.source === 'local' ? '' : 'directory',
    row.is_administrator === 1 ? 'administrator' : '',
    row.is_active === 1 ? '' : 'locked out',
  ]);
  return rows.length === 0 ? 'Nobody.' : table(rows);
}

async function give(world: World, from: string, to: string, names: readonly string[]): Promise<string> {
  const [giver, receiver] = [await principalNamed(world, from), await principalNamed(world, to)];
  const { db } = world;
  const books = await db.all(
    db.build
      .selectFrom('address_book')
      .select(['id', 'name'])
      .where('account_id', '=', giver.id)
      .where('parent_id', 'is', null)
      .where('trash_id', 'is', null),
  );
  const bookIds = names.map((name) => {
    const book = books.find((each) => each.name === name || each.id === name);
    if (!book) throw new AppError('notFound', `${giver.name} has no folder « ${name} » on the top level.`);
    return book.id;
  });
  const given = await giveFolders(world, {
    fromId: giver.id,
    toId: receiver.id,
    ...(names.length === 0 ? {} : { bookIds }),
  });
  const what = given.folders.map((name) => `« ${name} »`).join(', ');
  return `${receiver.name} has ${what} now, with ${given.cards} cards and ${given.shares} shares.`;
}
