import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addPerson, change, passwordOf, personDn } from '../../../kit/ldap/people.ts';
import { openScene } from '../../../kit/ldap/scene.ts';

test('one comes in by login, address or alias, in any case, and is one person', async () => {
  await using scene = await openScene((client) =>
    addPerson(client, 'dora', { mailLocalAddress: ['d.demo@demo.example', 'Dora.Demo@demo.example'] }),
  );
  const ids = new Set<string>();
  for (const login of ['dora', 'DORA', 'dora@demo.example', 'Dora@Demo.Example', 'd.demo@demo.example', ' dora ']) {
    const response = await scene.basic(login, passwordOf('dora'));
    assert.equal(response.status, 200, login);
    ids.add(Object.keys(((await response.json()) as { accounts: object }).accounts).join(' '));
  }
  assert.equal(ids.size, 1);
});

test('a wrong or an empty password does not come in', async () => {
  await using scene = await openScene((client) => addPerson(client, 'dora'));
  for (const password of ['', 'password of Dora', 'x', '\0']) {
    assert.equal((await scene.basic('dora', password)).status, 401, JSON.stringify(password));
    assert.equal(await scene.directory.authenticate('dora', password), null, JSON.stringify(password));
  }
  assert.equal((await scene.basic('nobody', 'anything')).status, 401);
});

test('what means something in a filter or a name means nothing in a login', async () => {
  await using scene = await openScene(async (client) => {
    await addPerson(client, 'dora');
    await addPerson(client, 'emil', { mailLocalAddress: 'o*(e)\\m&i|l@demo.example' });
  });
  const password = passwordOf('dora');
  for (const login of [
    '*',
    'd*',
    'dor*)(uid=*',
    'dora)(objectClass=*',
    'x)(|(uid=*)',
    '*)(uid=dora',
    '(uid=dora)',
    'dora\0',
    '\\64ora',
    personDn('dora'),
    `dora,ou=people`,
    'é'.repeat(150),
    '\u202edora',
  ]) {
    assert.equal(await scene.directory.authenticate(login, password), null, JSON.stringify(login));
    assert.equal((await scene.basic(login, password)).status, 401, JSON.stringify(login));
    scene.app.clock.advance(3_600_000);
  }
  assert.ok(await scene.directory.authenticate('o*(e)\\m&i|l@demo.example', passwordOf('emil')));
  assert.deepEqual(scene.app.faults, []);
});

test('an alias like another’s login changes nothing for them; one that two bear lets nobody in', async () => {
  await using scene = await openScene(
    async (client) => {
      await addPerson(client, 'dora', { mailLocalAddress: 'both@demo.example' });
      await addPerson(client, 'emil', { supannAliasLogin: 'dora', mailLocalAddress: 'both@demo.example' });
    },
    { settings: { COTERIE_LDAP_PROFILE: 'supann' } },
  );
  const id = await scene.directory.authenticate('dora@demo.example', passwordOf('dora'));
  assert.equal(await scene.directory.authenticate('dora', passwordOf('dora')), id);
  assert.equal(await scene.directory.authenticate('dora', passwordOf('emil')), null);
  for (const uid of ['dora', 'emil'])
    assert.equal(await scene.directory.authenticate('both@demo.example', passwordOf(uid)), null);
});

test('somebody who marries, changes the address and moves to another branch is who they were', async () => {
  await using scene = await openScene((client) => addPerson(client, 'dora'));
  const before = await scene.signedIn('dora');
  await before.call('AddressBook/set', { create: { a: { name: 'Presse' } } });
  await scene.slapd.asAdmin(async (client) => {
    await change(client, personDn('dora'), { sn: 'Exemple', cn: 'Dora Exemple', mail: 'dora.exemple@demo.example' });
    await client.modifyDN(personDn('dora'), 'uid=dexemple,ou=services,dc=demo,dc=example');
  });
  await scene.sync();
  const after = await scene.signedIn('dexemple', passwordOf('dora'));
  assert.equal(after.id, before.id);
  const names = (await after.call('AddressBook/get'))['list'] as unknown as { name: string }[];
  assert.ok(names.some(({ name }) => name === 'Presse'));
  assert.equal((await scene.basic('dora@demo.example', passwordOf('dora'))).status, 401);
  assert.equal((await before.get('/jmap/session')).status, 200, 'the open window goes on');
});
