import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestWorld } from '../../../test/kit/testWorld.ts';
import { createAddressBook } from '../addressbook/createAddressBook.ts';
import { destroyAddressBook } from '../addressbook/destroyAddressBook.ts';
import { ensureAccount } from '../addressbook/ensureAccount.ts';
import type { Context } from '../context.ts';
import { createPerson } from '../principal/createPerson.ts';
import { maxDepth } from '../sharing/access.ts';
import { restoreTrashItem } from './restore.ts';

/** Folders one below the other; the first and the last. */
async function chain(context: Context, name: string, length: number): Promise<{ top: string; leaf: string }> {
  const { principalId } = context.actor;
  const top = await createAddressBook(context, principalId, { name });
  let leaf = top;
  for (let depth = 1; depth < length; depth++) {
    leaf = await createAddressBook(context, principalId, { name: `${name} ${depth}`, parentId: leaf });
  }
  return { top, leaf };
}

test('folders come back from the trash no deeper than folders can be made', async () => {
  await using world = await openTestWorld();
  const person = { name: 'Ada', email: 'ada@demo.example', password: 'password of Ada' };
  const { id } = await createPerson(world, { ...person, passwordCost: { memory: 8, passes: 1 } });
  const ada = world.as(id);
  await ensureAccount(ada);
  const { leaf } = await chain(ada, 'Presse', maxDepth / 2);
  const tooMany = await chain(ada, 'Radio', maxDepth / 2 + 1);
  const { top } = await chain(ada, 'Archives', maxDepth / 2);
  for (const bookId of [tooMany.top, top]) await destroyAddressBook(ada, bookId, { removeContents: true });
  await assert.rejects(restoreTrashItem(ada, tooMany.top, leaf), { kind: 'invalid' });
  assert.deepEqual(await restoreTrashItem(ada, top, leaf), { accountId: id, addressBookId: top });
});
