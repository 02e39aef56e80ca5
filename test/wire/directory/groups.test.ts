import assert from 'node:assert/strict';
import { test } from 'node:test';
import { syncDirectory } from '../../../src/core/directory/syncDirectory.ts';
import { answer, card, create, folder, get, refusal } from '../../kit/calls.ts';
import { createTestDirectory } from '../../kit/directory.ts';
import { basicHeader, createClient } from '../../kit/person.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

/** Dora, in « Stagiaires », which is in « Accueil », with whom Ada shares « Presse ». */
async function open() {
  const directory = createTestDirectory();
  for (const id of ['dora', 'emil']) directory.put({ externalId: id, name: `${id} Démo` });
  directory.put({ externalId: 'group1', name: 'Accueil', members: ['cn=group2,dc=demo'] });
  directory.put({ externalId: 'group2', name: 'Stagiaires', members: ['cn=dora,dc=demo'] });
  const app = await createTestApp({ directory, second: 20 });
  await syncDirectory(app.world, directory);
  const ids = new Map<string, string>();
  for (const row of await app.world.db.all(app.world.db.build.selectFrom('principal').select(['id', 'external_id'])))
    if (row.external_id !== null) ids.set(row.external_id, row.id);
  const client = (id: string) =>
    createClient(app.url, { id: ids.get(id)!, name: id, email: id, password: `password of ${id}` });
  const [dora, emil] = [client('dora'), client('emil')];
  await dora.signIn();
  await emil.signIn();
  const bookId = await folder(app.ada, 'Presse');
  await card(app.ada, bookId, 'Jean Dupont');
  await create(app.ada, 'Share', { addressBookId: bookId, principalId: ids.get('group1')!, role: 'viewer' });
  const reads = async (person: Person) => {
    const answered = await person.call('AddressBook/get', { accountId: app.ada.id, ids: [bookId] });
    return answered['list']?.length === 1;
  };
  const sync = () => syncDirectory(app.world, directory);
  return { app, directory, dora, emil, ids, bookId, reads, sync, [Symbol.asyncDispose]: app.close };
}

/** Reads an event stream until something comes that is told of the account. */
async function nextChange(stream: Response, accountId: string): Promise<void> {
  let heard = '';
  for await (const part of stream.body!.pipeThrough(new TextDecoderStream())) {
    heard += part;
    if (heard.includes(accountId)) return;
  }
  throw new Error(`The stream ended: ${heard}`);
}

test('who leaves a group inside a group has nothing any more, in an open window, in the API and as a file; who joins has it', async () => {
  await using scene = await open();
  const { directory, dora, emil, app, bookId } = scene;
  await answer(dora, bookId, 'accepted');
  assert.equal(await scene.reads(dora), true);
  assert.equal(await scene.reads(emil), false);
  const path = `/home/${app.ada.email}/Presse.csv`;
  const basic = (person: Person) =>
    fetch(app.url + path, { headers: { Authorization: basicHeader(person.email, person.password) } });
  assert.equal((await basic(dora)).status, 200);
  const streams = await Promise.all(
    [dora, emil].map((person) => person.get('/jmap/eventsource?types=*&closeafter=no&ping=0')),
  );
  directory.put({ externalId: 'group2', members: ['cn=emil,dc=demo'] });
  const told = Promise.all([nextChange(streams[0]!, dora.id), nextChange(streams[1]!, emil.id)]);
  await scene.sync();
  await told;
  assert.equal(await scene.reads(dora), false);
  assert.equal((await basic(dora)).status, 404);
  assert.equal(await scene.reads(emil), true);
  assert.equal((await basic(emil)).status, 200);
});

test('a group in use is looked up also when the directory does not say that it changed; one that is gone gives nothing', async () => {
  await using scene = await open();
  const { directory, dora } = scene;
  assert.equal(await scene.reads(dora), true);
  directory.remove('group2');
  await scene.sync();
  assert.equal(await scene.reads(dora), false);
});

test('the groups in use are asked for in one question, however many there are', async () => {
  await using scene = await open();
  const { directory, app } = scene;
  for (let i = 3; i < 43; i += 1) directory.put({ externalId: `group${i}`, members: [] });
  const members = directory.entries().map((entry) => entry.references[0]!);
  directory.put({ externalId: 'group1', members });
  await scene.sync();
  directory.asked.lookUp = 0;
  directory.asked.lookedUp = 0;
  await scene.sync();
  assert.deepEqual([directory.asked.lookUp, directory.asked.lookedUp], [1, 44]);
  assert.equal(app.faults.length, 0);
});

test('completion tells two of one name apart, says how large a group is, and hides who is not listed', async () => {
  await using scene = await open();
  const { directory, app, ids } = scene;
  directory.put({
    externalId: 'm1',
    name: 'Marie Démo',
    details: { department: 'Chimie', organization: 'Université' },
  });
  directory.put({ externalId: 'm2', name: 'Marie Démo', details: { department: 'Histoire' } });
  directory.put({ externalId: 'm3', name: 'Marie Démo', isListed: false, details: { department: 'Secret' } });
  await scene.sync();
  const suggest = async (text: string) =>
    (await app.ada.call('Suggestion/query', { text }))['list'] as unknown as Record<string, unknown>[];
  assert.deepEqual(
    (await suggest('marie')).map(({ email, department, memberCount }) => [email, department, memberCount]),
    [
      ['m1@demo.example', 'Chimie', null],
      ['m2@demo.example', 'Histoire', null],
    ],
  );
  assert.deepEqual(
    (await suggest('accueil')).map(({ memberCount, email, principalId }) => [memberCount, email, principalId]),
    [[1, null, ids.get('group1')]],
  );
  const [hidden] = await suggest('M3@demo.example');
  assert.deepEqual([hidden?.['name'], hidden?.['department']], ['M3@demo.example', null]);
  const id = String(hidden?.['principalId']);
  assert.deepEqual((await app.ada.call('Principal/get', { ids: [id] }))['notFound'], [id]);
  assert.deepEqual((await app.ada.call('Principal/query', { filter: { text: 'm3@demo.example' } }))['ids'], []);
  assert.equal((await app.ada.call('Principal/get', { ids: [ids.get('dora')!] }))['list']?.length, 1);
  const bookId = await folder(app.ada, 'Autres');
  const shareId = await create(app.ada, 'Share', { addressBookId: bookId, email: 'm3@demo.example', role: 'viewer' });
  assert.equal((await get(app.ada, 'Share', shareId))?.['principalId'], id);
  assert.equal((await app.ada.call('Principal/get', { ids: [id] }))['list']?.length, 1, 'now they have met');
  assert.deepEqual((await app.ben.call('Principal/get', { ids: [id] }))['notFound'], [id]);
  directory.put({ externalId: 'm3', isActive: false });
  await scene.sync();
  const gone = { addressBookId: scene.bookId, email: 'm3@demo.example', role: 'viewer' };
  assert.equal((await refusal(app.ada, 'Share/set', { create: { new: gone } }))['type'], 'unknownPrincipal');
});

test('a slow directory makes nobody wait but those who sign in', async () => {
  await using scene = await open();
  const { promise, resolve: answerNow } = Promise.withResolvers<void>();
  scene.directory.gate = promise;
  scene.directory.put({ externalId: 'late', name: 'Late Démo' });
  const reading = scene.sync();
  // Others are answered while it says nothing.
  assert.equal(await scene.reads(scene.dora), true);
  await scene.app.ada.call('Suggestion/query', { text: 'dora' });
  answerNow();
  await reading;
  assert.equal((await scene.app.ada.call('Suggestion/query', { text: 'late' }))['list']?.length, 1);
});
