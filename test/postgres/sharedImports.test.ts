/** An import runs in one of several programs with one database, and people see and stop it at any. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create, folder, get, update, upload } from '../kit/calls.ts';
import { openNodes, until } from '../kit/nodes.ts';
import type { Person } from '../kit/person.ts';

const contacts = 30_000;

/** Asks for the import of many contacts, and waits until some are there. */
async function beginImport(ada: Person): Promise<{ readonly id: string; readonly bookId: string }> {
  const rows = Array.from({ length: contacts }, (_, index) => `Nom${index};x${index}@demo.example`);
  const blobId = await upload(ada, Buffer.from(`Nom;Courriel\n${rows.join('\n')}\n`), 'text/csv');
  const bookId = await folder(ada, 'Importés');
  const id = await create(ada, 'ContactImport', { addressBookId: bookId, blobId });
  await until(async () => (await made(ada, id)) > 0);
  return { id, bookId };
}

const stateOf = async (person: Person, id: string) => String((await get(person, 'ContactImport', id))!['state']);
const made = async (person: Person, id: string) => Number((await get(person, 'ContactImport', id))!['made']);

test('an import goes on when another program starts, is seen there, and is cancelled from there', async () => {
  await using nodes = await openNodes();
  const ada = await (await nodes.start()).enter(nodes.app.ada);
  const { id } = await beginImport(ada);
  const there = await (await nodes.start()).enter(nodes.app.ada);
  const seen = await made(there, id);
  assert.equal(await stateOf(there, id), 'running');
  await until(async () => (await made(there, id)) > seen);
  await update(there, 'ContactImport', id, { state: 'cancelled' });
  const last = await made(ada, id);
  assert.equal(await stateOf(ada, id), 'cancelled');
  assert.ok(last < contacts);
  // It is stopped indeed: it can be undone, and nothing comes any more.
  await update(there, 'ContactImport', id, { state: 'undoing' });
  await until(async () => (await stateOf(ada, id)) === 'undone');
  assert.deepEqual((await ada.call('ContactCard/query'))['ids'], []);
});

test('an import whose program was killed is interrupted by another, and is undone there', async () => {
  await using nodes = await openNodes();
  const first = await nodes.start();
  const { id } = await beginImport(await first.enter(nodes.app.ada));
  const ada = await (await nodes.start()).enter(nodes.app.ada);
  await first.kill();
  await until(async () => (await stateOf(ada, id)) === 'interrupted');
  assert.ok((await made(ada, id)) < contacts);
  await update(ada, 'ContactImport', id, { state: 'undoing' });
  await until(async () => (await stateOf(ada, id)) === 'undone');
  assert.deepEqual((await ada.call('ContactCard/query'))['ids'], []);
});
