import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGroup } from '../../src/core/principal/createGroup.ts';
import { syncDirectory } from '../../src/core/directory/syncDirectory.ts';
import { readMirrorState } from '../../src/core/directory/mirrorState.ts';
import { createTestDirectory } from '../kit/directory.ts';
import { postJson } from '../kit/person.ts';
import type { Person, Result } from '../kit/person.ts';
import { createTestApp } from '../kit/world.ts';
import type { TestApp, TestOptions } from '../kit/world.ts';

/** A world in which Ada is administrator. */
async function administered(options: TestOptions = {}): Promise<TestApp> {
  const app = await createTestApp(options);
  await setAdministrator(app, app.ada);
  return app;
}

function setAdministrator({ world }: TestApp, person: Person): Promise<unknown> {
  const { db } = world;
  return db.transaction((tx) =>
    tx.run(tx.build.updateTable('principal').set({ is_administrator: 1 }).where('id', '=', person.id)),
  );
}

async function find(person: Person, text: string): Promise<Result> {
  const { ids } = (await person.call('ManagedPrincipal/query', { filter: { text } })) as unknown as { ids: string[] };
  return (await person.call('ManagedPrincipal/get', { ids }))['list']![0]!;
}

async function update(person: Person, id: string, patch: object): Promise<Result> {
  const reply = await person.call('ManagedPrincipal/set', { update: { [id]: patch } });
  return reply['notUpdated']?.[id] ?? reply['updated']!;
}

const everyCall = [
  ['ManagedPrincipal/get', { ids: ['x'] }],
  ['ManagedPrincipal/query', { limit: 0 }],
  ['ManagedPrincipal/setPassword', { id: 'x', password: 'long enough for all' }],
  ['ManagedPrincipal/createPasswordLink', { id: 'x' }],
  ['ManagedPrincipal/giveFolders', { fromId: 'x', toId: 'y' }],
  ['DirectoryStatus/get', { ids: null }],
  ['DirectoryStatus/read', {}],
  ['HeldMail/get', { ids: null }],
] as const;

test('whoever is no administrator is refused by every method, and the session says who is', async () => {
  await using app = await administered();
  for (const [method, args] of everyCall) {
    const refused = await app.ben.call(method, args);
    assert.deepEqual([refused['type'], refused['reason']], ['forbidden', 'notAdministrator'], method);
  }
  const { ben } = app;
  const created = await ben.call('ManagedPrincipal/set', { create: { a: { name: 'X', email: 'x@demo.example' } } });
  assert.equal(created['notCreated']!['a']!['reason'], 'notAdministrator');
  assert.equal((await update(ben, ben.id, { isAdministrator: true }))['reason'], 'notAdministrator');
  const retried = await ben.call('HeldMail/retry', { ids: ['x'] });
  assert.equal(retried['notRetried']!['x']!['reason'], 'notAdministrator');
  const vendor = 'https://coterie.example/jmap/contacts';
  const told = async (person: Person) => {
    const session = (await (await person.get('/jmap/session')).json()) as Result;
    return session['accounts']![person.id]!['accountCapabilities']![vendor]!['isAdministrator'];
  };
  assert.deepEqual([await told(app.ada), await told(app.ben)], [true, undefined]);
});

test('a person is made, chooses a password by a link that works once, is kept out, and comes back', async () => {
  await using app = await administered();
  const { ada } = app;
  const made = await ada.call('ManagedPrincipal/set', {
    create: { n: { name: 'Nora Neuve', email: 'nora@demo.example' } },
  });
  const { id } = made['created']!['n']! as unknown as { id: string };
  const nora = await find(ada, 'nora neu');
  assert.deepEqual(
    [nora['id'], nora['kind'], nora['source'], nora['isActive'], nora['isAdministrator'], nora['hasPassword']],
    [id, 'individual', 'local', true, false, false],
  );
  const link = await ada.call('ManagedPrincipal/createPasswordLink', { id });
  const token = new URL(link['url']!).searchParams.get('token')!;
  const choose = (password: string, secret = token) =>
    fetch(`${app.url}/site/password`, postJson({ token: secret, password }, { Origin: app.url }));
  assert.equal((await choose('short')).status, 400);
  assert.equal((await choose('a password of her own', 'x'.repeat(43))).status, 403);
  const entered = await choose('a password of her own');
  assert.equal(entered.status, 204);
  assert.ok(entered.headers.getSetCookie().length > 0, 'she is signed in');
  assert.equal((await choose('another password of hers')).status, 403, 'the link works once');
  const signIn = (password: string) =>
    fetch(`${app.url}/site/sign-in`, postJson({ email: 'nora@demo.example', password }, { Origin: app.url }));
  assert.equal((await signIn('a password of her own')).status, 204);

  await update(ada, id, { isActive: false });
  assert.equal((await signIn('a password of her own')).status, 401);
  assert.equal((await find(ada, 'nora'))['isActive'], false);
  await update(ada, id, { isActive: true, name: 'Nora Revenue' });
  assert.equal((await signIn('a password of her own')).status, 204);
  await ada.call('ManagedPrincipal/setPassword', { id, password: 'chosen by the administrator' });
  assert.equal((await signIn('a password of her own')).status, 401);
  assert.equal((await signIn('chosen by the administrator')).status, 204);
  assert.deepEqual(app.faults, []);
});

test('a link ends after three days, and with the next one', async () => {
  await using app = await administered();
  const make = async () =>
    new URL((await app.ada.call('ManagedPrincipal/createPasswordLink', { id: app.ben.id }))['url']!).searchParams.get(
      'token',
    )!;
  const use = async (token: string) =>
    (await fetch(`${app.url}/site/password`, postJson({ token, password: 'long enough for all' }, { Origin: app.url })))
      .status;
  const [first, second] = [await make(), await make()];
  assert.equal(await use(first), 403);
  app.clock.advance(73 * 3_600_000);
  assert.equal(await use(second), 403);
});

test('there is always an administrator', async () => {
  await using app = await administered();
  const { ada, ben } = app;
  assert.equal((await update(ada, ada.id, { isAdministrator: false }))['reason'], 'lastAdministrator');
  assert.equal((await update(ada, ada.id, { isActive: false }))['reason'], 'lastAdministrator');
  await update(ada, ben.id, { isAdministrator: true });
  await update(ada, ada.id, { isAdministrator: false });
  assert.equal((await ada.call('ManagedPrincipal/query'))['type'], 'forbidden');
  assert.equal(Boolean((await find(ben, 'ben'))['isAdministrator']), true);
});

test('a group is made, renamed, gets and loses members, and ends; none is inside itself', async () => {
  await using app = await administered();
  const { ada, ben, chloe } = app;
  const made = await ada.call('ManagedPrincipal/set', {
    create: { g: { kind: 'group', name: 'Équipe', email: 'equipe@demo.example', memberIds: { [ben.id]: true } } },
  });
  const { id } = made['created']!['g']! as unknown as { id: string };
  await update(ada, id, { [`memberIds/${chloe.id}`]: true, name: 'Équipe de nuit' });
  const group = await find(ada, 'equipe');
  assert.deepEqual(
    [group['name'], Object.keys(group['memberIds']!).sort(), Number(group['memberCount'])],
    ['Équipe de nuit', [ben.id, chloe.id].sort(), 2],
  );
  assert.equal((await update(ada, id, { [`memberIds/${id}`]: true }))['reason'], 'cycle');
  assert.equal((await update(ada, id, { email: 'ben@demo.example' }))['type'], 'alreadyExists');
  const removed = await ada.call('ManagedPrincipal/set', { destroy: [id, ben.id] });
  assert.deepEqual(removed['destroyed'], [id]);
  assert.equal(removed['notDestroyed']![ben.id]!['reason'], 'isPerson');
  assert.equal(await find(ada, 'equipe'), undefined);
  assert.deepEqual(app.faults, []);
});

test('folders are given to somebody else', async () => {
  await using app = await administered();
  const { ada, ben, chloe } = app;
  await ben.call('AddressBook/set', { create: { f: { name: 'Presse' } } });
  const given = await ada.call('ManagedPrincipal/giveFolders', { fromId: ben.id, toId: chloe.id });
  assert.ok([...given['folders']!].map(String).some((name) => name === 'Presse'));
  const names = [...(await chloe.call('AddressBook/get'))['list']!].map((book) => String(book['name']));
  assert.ok(names.some((name) => name === 'Presse'));
});

test('whoever comes from the directory is shown as such, and cannot be changed here; the directory is read on demand', async () => {
  const directory = createTestDirectory();
  await using app = await administered({ directory });
  const { ada, world } = app;
  directory.put({ externalId: 'dora', name: 'Dora Annuaire' });
  directory.put({ externalId: 'hugo', name: 'Hugo Caché', isListed: false });
  directory.put({ externalId: 'group-a', name: 'Groupe de l’annuaire' });
  await syncDirectory(world, directory);
  const dora = await find(ada, 'dora');
  assert.deepEqual([dora['source'], dora['isActive']], ['directory', true]);
  assert.equal((await find(ada, 'hugo'))['isListed'], false);
  for (const patch of [{ name: 'X' }, { isActive: false }, { isAdministrator: true }])
    assert.equal((await update(ada, dora['id']!, patch))['reason'], 'inDirectory');
  const group = await find(ada, 'groupe');
  assert.equal((await update(ada, group['id']!, { memberIds: { [ada.id]: true } }))['reason'], 'inDirectory');
  for (const [method, args] of [
    ['ManagedPrincipal/createPasswordLink', { id: dora['id'] }],
    ['ManagedPrincipal/setPassword', { id: dora['id'], password: 'long enough for all' }],
  ] as const)
    assert.equal((await ada.call(method, args))['reason'], 'inDirectory', method);
  const [status] = (await ada.call('DirectoryStatus/get', { ids: null }))['list']!;
  assert.deepEqual(
    [Boolean(status!['isConnected']), Number(status!['people']), Number(status!['groups']), status!['error']],
    [true, 2, 1, null],
  );
  await ada.call('DirectoryStatus/read', { acceptLosses: true });
  assert.equal((await readMirrorState(world.db)).request, 'acceptLosses');
});

test('mails that failed are listed, tried again, and thrown away', async () => {
  await using app = await administered();
  const { ada, world } = app;
  await createGroup(world, { name: 'Presse', email: null });
  const message = JSON.stringify({ to: { name: 'Zoé', address: 'zoe@elsewhere.example' }, subject: 'Partage' });
  const row = { kind: 'created', queued_by: ada.id, recipient: 'zoe@elsewhere.example', message, attempts: 9 };
  const time = world.now().toISOString();
  await world.db.transaction((tx) =>
    tx.run(
      tx.build.insertInto('outbox').values(
        ['one', 'two'].map((id, position) => ({
          ...row,
          id,
          position: position + 1000,
          next_attempt_at: time,
          last_error: '550 no such user',
          created_at: time,
          wanted_since: time,
          given_up_at: time,
        })),
      ),
    ),
  );
  const list = (await ada.call('HeldMail/get', { ids: null }))['list']!;
  assert.deepEqual(
    [...list].map((mail) => [mail['id'], mail['to'], mail['lastError'], mail['nextAttemptAt']]),
    ['one', 'two'].map((id) => [id, 'zoe@elsewhere.example', '550 no such user', null]),
  );
  const retried = await ada.call('HeldMail/retry', { ids: ['one', 'gone'] });
  assert.deepEqual([retried['retried'], retried['notRetried']!['gone']!['type']], [['one'], 'notFound']);
  assert.notEqual((await ada.call('HeldMail/get', { ids: ['one'] }))['list']![0]!['nextAttemptAt'], null);
  assert.deepEqual((await ada.call('HeldMail/set', { destroy: ['two'] }))['destroyed'], ['two']);
  assert.equal([...(await ada.call('HeldMail/get', { ids: null }))['list']!].length, 1);
  assert.deepEqual(app.faults, []);
});
