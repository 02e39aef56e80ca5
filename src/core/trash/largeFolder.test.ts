import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestWorld } from '../../../test/kit/testWorld.ts';
import type { TestWorld } from '../../../test/kit/testWorld.ts';
import { createAddressBook } from '../addressbook/createAddressBook.ts';
import { destroyAddressBook } from '../addressbook/destroyAddressBook.ts';
import { ensureAccount } from '../addressbook/ensureAccount.ts';
import { createCardFromVCard } from '../card/createCard.ts';
import { transact, within } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { exportFolder } from '../export/exportFolder.ts';
import { createPerson } from '../principal/createPerson.ts';
import { destroyTrashItem } from './destroyTrash.ts';
import { restoreTrashItem } from './restore.ts';

const cards = 3000;
/** What others may have to wait for: the work of so many cards. */
const patience = 600;

async function largeFolder(world: TestWorld): Promise<{ ada: Context; bookId: string }> {
  const password = 'password of Ada';
  const passwordCost = { memory: 8, passes: 1 };
  const { id } = await createPerson(world, { name: 'Ada', email: 'ada@demo.example', password, passwordCost });
  const ada = world.as(id);
  await ensureAccount(ada);
  const bookId = await createAddressBook(ada, id, { name: 'Presse' });
  await transact(ada, async (tx) => {
    for (let number = 0; number < cards; number++) {
      const lines = ['BEGIN:VCARD', 'VERSION:4.0', `UID:card-${number}`, `FN:Person ${number}`, 'END:VCARD', ''];
      await createCardFromVCard(within(ada, tx), bookId, lines.join('\r\n'));
    }
  });
  return { ada, bookId };
}

/** How often others get their turn while the task runs. */
async function turnsDuring(task: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isRunning = true;
  const count = () => {
    turns += 1;
    if (isRunning) setImmediate(count);
  };
  setImmediate(count);
  await task();
  isRunning = false;
  return turns;
}

async function cardCount({ db }: Context, bookId: string): Promise<number | undefined> {
  return (await db.first(db.build.selectFrom('address_book').select('card_count').where('id', '=', bookId)))
    ?.card_count;
}

test('others get their turn while a large folder is exported, deleted, brought back and deleted for ever', async () => {
  await using world = await openTestWorld();
  const { ada, bookId } = await largeFolder(world);
  const tasks: Record<string, () => Promise<unknown>> = {
    exported: () => exportFolder(ada, bookId, { format: 'csv', separator: ',' }).next(),
    deleted: () => destroyAddressBook(ada, bookId, { removeContents: true }),
    'brought back': () => restoreTrashItem(ada, bookId, null),
    'deleted again': () => destroyAddressBook(ada, bookId, { removeContents: true }),
    'deleted for ever': () => destroyTrashItem(ada, bookId),
  };
  for (const [name, task] of Object.entries(tasks)) {
    const turns = await turnsDuring(task);
    assert.ok(turns >= cards / patience, `${name}: ${turns} turns`);
    if (name === 'brought back') assert.equal(await cardCount(ada, bookId), cards);
  }
  const left = await world.db.all(world.db.build.selectFrom('card').select('id'));
  assert.equal(left.length, 0);
});
