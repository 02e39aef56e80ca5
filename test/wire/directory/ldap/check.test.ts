import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkDirectory } from '../../../../src/commands/checkDirectory.ts';
import { AppError } from '../../../../src/errors.ts';
import { addGroup, addPerson, groupDn, passwordOf, personDn } from '../../../kit/ldap/people.ts';
import { ldapSettings } from '../../../kit/ldap/scene.ts';
import { base, startSlapd } from '../../../kit/ldap/slapd.ts';
import { selfSigned } from '../../../kit/selfSigned.ts';

const program = fileURLToPath(new URL('../../../../src/commands.ts', import.meta.url));

/** What an administrator sees who runs `coterie directory check`; before there are any data. */
async function check(settings: Readonly<Record<string, string>>, login?: string, password = ''): Promise<string> {
  const child = spawn(process.execPath, [program, 'directory', 'check', ...(login === undefined ? [] : [login])], {
    env: { PATH: process.env['PATH'], COTERIE_DATA: '/nowhere', ...settings },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.end(`${password}\n`);
  const [code] = (await once(child, 'close')) as [number];
  return `${output}\nended with ${code}`;
}

test('the check says step by step what works, and what is to be changed', async () => {
  await using slapd = await startSlapd({ certificate: selfSigned() });
  await slapd.asAdmin(async (client) => {
    await addPerson(client, 'dora');
    await addPerson(client, 'emil', { mail: [] });
    await addGroup(client, 'Accueil', { objectClass: 'groupOfNames', member: [personDn('dora'), groupDn('Accueil')] });
  });
  const settings = ldapSettings(slapd.url);
  const first = await check(settings, 'dora', passwordOf('dora'));
  for (const line of [
    /^ok {4}ldap:\/\/127\.0\.0\.1:\d+: connected, NOT encrypted, signed in as cn=coterie,/mu,
    /^ok {4}dc=demo,dc=example is there\.$/mu,
    /^ok {4}2 people, for example .*Dora Démo <dora@demo\.example>/mu,
    /^ok {4}All of them have a permanent id in entryUUID\.$/mu,
    /^look +1 have no address: they get no mails\.$/mu,
    /^ok {4}When they changed stands in modifyTimestamp\.$/mu,
    /^ok {4}1 groups, for example Accueil \(2\)\.$/mu,
    /^ok {4}All of their members are known\.$/mu,
    /is found by the permanent id\.$/mu,
    /^ok {4}dora is let in with the right password, and not with a wrong one\.$/mu,
    /ended with 1$/u,
  ])
    assert.match(first, line);
  assert.ok(!first.includes(settings['COTERIE_LDAP_BIND_PASSWORD']!), 'no password is told');
  assert.match(await check({ COTERIE_LDAP_URL: slapd.url }), /^COTERIE_LDAP_BASE is needed .*\n\nended with 1$/u);
  await slapd.asAdmin((client) => client.del(personDn('emil')));
  assert.match(await check(settings), /Everything works\.\n\nended with 0$/u);

  const failures: [string, Record<string, string>, RegExp][] = [
    ['nothing set', { COTERIE_LDAP_URL: '' }, /No directory is set up/u],
    ['no base', { COTERIE_LDAP_BASE: '' }, /COTERIE_LDAP_BASE is needed/u],
    ['no DN', { COTERIE_LDAP_BASE: 'example.org' }, /COTERIE_LDAP_BASE must be names such as/u],
    ['half a filter', { COTERIE_LDAP_PEOPLE_FILTER: '(uid=*' }, /COTERIE_LDAP_PEOPLE_FILTER is no filter/u],
    ['an unknown name', { COTERIE_LDAP_ATTRIBUTES: 'shoe=size' }, /has no attribute "shoe": there are id, changed,/u],
    ['a name without a password', { COTERIE_LDAP_BIND_PASSWORD: '' }, /COTERIE_LDAP_BIND_PASSWORD or .* is needed/u],
    ['nobody there', { COTERIE_LDAP_URL: 'ldap://127.0.0.1:1' }, /cannot be reached: .*nothing listens there/u],
    ['no trust', { COTERIE_LDAP_URL: slapd.secureUrl }, /cannot be reached: .*see COTERIE_LDAP_CA_FILE/u],
    [
      'wrong password',
      { COTERIE_LDAP_BIND_PASSWORD: 'x' },
      /is reached, but does not let Coterie in: .*BIND_PASSWORD/u,
    ],
    ['wrong base', { COTERIE_LDAP_BASE: 'dc=other' }, /check COTERIE_LDAP_BASE.* The server has: dc=demo,dc=example/u],
    [
      'other people',
      { COTERIE_LDAP_PEOPLE_FILTER: '(objectClass=account)' },
      /No people .*the entries there are: .*inetOrgPerson/u,
    ],
    ['another kind', { COTERIE_LDAP_PROFILE: 'ad' }, /No people were found: check .*COTERIE_LDAP_PROFILE/u],
    ['no id', { COTERIE_LDAP_ATTRIBUTES: 'id=employeeNumber' }, /have no permanent id in employeeNumber/u],
    [
      'no groups',
      { COTERIE_LDAP_GROUPS_BASE: `ou=people,${base}` },
      /No groups were found: check COTERIE_LDAP_GROUPS/u,
    ],
    [
      'strangers',
      { COTERIE_LDAP_PEOPLE_BASE: `ou=services,${base}`, COTERIE_LDAP_PEOPLE_FILTER: '(cn=*)' },
      /1 of 2 members are neither/u,
    ],
    [
      'no times',
      { COTERIE_LDAP_ATTRIBUTES: 'changed=roomNumber' },
      /cannot be read in roomNumber: everything is read/u,
    ],
  ];
  for (const [what, wrong, message] of failures) {
    await assert.rejects(
      checkDirectory({ ...settings, ...wrong }, null),
      (error) => error instanceof AppError && message.test(error.message),
      what,
    );
  }
  await assert.rejects(
    checkDirectory(settings, { login: 'dora', password: 'wrong' }),
    /dora is not let in: the password is wrong/u,
  );
});
