import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DirectoryEntry } from '../../../../src/core/directory/directory.ts';
import { addGroup, addPerson, change, groupDn, personDn } from '../../../kit/ldap/people.ts';
import { ldapSettings, openDirectory, openScene } from '../../../kit/ldap/scene.ts';
import { base, startSlapd } from '../../../kit/ldap/slapd.ts';

type Asked = { readonly [name: string]: unknown };

test('the people of a French university: not listed, by alias, in units that are named, active or not', async () => {
  await using scene = await openScene(
    async (client) => {
      await client.add(`supannCodeEntite=HS2,ou=structures,${base}`, {
        objectClass: ['organizationalUnit', 'supannEntite'],
        supannCodeEntite: 'HS2',
        ou: 'UFR HS',
        description: 'UFR d’Histoire',
      });
      await addPerson(client, 'elodie', {
        cn: 'Élodie Démo-Préfet',
        displayName: 'Élodie Démo-Préfet',
        supannAliasLogin: 'edemo',
        supannEntiteAffectationPrincipale: 'HS2',
        supannEntiteAffectation: ['XX9', 'HS2'],
        eduPersonPrimaryAffiliation: 'faculty',
        supannAutreMail: 'elodie.autre@demo.example',
        supannMailPerso: 'elodie@private.example',
        preferredLanguage: 'fr',
        postalAddress: '1 rue de l’Invention$75000 Paris',
        telephoneNumber: '+33 1 23 45 67 89',
        homePhone: '+33 9 99 99 99 99',
      });
      await addPerson(client, 'henri', { supannListeRouge: 'TRUE' });
      await addPerson(client, 'lea', { supannRessourceEtat: ['{COMPTE}I SupannInactif'] });
    },
    { settings: { COTERIE_LDAP_PROFILE: 'supann' } },
  );
  const { ada } = scene.app;
  const suggest = async (text: string) =>
    [...((await ada.call('Suggestion/query', { text }))['list'] as unknown as Asked[])].map(({ name }) => name);
  for (const text of ['elodie', 'ÉLODIE', 'prefet', 'demo elo', 'Préfet Élo', 'elodie@demo'])
    assert.deepEqual(await suggest(text), ['Élodie Démo-Préfet'], text);
  for (const text of ['henri', 'lea', 'private', 'edemo)(uid=*', '*']) assert.deepEqual(await suggest(text), [], text);
  assert.equal((await scene.signedIn('edemo', 'password of elodie')).id, await scene.idOf('Élodie Démo-Préfet'));
  assert.equal((await scene.signedIn('elodie.autre@demo.example', 'password of elodie')).email.length > 0, true);
  await scene.signedIn('henri');
  assert.equal((await scene.basic('lea', 'password of lea')).status, 401, 'not active');
  assert.equal((await scene.basic('elodie@private.example', 'password of elodie')).status, 401);
  const entries = (await collect(scene.directory.changesSince(null))).flatMap((page) => page.entries);
  const elodie = entries.find(({ name }) => name.startsWith('Élodie'))!;
  assert.deepEqual(elodie.details, {
    given: 'Elodie',
    surname: 'Démo',
    department: 'UFR d’Histoire',
    title: 'Enseignant·e',
    phones: [{ number: '+33 1 23 45 67 89', kind: 'work' }],
    address: '1 rue de l’Invention\n75000 Paris',
    language: 'fr',
  });
  assert.deepEqual(elodie.aliases, ['elodie.autre@demo.example']);
});

test('somebody who is locked, or taken out, has no access at once, and folders that another can be given', async () => {
  await using scene = await openScene(
    async (client) => {
      await addPerson(client, 'dora');
      await addPerson(client, 'emil');
      await addPerson(client, 'flora');
    },
    { settings: { COTERIE_LDAP_PROFILE: 'supann' } },
  );
  const [dora, emil] = [await scene.signedIn('dora'), await scene.signedIn('emil')];
  await scene.slapd.asAdmin(async (client) => {
    await change(client, personDn('dora'), { supannRessourceEtat: '{COMPTE}S' });
    await client.del(personDn('emil'));
  });
  await scene.sync();
  for (const [person, uid] of [
    [dora, 'dora'],
    [emil, 'emil'],
  ] as const) {
    assert.equal((await person.get('/jmap/session')).status, 401, uid);
    assert.equal((await scene.basic(uid, `password of ${uid}`)).status, 401, uid);
    assert.equal((await scene.basic(uid, `password of ${uid}`, '/dav/')).status, 401, uid);
  }
  await scene.slapd.asAdmin((client) => change(client, personDn('dora'), { supannRessourceEtat: '{COMPTE}A' }));
  await scene.sync();
  scene.app.clock.advance(61_000);
  assert.equal((await scene.signedIn('dora')).id, dora.id);
});

test('only what changed is read the next time, and who administers is read from the directory', async () => {
  await using slapd = await startSlapd();
  await slapd.asAdmin(async (client) => {
    for (const uid of ['dora', 'emil']) await addPerson(client, uid);
    await addGroup(client, 'Informatique', { objectClass: 'groupOfNames', member: [personDn('emil')] });
  });
  let clock = Date.now();
  const settings = {
    COTERIE_LDAP_ADMINISTRATORS_FILTER: `(memberOf=${groupDn('Informatique')})`,
    COTERIE_LDAP_PAGE_SIZE: '1',
  };
  const directory = openDirectory(ldapSettings(slapd.url, settings), () => new Date(clock));
  const read = async (mark: string | null) => {
    const pages = await collect(directory.changesSince(mark));
    return { entries: pages.flatMap((page) => page.entries), mark: pages.at(-1)!.mark };
  };
  const first = await read(null);
  assert.deepEqual(first.entries.map(administrates).toSorted(), [
    'Dora Démo false',
    'Emil Démo true',
    'Informatique false',
  ]);
  clock += 3_600_000;
  const second = await read(first.mark);
  assert.deepEqual(second.entries, []);
  // The server counts in seconds: the change is in the same one as this, or after it.
  const newest = new Date(Date.now() - 2000).toISOString();
  await slapd.asAdmin((client) => change(client, personDn('dora'), { title: 'Archiviste' }));
  const third = await read(first.mark.replace(/"newest":"[^"]+"/u, `"newest":"${newest}"`));
  assert.ok(third.entries.some(({ details }) => details.title === 'Archiviste'));
  const ids = first.entries.map(({ externalId }) => externalId);
  assert.deepEqual(
    (await directory.lookUp([...ids, 'nobody', '*'])).map(administrates).toSorted(),
    first.entries.map(administrates).toSorted(),
  );
  await directory.close();
});

function administrates({ name, isAdministrator }: DirectoryEntry): string {
  return `${name} ${isAdministrator}`;
}

async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
