/** Linked copies: who may make one, by role, and that nobody but its maker knows of the link. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { card, create, folder, list, share, shareAccepted, stateOf } from '../kit/calls.ts';
import { makeDevice } from '../kit/device.ts';
import { comeAsGuest, shareWithGuest } from '../kit/guest.ts';
import type { Person } from '../kit/person.ts';
import { createTestApp } from '../kit/world.ts';
import type { TestApp } from '../kit/world.ts';

let app: TestApp;
let bookId = '';
let cardId = '';

before(async () => {
  app = await createTestApp();
  bookId = await folder(app.ada, 'Presse');
  cardId = await card(app.ada, bookId, 'Jean Dupont');
});
after(() => app.close());

/** Somebody with a folder of their own, for whom Ada's folder is shared. */
async function come(role: string, name: string, isAccepted = true): Promise<{ who: Person; own: string }> {
  const who = await app.person(name);
  if (role !== '') await (isAccepted && role !== 'none' ? shareAccepted : share)(app.ada, bookId, who, role);
  return { who, own: await folder(who, 'À moi') };
}

const rows: readonly (readonly [role: string, may: boolean, come: () => Promise<{ who: Person; own: string }>])[] = [
  ['owner', true, async () => ({ who: app.ada, own: await folder(app.ada, 'Copies') })],
  ['viewer', true, () => come('viewer', 'Vera')],
  ['contributor', true, () => come('contributor', 'Carl')],
  ['manager', true, () => come('manager', 'Mona')],
  ['admin', true, () => come('admin', 'Alix')],
  ['someone who has not answered yet', true, () => come('viewer', 'Willy', false)],
  ['none', false, () => come('none', 'Noe')],
  ['stranger', false, () => come('', 'Sam')],
  [
    'app password without limits',
    true,
    async () => {
      const { who, own } = await come('viewer', 'Dora');
      return { who: await makeDevice(app.url, who), own };
    },
  ],
  [
    'app password that may only read',
    false,
    async () => {
      const { who, own } = await come('viewer', 'Rosa');
      return { who: await makeDevice(app.url, who, { mayWrite: false }), own };
    },
  ],
  [
    'app password for the folder alone',
    false,
    async () => {
      const { who, own } = await come('viewer', 'Fred');
      return { who: await makeDevice(app.url, who, { addressBookId: own }), own };
    },
  ],
];

for (const [role, may, arrive] of rows)
  test(`${role}: ${may ? 'makes a linked copy' : 'makes none'}`, async () => {
    const { who, own } = await arrive();
    const result = await who.call('CardLink/set', { create: { k: { sourceId: cardId, addressBookId: own } } });
    assert.equal(Boolean(result['created']), may, JSON.stringify(result));
  });

test('a guest has nowhere to copy to, and may not copy into the folder that they only read', async () => {
  await shareWithGuest(app.ada, bookId, 'ines@dehors.example');
  const guest = await comeAsGuest(app, 'ines@dehors.example');
  const result = await guest.call('CardLink/set', { create: { k: { sourceId: cardId, addressBookId: bookId } } });
  assert.equal(result['notCreated']!['k']!['type'], 'forbidden');
});

test('the owner of the original hears nothing of its copies: no state moves, and no link is told', async () => {
  const { ada } = app;
  const types = ['AddressBook', 'ContactCard', 'Share', 'CardLink', 'PrivateNote', 'TrashItem'];
  const states = () => Promise.all(types.map((type) => stateOf(ada, type)));
  const { who, own } = await come('viewer', 'Zoe');
  const before_ = await states();
  const copyId = await create(who, 'CardLink', { sourceId: cardId, addressBookId: own });
  assert.deepEqual(await states(), before_);
  assert.ok(!(await list(ada, 'CardLink')).some((link) => link['id'] === copyId));
  const foreign = await ada.call('CardLink/get', { accountId: who.id, ids: [copyId] });
  assert.equal(foreign['type'], 'accountNotFound');
});
