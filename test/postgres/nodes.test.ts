import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setPassword } from '../../src/core/auth/setPassword.ts';
import { transact } from '../../src/core/change/transact.ts';
import { setPersonActive } from '../../src/core/principal/setPersonActive.ts';
import { hashSecret } from '../../src/lib/ids.ts';
import { card, folder, shareAccepted, stateOf, update } from '../kit/calls.ts';
import { makeDevice } from '../kit/device.ts';
import { createClient, postJson } from '../kit/person.ts';
import { openPrograms } from '../kit/programs.ts';
import { openSocket, openStream } from '../kit/window.ts';
import { cheapPassword } from '../kit/world.ts';

test('a change at one program is told to the windows at all others, whichever way they listen', async () => {
  await using programs = await openPrograms(3);
  const [one, two, three] = programs.all;
  const adas = await programs.at(one!.ada);
  const windows = [
    await openStream(adas[0]!),
    await openStream(adas[1]!),
    await openSocket(adas[2]!, three!.url),
  ] as const;
  const bookId = await folder(adas[1]!, 'Presse');
  await card(adas[0]!, bookId, 'Jean Dupont');
  const state = await stateOf(adas[2]!, 'ContactCard');
  for (const window of windows) assert.equal(await window.hears(one!.ada.id, 'ContactCard', state), true);
  const ben = (await programs.at(one!.ben))[2]!;
  const bens = await openStream(ben);
  await shareAccepted(adas[1]!, bookId, ben);
  await card(adas[1]!, bookId, 'Marie Curie');
  const seen = await stateOf(ben, 'ContactCard', one!.ada.id);
  assert.equal(await bens.hears(one!.ada.id, 'ContactCard', seen), true);
  for (const window of [...windows, bens]) window.close();
  assert.deepEqual(
    [one, two, three].map((program) => program!.faults),
    [[], [], []],
  );
});

test('a commit with very much to tell is told whole', async () => {
  await using programs = await openPrograms(2);
  const [one] = programs.all;
  const there = (await programs.at(one!.ada))[1]!;
  const window = await openStream(there);
  const accountId = one!.ada.id;
  await transact(one!.world, async (tx) => {
    for (let number = 0; number < 1000; number++)
      tx.changed({ accountId, type: 'AddressBook', id: `${accountId}-${number}`, kind: 'updated' });
    tx.changed({ accountId, type: 'Preferences', id: 'singleton', kind: 'updated' });
  });
  const state = (await there.call('Preferences/get', { ids: null }))['state']!;
  assert.equal(await window.hears(accountId, 'Preferences', state), true);
  window.close();
});

test('what is changed while the programs do not hear each other is told when they do again', async () => {
  await using programs = await openPrograms(2);
  const [one, other] = programs.all;
  const adas = await programs.at(one!.ada);
  const windows = [await openStream(adas[1]!), await openSocket(adas[1]!, other!.url)];
  for (let round = 0; round < 5; round++) {
    const changing = folder(adas[0]!, `Before ${round}`);
    assert.equal(await programs.cut(), 2);
    await Promise.all([changing, folder(adas[0]!, `After ${round}`)]);
    const state = await stateOf(adas[0]!, 'AddressBook');
    for (const window of windows) assert.equal(await window.hears(one!.ada.id, 'AddressBook', state), true);
  }
  for (const window of windows) window.close();
});

test('whoever signs out, has another password or is kept out at one program has nothing open at another', async () => {
  await using programs = await openPrograms(2);
  const [one] = programs.all;
  const [here, there] = await programs.at(one!.ada);
  const [sameThere, elseThere] = [createClient(programs.all[1]!.url, one!.ada), there!];
  sameThere.cookie = here!.cookie;
  const [same, other] = [await openStream(sameThere), await openStream(elseThere)];
  await here!.fetch('/site/sign-out', { method: 'POST' });
  await same.ended;
  assert.equal((await sameThere.get('/jmap/session')).status, 401);
  assert.equal((await elseThere.get('/jmap/session')).status, 200);
  await setPassword(one!.world, one!.ada.id, 'a new password of Ada', cheapPassword);
  await other.ended;
  const ben = (await programs.at(one!.ben))[1]!;
  const bens = await openSocket(ben, programs.all[1]!.url);
  await setPersonActive(one!.world, one!.ben.id, false);
  await bens.ended;
  assert.equal((await ben.get('/jmap/session')).status, 401);
});

test('a session that ends unheard has nothing open when the programs hear each other again; others go on', async () => {
  await using programs = await openPrograms(2);
  const [one] = programs.all;
  const [here, there] = await programs.at(one!.ada);
  const same = createClient(programs.all[1]!.url, one!.ada);
  same.cookie = here!.cookie;
  const [ending, staying] = [await openStream(same), await openStream(there!)];
  const { db } = one!.world;
  // As by a program that tells nobody.
  const [, secret = ''] = /coterie=([^;]+)/u.exec(here!.cookie) ?? [];
  const gone = await db.transaction((tx) =>
    tx.run(tx.build.deleteFrom('session').where('token_hash', '=', hashSecret(secret))),
  );
  assert.equal(gone, 1);
  assert.equal(await programs.cut(), 2);
  await ending.ended;
  await folder(there!, 'Presse');
  assert.equal(await staying.hears(one!.ada.id, 'AddressBook', await stateOf(there!, 'AddressBook')), true);
  staying.close();
});

test('an app password that is revoked at one program opens nothing at another, and what it had open there ends', async () => {
  await using programs = await openPrograms(2);
  const [one, other] = programs.all;
  const device = await makeDevice(one!.url, one!.ada);
  const there = createClient(other!.url, { ...one!.ada, password: device.password });
  const program = Object.assign(there, { fetch: there.basic });
  const stream = await openStream(program);
  assert.equal((await there.basic('/jmap/session')).status, 200);
  await device.revoke();
  assert.equal((await there.basic('/jmap/session')).status, 401);
  await stream.ended;
  const [ada] = await programs.at(one!.ada);
  await update(ada!, 'AppPassword', device.appPasswordId, { isRevoked: false });
  assert.equal((await there.basic('/jmap/session')).status, 200);
});

test('who guesses a password at several programs waits as at one, and tries at the same time do not slip through', async () => {
  await using programs = await openPrograms(3);
  const { ada } = programs.all[0]!;
  const guess = async (number: number, password = `guess ${number}`) => {
    const { url } = programs.all[number % 3]!;
    return (await fetch(`${url}/site/sign-in`, postJson({ email: ada.email, password }))).status;
  };
  const waitAll = () => programs.all.forEach(({ clock }) => clock.advance(300_000));
  for (let number = 0; number < 15; number++) {
    assert.equal(await guess(number), 401);
    waitAll();
  }
  const answers = await Promise.all(Array.from({ length: 24 }, (_, number) => guess(100 + number)));
  assert.deepEqual(answers.toSorted(), [401, ...Array.from({ length: 23 }, () => 429)]);
  for (const number of [0, 1, 2]) assert.equal(await guess(number, ada.password), 429);
  waitAll();
  assert.equal(await guess(1, ada.password), 204);
  // The right one is forgiven everywhere.
  for (const number of [0, 1, 2]) assert.equal(await guess(number), 401);
});
