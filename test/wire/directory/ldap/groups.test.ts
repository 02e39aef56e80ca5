import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memberCount } from '../../../../src/core/principal/memberCount.ts';
import { answer, card, create, folder } from '../../../kit/calls.ts';
import { addGroup, addPerson, change, groupDn, passwordOf, personDn } from '../../../kit/ldap/people.ts';
import { openScene } from '../../../kit/ldap/scene.ts';

/** « Accueil » (groupOfNames) holds « Stages » (groupOfUniqueNames), which holds « Etudiants » (posixGroup) with Dora in it. */
function openNested() {
  return openScene(async (client) => {
    for (const uid of ['dora', 'emil', 'flora']) await addPerson(client, uid);
    await addGroup(client, 'Etudiants', { objectClass: 'posixGroup', gidNumber: '100', memberUid: ['dora'] });
    await addGroup(client, 'Stages', { objectClass: 'groupOfUniqueNames', uniqueMember: [groupDn('Etudiants')] });
    await addGroup(client, 'Accueil', { objectClass: 'groupOfNames', member: [groupDn('STAGES'), personDn('flora')] });
  });
}

test('groups of all three kinds inside each other give what is shared with the outermost, and take it on every way', async () => {
  await using scene = await openNested();
  const { app } = scene;
  const dora = await scene.signedIn('dora');
  const emil = await scene.signedIn('emil');
  const bookId = await folder(app.ada, 'Presse');
  await card(app.ada, bookId, 'Jean Dupont');
  await create(app.ada, 'Share', { addressBookId: bookId, principalId: await scene.idOf('Accueil'), role: 'viewer' });
  await answer(dora, bookId, 'accepted');
  const reads = async (person: typeof dora) =>
    (await person.call('AddressBook/get', { accountId: app.ada.id, ids: [bookId] }))['list']?.length === 1;
  const path = `/home/${app.ada.email}/Presse.csv`;
  const file = async (uid: string) => (await scene.basic(uid, passwordOf(uid), path)).status;
  assert.deepEqual([await reads(dora), await reads(emil)], [true, false]);
  assert.deepEqual([await file('dora'), await file('emil')], [200, 404]);
  await scene.slapd.asAdmin((client) => change(client, groupDn('Etudiants'), { memberUid: ['emil'] }));
  await scene.sync();
  assert.deepEqual([await reads(dora), await reads(emil)], [false, true]);
  assert.deepEqual([await file('dora'), await file('emil')], [404, 200]);
});

test('an alias that somebody chose gives nothing of the one who is called so in a group', async () => {
  await using scene = await openScene(
    async (client) => {
      await addPerson(client, 'dora');
      await addPerson(client, 'emil', { supannAliasLogin: 'dora2' });
      await addGroup(client, 'Etudiants', {
        objectClass: 'posixGroup',
        gidNumber: '100',
        memberUid: ['dora', 'dora2'],
      });
    },
    { settings: { COTERIE_LDAP_PROFILE: 'supann', COTERIE_LDAP_GROUPS_FILTER: '(objectClass=posixGroup)' } },
  );
  assert.equal(await memberCount(scene.app.world.db, await scene.idOf('Etudiants')), 1);
});

test('a person who is renamed stays in the group; refint has told the group, and Coterie reads it', async () => {
  await using scene = await openNested();
  const members = async () => memberCount(scene.app.world.db, await scene.idOf('Accueil'));
  assert.equal(await members(), 2);
  await scene.slapd.asAdmin((client) => client.modifyDN(personDn('flora'), 'uid=fdemo'));
  await scene.sync();
  assert.equal(await members(), 2);
});
