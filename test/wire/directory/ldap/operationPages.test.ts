import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkDirectory } from '../../../../src/commands/checkDirectory.ts';
import { readConfig } from '../../../../src/config.ts';
import { attributeMeanings } from '../../../../src/directory/ldap/attributes.ts';
import { profiles } from '../../../../src/directory/ldap/profiles.ts';
import { readLdapServer } from '../../../../src/directory/ldap/readLdapServer.ts';
import { addGroup, addPerson, passwordOf, personDn } from '../../../kit/ldap/people.ts';
import { base, service, startSlapd } from '../../../kit/ldap/slapd.ts';
import type { SlapdOptions } from '../../../kit/ldap/slapd.ts';
import { selfSigned } from '../../../kit/selfSigned.ts';

const certificate = selfSigned();

function pageOf(name: string): string {
  return readFileSync(new URL(`../../../../docs/operation/${name}.md`, import.meta.url), 'utf8');
}

function blocks(name: string, kind: string): string[] {
  return [...pageOf(name).matchAll(new RegExp(`\`\`\`${kind}\n(.*?)\`\`\``, 'gsu'))].map(([, block]) => block!);
}

/** A file of settings as on a page, with the files that it names beside it. */
async function withFile<T>(block: string, task: (file: string, folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'coterie-ldap-page-'));
  try {
    writeFileSync(join(folder, 'ldap-password'), `${service.password}\n`);
    writeFileSync(join(folder, 'ca.pem'), certificate.cert);
    const file = join(folder, 'coterie.conf');
    writeFileSync(file, block.replaceAll('/etc/coterie/', `${folder}/`));
    return await task(file, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const [name, count, profile] of [
  ['ldap', 3, 'generic'],
  ['supann', 2, 'supann'],
  ['active-directory', 2, 'ad'],
] as const) {
  test(`every block of settings on the page ${name} is understood`, async () => {
    const all = blocks(name, 'ini');
    assert.equal(all.length, count);
    for (const block of all) {
      const server = await withFile(block, (file) => readLdapServer(readConfig({ COTERIE_CONFIG: file }))!);
      assert.equal(server.profile.name, profile);
      assert.ok(server.urls.length > 0);
    }
  });
}

/** A slapd that is like the organisation on the page: other names for the same places. */
async function checkAgainstSlapd(block: string, here: string, options: SlapdOptions = {}): Promise<string> {
  await using slapd = await startSlapd({ certificate, ...options });
  await slapd.asAdmin(async (client) => {
    await client.add(`ou=guests,${base}`, { objectClass: 'organizationalUnit', ou: 'guests' });
    await addPerson(client, 'dora', { eduPersonAffiliation: 'employee', employeeType: 'Archiviste', ou: 'Archives' });
    await addGroup(client, 'it', {
      objectClass: 'groupOfNames',
      member: personDn('dora'),
      businessCategory: 'contacts',
    });
  });
  const settings = block
    .replaceAll(here, base)
    .replace(/^COTERIE_LDAP_URL=ldaps:.*$/mu, `COTERIE_LDAP_URL=${slapd.secureUrl}`)
    .replace(/^COTERIE_LDAP_URL=ldap:.*$/mu, `COTERIE_LDAP_URL=${slapd.url}`);
  const access = /BIND_DN/u.test(settings)
    ? ''
    : `COTERIE_LDAP_BIND_DN=${service.dn}\nCOTERIE_LDAP_BIND_PASSWORD_FILE=/etc/coterie/ldap-password\n`;
  const trust = /CA_FILE/u.test(settings) ? '' : 'COTERIE_LDAP_CA_FILE=/etc/coterie/ca.pem\n';
  return await withFile(settings + access + trust, (file) =>
    checkDirectory({ COTERIE_CONFIG: file }, { login: 'dora', password: passwordOf('dora') }),
  );
}

for (const [index, what] of ['one screen', 'administrators', 'other branches'].entries()) {
  test(`a slapd is read and signed in to with the settings of ldap.md: ${what}`, async () => {
    const report = await checkAgainstSlapd(blocks('ldap', 'ini')[index]!, 'dc=example,dc=org');
    assert.match(report, /Everything works/u);
    assert.match(report, new RegExp(`${index === 1 ? 1 : 0} administer Coterie`, 'u'));
  });
}

for (const [index, what] of ['one screen', 'without students'].entries()) {
  test(`and with those of supann.md: ${what}`, async () => {
    assert.match(
      await checkAgainstSlapd(blocks('supann', 'ini')[index]!, 'dc=univ-demo,dc=example'),
      /Everything works/u,
    );
  });
}

test('a slapd with the lines of the page gives Coterie all it needs', async () => {
  const lines = blocks('ldap', 'slapd')[0]!.replaceAll('dc=example,dc=org', base);
  const report = await checkAgainstSlapd(blocks('ldap', 'ini')[0]!, 'dc=example,dc=org', {
    ownLines: `${lines}limits * size.soft=0 size.hard=1\n`,
  });
  assert.match(report, /Everything works/u);
});

test('ldap.md tells every name of COTERIE_LDAP_ATTRIBUTES with what the profiles read', () => {
  const cell = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
  const rows = Object.entries(attributeMeanings).map(([name, meaning]) => {
    const read = (profile: keyof typeof profiles) =>
      profiles[profile].attributes[name as keyof typeof attributeMeanings];
    return `| \`${name}\` | ${meaning} | ${cell(read('generic'))} | ${cell(read('supann'))} | ${cell(read('ad'))} |`;
  });
  const table = ['| name | what | `generic` | `supann` | `ad` |', '|---|---|---|---|---|', ...rows].join('\n');
  assert.ok(pageOf('ldap').includes(`\n${table}\n`), `Write it anew:\n${table}`);
});
