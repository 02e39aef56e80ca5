import assert from 'node:assert/strict';
import { test } from 'node:test';
import { syncDirectory } from '../../../src/core/directory/syncDirectory.ts';
import { createTestDirectory } from '../../kit/directory.ts';
import { basicHeader, createClient, postJson } from '../../kit/person.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

/** A program in front of a directory with Dora in it, whom nobody has seen here yet. */
async function open() {
  const directory = createTestDirectory();
  directory.put({
    externalId: 'dora',
    name: 'Dora Démo',
    email: 'dora@demo.example',
    aliases: ['d.demo@demo.example'],
    logins: ['dora'],
  });
  directory.setPassword('dora', 'secret of Dora');
  const app = await createTestApp({ directory });
  const basic = (login: string, password: string, path = '/jmap/session') =>
    fetch(app.url + path, { headers: { Authorization: basicHeader(login, password) } });
  return { app, directory, basic, sync: () => syncDirectory(app.world, directory), [Symbol.asyncDispose]: app.close };
}

function trySignIn(app: TestApp, email: string, password: string): Promise<Response> {
  return fetch(`${app.url}/site/sign-in`, postJson({ email, password }, { Origin: app.url }));
}

test('somebody of the directory comes in by login, address or alias, is one person, and has folders at once', async () => {
  await using scene = await open();
  const names = new Set<string>();
  for (const login of ['dora', 'DORA@demo.example', 'd.demo@demo.example']) {
    const response = await scene.basic(login, 'secret of Dora');
    assert.equal(response.status, 200, login);
    const { accounts } = (await response.json()) as { accounts: object };
    names.add(
      Object.keys(accounts)
        .filter((id) => id !== 'directory')
        .join(' '),
    );
  }
  assert.equal(names.size, 1);
  assert.equal((await trySignIn(scene.app, ' dora ', 'secret of Dora')).status, 204);
  const [id] = names;
  const dora = createClient(scene.app.url, { id: id!, name: '', email: 'dora', password: 'secret of Dora' });
  await dora.signIn();
  assert.equal((await dora.call('AddressBook/get'))['list']?.length, 2);
  assert.equal((await scene.basic('dora', 'secret of Dora', '/home/dora/Contacts.csv')).status, 200);
});

test('neither an empty password nor a wrong one comes in; guessing has to wait and stops asking the directory', async () => {
  await using scene = await open();
  assert.equal((await scene.basic('dora', '')).status, 401);
  assert.equal(scene.directory.asked.authenticate, 0, 'an empty password is never asked');
  const statuses: number[] = [];
  for (let guess = 0; guess < 9; guess += 1)
    statuses.push((await trySignIn(scene.app, 'dora', `guess ${guess}`)).status);
  assert.ok(statuses.includes(429), statuses.join(' '));
  assert.ok(scene.directory.asked.authenticate < 8);
});

test('people made here have their password here, and the directory is not asked for them', async () => {
  await using scene = await open();
  assert.equal((await scene.app.ada.basic('/jmap/session')).status, 200);
  assert.equal((await scene.basic(scene.app.ada.email, 'wrong')).status, 401);
  assert.equal(scene.directory.asked.authenticate, 0);
});

test('a right password is remembered for some minutes, so that a telephone does not ask each time', async () => {
  await using scene = await open();
  await Promise.all([1, 2, 3, 4].map(() => scene.basic('dora', 'secret of Dora')));
  assert.equal(scene.directory.asked.authenticate, 1);
  scene.app.clock.advance(301_000);
  assert.equal((await scene.basic('dora', 'secret of Dora')).status, 200);
  assert.equal(scene.directory.asked.authenticate, 2);
});

test('a directory that does not answer ends no session, asks no telephone for another password, and says so', async () => {
  await using scene = await open();
  const dora = await signedIn(scene.app, 'dora', 'secret of Dora');
  await scene.basic('dora', 'secret of Dora');
  scene.directory.isDown = true;
  await assert.rejects(scene.sync());
  assert.equal((await dora.get('/jmap/session')).status, 200, 'the session goes on');
  assert.equal((await scene.basic('dora', 'secret of Dora')).status, 200, 'it is remembered');
  for (const path of ['/jmap/session', '/dav/', '/home/dora/Contacts.csv']) {
    const response = await scene.basic('dora', 'another one', path);
    assert.equal(response.status, 503, path);
    assert.equal(response.headers.get('Retry-After'), '60', path);
    assert.equal(response.headers.get('WWW-Authenticate'), null);
  }
  const page = await trySignIn(scene.app, 'emil', 'anything');
  assert.equal(page.status, 503);
  assert.equal(((await page.json()) as { reason: string }).reason, 'directoryUnavailable');
  const answer = await dora.call('Suggestion/query', { text: 'ada' });
  assert.equal(answer['list']?.length, 1, 'the dialog offers who was known last');
  assert.ok(answer['directoryDownSince'], 'and says that the directory does not answer');
  scene.directory.isDown = false;
  await scene.sync();
  assert.equal((await dora.call('Suggestion/query', { text: 'ada' }))['directoryDownSince'], null);
  assert.equal((await scene.basic('dora', 'another one')).status, 401, 'nothing was counted or remembered meanwhile');
});

for (const [what, leave] of [
  ['locked', (directory) => void directory.put({ externalId: 'dora', isActive: false })],
  ['gone', (directory) => directory.remove('dora')],
] as readonly [string, (directory: ReturnType<typeof createTestDirectory>) => void][]) {
  test(`somebody who is ${what} in the directory is kept out on every way, and comes back as themselves`, async () => {
    await using scene = await open();
    const dora = await signedIn(scene.app, 'dora', 'secret of Dora');
    const entry = scene.directory.get('dora')!;
    const stream = await dora.get('/jmap/eventsource?types=*&closeafter=no&ping=0');
    assert.equal(stream.status, 200);
    leave(scene.directory);
    await scene.sync();
    assert.equal((await dora.get('/jmap/session')).status, 401);
    assert.equal((await scene.basic('dora', 'secret of Dora')).status, 401, 'what was remembered is forgotten');
    assert.equal((await dora.signIn()).status, 401);
    await stream.text();
    const { list } = (await scene.app.ada.call('Suggestion/query', { text: 'dora' })) as unknown as { list: unknown[] };
    assert.deepEqual(list, []);
    scene.directory.put({ ...entry, isActive: true });
    scene.directory.setPassword('dora', 'secret of Dora');
    scene.app.clock.advance(61_000);
    assert.equal((await dora.signIn()).status, 204);
    assert.equal((await dora.get('/jmap/session')).status, 200);
    assert.equal((await signedIn(scene.app, 'dora', 'secret of Dora')).id, dora.id);
  });
}

async function signedIn(app: TestApp, login: string, password: string): Promise<Person> {
  const response = await fetch(`${app.url}/jmap/session`, { headers: { Authorization: basicHeader(login, password) } });
  const { primaryAccounts } = (await response.json()) as { primaryAccounts: Record<string, string> };
  const id = primaryAccounts['urn:ietf:params:jmap:contacts']!;
  const person = createClient(app.url, { id, name: '', email: login, password });
  await person.signIn();
  return person;
}
