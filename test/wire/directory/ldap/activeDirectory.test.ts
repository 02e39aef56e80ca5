import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Client } from 'ldapts';
import { checkDirectory } from '../../../../src/commands/checkDirectory.ts';
import { syncDirectory } from '../../../../src/core/directory/syncDirectory.ts';
import type { Directory } from '../../../../src/core/directory/directory.ts';
import { change } from '../../../kit/ldap/people.ts';
import type { Values } from '../../../kit/ldap/people.ts';
import { domain, startSamba } from '../../../kit/ldap/samba.ts';
import type { Samba } from '../../../kit/ldap/samba.ts';
import { openDirectory } from '../../../kit/ldap/scene.ts';
import { createTestApp } from '../../../kit/world.ts';
import type { TestApp } from '../../../kit/world.ts';

let samba: Samba;
let directory: Directory;
let app: TestApp;

const passwordOf = (name: string) => `Secret-of-1-${name}`;
const people = `CN=Users,${domain}`;
const dn = (name: string) => `CN=${name},${people}`;

async function addUser(client: Client, login: string, name: string, more: Values = {}): Promise<void> {
  await client.add(dn(name), { objectClass: 'user', sAMAccountName: login, ...(more as Record<string, string>) });
  const quoted = Buffer.from(`"${passwordOf(login)}"`, 'utf16le');
  await change(client, dn(name), { unicodePwd: quoted as never });
  await change(client, dn(name), { userAccountControl: '512' });
}

function settings(): Record<string, string> {
  return {
    COTERIE_LDAP_URL: samba.secureUrl,
    COTERIE_LDAP_CA_FILE: samba.caFile,
    COTERIE_LDAP_BASE: domain,
    COTERIE_LDAP_PROFILE: 'ad',
    COTERIE_LDAP_BIND_DN: 'coterie@demo.example',
    COTERIE_LDAP_BIND_PASSWORD: passwordOf('coterie'),
    COTERIE_LDAP_ADMINISTRATORS_FILTER: `(memberOf:1.2.840.113556.1.4.1941:=${dn('Accueil')})`,
  };
}

before(async () => {
  samba = await startSamba();
  await samba.asAdmin(async (client) => {
    await addUser(client, 'coterie', 'Coterie');
    await addUser(client, 'dora', 'Dora Démo', {
      displayName: 'Dora Démo',
      userPrincipalName: 'dora.demo@demo.example',
      mail: 'dora@demo.example',
      proxyAddresses: ['SMTP:dora@demo.example', 'smtp:dd@demo.example', 'X500:/o=Demo/cn=dora'],
      department: 'Chimie',
      company: 'Université de Démonstration',
      title: 'Archiviste',
      streetAddress: '1 rue de l’Invention',
      postalCode: '75000',
      l: 'Paris',
    });
    await addUser(client, 'emil', 'Emil Démo', { mail: 'emil@demo.example' });
    const group = (name: string, member: string[]) =>
      client.add(dn(name), { objectClass: 'group', sAMAccountName: name, member });
    await group('Stages', [dn('Dora Démo')]);
    await group('Accueil', [dn('Stages')]);
  });
  directory = openDirectory(settings());
  app = await createTestApp({ directory });
  await syncDirectory(app.world, directory);
});

after(async () => {
  await app?.close();
  await samba?.[Symbol.asyncDispose]();
});

async function namesOf(kind: string): Promise<string[]> {
  const { db } = app.world;
  const rows = await db.all(
    db.build
      .selectFrom('principal')
      .select('name')
      .where('source', '=', 'directory')
      .where('kind', '=', kind as never)
      .where('is_active', '=', 1),
  );
  return rows.map(({ name }) => name).toSorted();
}

test('people and groups of a domain are read, computers and the groups of the system are not', async () => {
  const found = await namesOf('individual');
  for (const name of ['Coterie', 'Dora Démo', 'Emil Démo']) assert.ok(found.includes(name), found.join(', '));
  assert.ok(!found.some((name) => /DC1|krbtgt/u.test(name)), found.join(', '));
  const groups = await namesOf('group');
  assert.ok(groups.includes('Accueil') && groups.includes('Stages'), groups.join(', '));
  assert.ok(!groups.includes('Domain Admins'));
  const pages = [];
  for await (const page of directory.changesSince(null)) pages.push(...page.entries);
  const dora = pages.find(({ name }) => name === 'Dora Démo')!;
  assert.match(dora.externalId, /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/u);
  assert.deepEqual([dora.email, dora.aliases], ['dora@demo.example', ['dd@demo.example']]);
  assert.equal(dora.details.address, '1 rue de l’Invention\n75000\nParis');
  assert.equal(dora.details.department, 'Chimie');
  assert.equal(dora.isAdministrator, true, 'by a group inside a group');
  assert.deepEqual(
    (await directory.lookUp([dora.externalId])).map(({ name }) => name),
    ['Dora Démo'],
  );
  const [suggestion] = (await app.ada.call('Suggestion/query', { text: 'accueil' }))['list']!;
  assert.equal(Number(suggestion!['memberCount']), 1);
});

test('one signs in by account name, with the domain, by principal name, address and alias; never wrongly', async () => {
  const ids = new Set<string | null>();
  for (const login of ['dora', 'DORA', 'DEMO\\dora', 'dora.demo@demo.example', 'dora@demo.example', 'dd@demo.example'])
    ids.add(await directory.authenticate(login, passwordOf('dora')));
  assert.equal(ids.size, 1);
  assert.ok(!ids.has(null));
  for (const [login, password] of [
    ['dora', 'wrong'],
    ['dora', ''],
    ['*', passwordOf('dora')],
    ['dora)(objectClass=*', passwordOf('dora')],
    ['X500:/o=Demo/cn=dora', passwordOf('dora')],
    ['DC1$', passwordOf('dora')],
  ] as const)
    assert.equal(await directory.authenticate(login, password), null, login);
});

test('who is renamed and moved stays who they are; who is disabled is kept out; who leaves a nested group is out of it', async () => {
  const id = await directory.authenticate('emil', passwordOf('emil'));
  await samba.asAdmin(async (client) => {
    await client.add(`OU=Labor,${domain}`, { objectClass: 'organizationalUnit' });
    await change(client, dn('Emil Démo'), { sAMAccountName: 'eexemple', mail: 'emil.exemple@demo.example' });
    await client.modifyDN(dn('Emil Démo'), `CN=Emil Exemple,OU=Labor,${domain}`);
    await change(client, dn('Stages'), { member: [`CN=Emil Exemple,OU=Labor,${domain}`] });
  });
  assert.equal(await directory.authenticate('eexemple', passwordOf('emil')), id);
  assert.equal(await directory.authenticate('emil', passwordOf('emil')), null);
  await syncDirectory(app.world, directory);
  const membersOfAccueil = async () => {
    const { db } = app.world;
    const rows = await db.all(
      db.build
        .selectFrom('principal_member')
        .innerJoin('principal', 'principal.id', 'principal_member.member_id')
        .select('name')
        .where('kind', '=', 'individual'),
    );
    return rows.map(({ name }) => name);
  };
  assert.deepEqual(await membersOfAccueil(), ['Emil Exemple']);
  await samba.asAdmin((client) => change(client, `CN=Emil Exemple,OU=Labor,${domain}`, { userAccountControl: '514' }));
  assert.equal(await directory.authenticate('eexemple', passwordOf('emil')), null);
  assert.deepEqual(
    (await directory.lookUp([id!])).map(({ isActive }) => isActive),
    [false],
  );
});

test('the check of the settings is content', async () => {
  const report = await checkDirectory(settings(), { login: 'dora', password: passwordOf('dora') }).catch(
    (error: Error) => error.message,
  );
  assert.match(report, /connected, encrypted, the certificate is right, signed in as coterie@demo\.example/u);
  assert.match(report, /have a permanent id in objectGUID/u);
  assert.match(report, /dora is let in with the right password, and not with a wrong one/u);
});
