import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DirectoryEntry } from '../../../../src/core/directory/directory.ts';
import { startFakeServer } from '../../../kit/ldap/fakeServer.ts';
import type { Answer, Question } from '../../../kit/ldap/fakeServer.ts';
import { openDirectory } from '../../../kit/ldap/scene.ts';

const guid = (last: number) => Buffer.from([...Array.from({ length: 15 }, (_, index) => 0xa0 + index), last]);

/** Everything that a server of this kind tells. */
async function read(answer: (question: Question) => Answer, profile = 'ad'): Promise<DirectoryEntry[]> {
  await using server = await startFakeServer(answer);
  const directory = openDirectory({
    COTERIE_LDAP_URL: server.url,
    COTERIE_LDAP_BASE: 'dc=demo',
    COTERIE_LDAP_PEOPLE_BASE: 'ou=people,dc=demo',
    COTERIE_LDAP_GROUPS_BASE: 'ou=groups,dc=demo',
    COTERIE_LDAP_PROFILE: profile,
  });
  const entries: DirectoryEntry[] = [];
  for await (const page of directory.changesSince(null)) entries.push(...page.entries);
  await directory.close();
  return entries;
}

const person = (last: number, values: Answer['entries'][number]['values'] = {}) => ({
  dn: `cn=p${last},ou=people,dc=demo`,
  values: { objectGUID: [guid(last)], sAMAccountName: [`p${last}`], cn: [`P ${last}`], ...values },
});

test('a page without anybody is not the end', async () => {
  const pages: Record<string, Answer> = {
    first: { entries: [person(1)], cookie: 'second' },
    second: { entries: [], cookie: 'third' },
    third: { entries: [person(2)] },
  };
  const found = await read(({ base, cookie }) =>
    base.startsWith('ou=people') ? pages[cookie ?? 'first']! : { entries: [] },
  );
  assert.deepEqual(
    found.map(({ name }) => name),
    ['P 1', 'P 2'],
  );
});

test('a first page without anybody is not the end either', async () => {
  const found = await read(({ base, cookie }) => {
    if (!base.startsWith('ou=people')) return { entries: [] };
    return cookie === undefined ? { entries: [], cookie: 'more' } : { entries: [person(1)] };
  });
  assert.equal(found.length, 1);
});

test('members that come in ranges are read to the end', async () => {
  const all = Array.from({ length: 7 }, (_, index) => `cn=p${index},ou=people,dc=demo`);
  const group = (name: string, members: readonly string[]) => ({
    entries: [{ dn: 'cn=all,ou=groups,dc=demo', values: { objectGUID: [guid(9)], cn: ['all'], [name]: members } }],
  });
  const found = await read(({ base, attributes }) => {
    if (base === 'ou=groups,dc=demo') return group('member;range=0-2', all.slice(0, 3));
    if (base !== 'cn=all,ou=groups,dc=demo') return { entries: [] };
    const start = Number(/range=(\d+)-\*/u.exec(attributes[0]!)![1]);
    return start === 3 ? group('member;range=3-5', all.slice(3, 6)) : group('member;range=6-*', all.slice(6));
  });
  assert.deepEqual(found[0]!.members.toSorted(), all);
});

test('members that cannot be read to the end are no members at all, but an error', async () => {
  const first = {
    dn: 'cn=all,ou=groups,dc=demo',
    values: { objectGUID: [guid(9)], cn: ['all'], 'member;range=0-0': ['cn=x'] },
  };
  await assert.rejects(
    read(({ base }) => ({ entries: base === 'ou=groups,dc=demo' ? [first] : [] })),
    /members of cn=all,ou=groups,dc=demo cannot be read to the end/u,
  );
});

test('Latin-1 is read, languages come after the plain value, and an id that happens to be text stays octets', async () => {
  const textual = Buffer.from('0123456789abcdef');
  const [found] = await read(({ base }) => ({
    entries: base.startsWith('ou=people')
      ? [
          person(1, {
            objectGUID: [textual],
            'displayName;lang-fr': ['Élodie en français'],
            DisplayName: [Buffer.from('\u00c9lodie D\u00e9mo', 'latin1')],
            proxyAddresses: ['smtp:two@demo.example', 'SMTP:one@demo.example', 'sip:one@demo.example'],
          }),
        ]
      : [],
  }));
  assert.equal(found!.name, 'Élodie Démo');
  assert.equal(found!.externalId, '33323130-3534-3736-3839-616263646566');
  assert.deepEqual([found!.email, ...found!.aliases], ['one@demo.example', 'two@demo.example']);
});

test('who has no permanent id is not read, and nobody is made up for them', async () => {
  const nobody = { dn: 'cn=x,ou=people,dc=demo', values: { cn: ['X'], uid: ['x'] } };
  assert.deepEqual(
    await read(({ base }) => ({ entries: base.startsWith('ou=people') ? [nobody] : [] }), 'generic'),
    [],
  );
});
