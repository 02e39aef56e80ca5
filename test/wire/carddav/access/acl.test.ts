import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setPersonActive } from '../../../../src/core/principal/setPersonActive.ts';
import { serializeElement } from '../../../../src/lib/xml/serializeElement.ts';
import { elementsOf } from '../../../../src/lib/xml/xmlElement.ts';
import { folder, get, share, shareAccepted, update } from '../../../kit/calls.ts';
import { conditionsOf, D, dav, document, homeOf, propfind } from '../../../kit/dav.ts';
import type { DavReply } from '../../../kit/dav.ts';
import type { Person } from '../../../kit/person.ts';
import { createTestApp } from '../../../kit/world.ts';
import type { TestApp } from '../../../kit/world.ts';

const principal = ({ id }: { id: string }) => `/dav/principals/${id}/`;

/** An entry that grants, with what else stands in it. */
const ace = (who: { id: string }, privileges: readonly string[], more = '') =>
  aceOf(`<D:principal><D:href>${principal(who)}</D:href></D:principal>`, grant(privileges), more);
const aceOf = (...parts: readonly string[]) => `<D:ace>${parts.join('')}</D:ace>`;
const grant = (privileges: readonly string[]) => `<D:grant>${privileges.map(privilege).join('')}</D:grant>`;
const privilege = (name: string) => `<D:privilege><D:${name}/></D:privilege>`;

const setAcl = (person: Person, path: string, inner: string): Promise<DavReply> =>
  dav(person, 'ACL', path, { body: document('D:acl', inner) });

/** The entries of the list as a program reads them, ready to be sent back. */
async function readAcl(person: Person, path: string): Promise<string[]> {
  const [told] = (await propfind(person, path, 0, [D('acl')])).responses;
  return elementsOf(told!.found.get(D('acl'))!).map((element) => serializeElement(element));
}

/** Ada's folder and one in it; Ben reads both, Chloé what is below. */
async function scene(app: TestApp) {
  const above = await folder(app.ada, 'Équipe');
  const below = await folder(app.ada, 'Lyon', { parentId: above });
  await shareAccepted(app.ada, above, app.ben, 'viewer');
  await shareAccepted(app.ada, below, app.chloe, 'manager');
  const pathOf = (id: string) => `${homeOf(app.ada)}${id}/`;
  const roles = async () => {
    const book = (await get(app.ada, 'AddressBook', below))!;
    return book['shareWith'] as unknown as Record<string, Record<string, boolean>> | null;
  };
  return { above, below, top: pathOf(above), path: pathOf(below), roles };
}

const inherited = (path: string) => `<D:inherited><D:href>${path}</D:href></D:inherited>`;
const reading = ['read', 'read-current-user-privilege-set'];

test('a list that is sent back as it was read is taken, and nothing is changed by it: C246', async () => {
  await using app = await createTestApp();
  const { below, path, roles } = await scene(app);
  const [dora, emil] = [await app.person('Dora'), await app.person('Emil')];
  // Somebody who has left, and rights that privileges cannot say: to delete the folder.
  await shareAccepted(app.ada, below, dora, 'manager');
  const rights = { mayRead: true, mayWrite: true, mayShare: false, mayDelete: true };
  await update(app.ada, 'AddressBook', below, { [`shareWith/${emil.id}`]: rights });
  await setPersonActive(app.world, dora.id, false);
  const before = await roles();
  const entries = await readAcl(app.ada, path);
  assert.deepEqual(
    entries.map((entry) => [entry.includes('protected'), entry.includes('inherited')]),
    [
      [true, false],
      [false, false],
      [false, false],
      [false, false],
      [false, true],
    ],
  );
  assert.equal((await setAcl(app.ada, path, entries.join(''))).status, 200);
  assert.deepEqual(await roles(), before);
  assert.deepEqual(await readAcl(app.ada, path), entries);
  // As RFC 3744 §8.1 advises: without what cannot be changed.
  const own = entries.filter((entry) => !entry.includes('protected') && !entry.includes('inherited'));
  assert.equal((await setAcl(app.ada, path, own.join(''))).status, 200);
  assert.deepEqual(await roles(), before);
});

test('whom a folder is kept from is in no list, and a list that is sent back lets nobody in: C246', async () => {
  await using app = await createTestApp();
  const { below, path, roles } = await scene(app);
  await share(app.ada, below, app.ben, 'none');
  const entries = await readAcl(app.ada, path);
  assert.ok(entries.every((entry) => !entry.includes(app.ben.id)));
  assert.equal((await setAcl(app.ada, path, entries.join(''))).status, 200);
  assert.equal((await roles())![app.ben.id]!['mayRead'], false);
  // Who names them lets them in.
  assert.equal((await setAcl(app.ada, path, ace(app.ben, ['read']))).status, 200);
  assert.equal((await roles())![app.ben.id]!['mayRead'], true);
});

test('whom a folder is kept from while a list is on its way stays out: C246', async () => {
  await using app = await createTestApp();
  const { below, path, roles } = await scene(app);
  const dora = await app.person('Dora');
  const entries = await readAcl(app.ada, path);
  const { db } = app.world;
  const { transaction } = db;
  db.transaction = async (...asked) => {
    db.transaction = transaction;
    await share(app.ada, below, dora, 'none');
    return transaction(...asked);
  };
  assert.equal((await setAcl(app.ada, path, entries.join(''))).status, 200);
  assert.equal((await roles())![dora.id]?.['mayRead'], false);
});

test('an entry gives the rights that its privileges mean, and no other: C246', async () => {
  await using app = await createTestApp();
  const { path, roles } = await scene(app);
  const meanings: readonly (readonly [privileges: readonly string[], rights: readonly string[]])[] = [
    [['read'], ['mayRead']],
    [['bind'], ['mayRead', 'mayAdd']],
    [['write'], ['mayRead', 'mayWrite', 'mayAdd']],
    [['share'], ['mayRead', 'mayShare']],
    [
      ['write', 'write-acl'],
      ['mayRead', 'mayWrite', 'mayAdd', 'mayShare'],
    ],
    [['all'], ['mayRead', 'mayWrite', 'mayAdd', 'mayShare']],
  ];
  for (const [privileges, expected] of meanings) {
    assert.equal((await setAcl(app.ada, path, ace(app.chloe, privileges))).status, 200);
    const given = Object.entries((await roles())![app.chloe.id]!).filter(([, isGiven]) => isGiven);
    assert.deepEqual(given.map(([name]) => name).toSorted(), expected.toSorted(), privileges.join(' '));
  }
  // Several entries for one person are one.
  const both = ace(app.chloe, ['bind']) + ace(app.chloe, ['share']);
  assert.equal((await setAcl(app.ada, path, both)).status, 200);
  const { mayAdd, mayShare } = (await roles())![app.chloe.id]!;
  assert.deepEqual([mayAdd, mayShare], [true, true]);
});

/** What is not in the list, and by which condition it is refused. */
const refused: readonly {
  readonly title: string;
  readonly condition: string | null;
  readonly entry: (app: TestApp, paths: { readonly top: string; readonly path: string }) => string;
}[] = [
  {
    title: 'less for the owner than they have',
    condition: 'no-protected-ace-conflict',
    entry: ({ ada }) => ace(ada, ['read']),
  },
  {
    title: 'less for the owner, marked as protected',
    condition: 'no-protected-ace-conflict',
    entry: ({ ada }) => ace(ada, ['read'], '<D:protected/>'),
  },
  {
    title: 'a protected entry for somebody else',
    condition: 'no-protected-ace-conflict',
    entry: ({ chloe }) => ace(chloe, ['read'], '<D:protected/>'),
  },
  {
    title: 'an inherited entry that grants something else',
    condition: 'no-inherited-ace-conflict',
    entry: ({ ben }, { top }) => ace(ben, ['read', 'write'], inherited(top)),
  },
  {
    title: 'an inherited entry for somebody who inherits nothing',
    condition: 'no-inherited-ace-conflict',
    entry: ({ chloe }, { top }) => ace(chloe, reading, inherited(top)),
  },
  {
    title: 'an inherited entry from another folder',
    condition: 'no-inherited-ace-conflict',
    entry: ({ ben }, { path }) => ace(ben, reading, inherited(path)),
  },
  {
    title: 'a denial',
    condition: 'grant-only',
    entry: ({ ben }) =>
      aceOf(`<D:principal><D:href>${principal(ben)}</D:href></D:principal>`, `<D:deny>${privilege('write')}</D:deny>`),
  },
  {
    title: 'everybody but one',
    condition: 'no-invert',
    entry: ({ ben }) =>
      aceOf(`<D:invert><D:principal><D:href>${principal(ben)}</D:href></D:principal></D:invert>`, grant(['read'])),
  },
  {
    title: 'a privilege that is not in the tree',
    condition: 'not-supported-privilege',
    entry: ({ ben }) => ace(ben, ['read', 'unlock']),
  },
  {
    title: 'somebody who is not known',
    condition: 'recognized-principal',
    entry: () => ace({ id: 'nobody' }, ['read']),
  },
  {
    title: 'everybody',
    condition: 'allowed-principal',
    entry: () => aceOf('<D:principal><D:all/></D:principal>', grant(['read'])),
  },
  {
    title: 'two people in one entry',
    condition: null,
    entry: ({ ben, chloe }) =>
      aceOf(
        ...[ben, chloe].map((who) => `<D:principal><D:href>${principal(who)}</D:href></D:principal>`),
        grant(['read']),
      ),
  },
  {
    title: 'a grant of nothing',
    condition: null,
    entry: ({ chloe }) => ace(chloe, []),
  },
];

test('what the list cannot become is refused by its condition, and nothing of it is done: C246', async () => {
  await using app = await createTestApp();
  const { top, path, roles } = await scene(app);
  const before = await roles();
  for (const { title, condition, entry } of refused) {
    const reply = await setAcl(app.ada, path, ace(app.ben, ['write']) + entry(app, { top, path }));
    const expected = condition === null ? [400, []] : [403, [D(condition)]];
    assert.deepEqual([reply.status, conditionsOf(reply)], expected, title);
    assert.deepEqual(await roles(), before, title);
  }
});
