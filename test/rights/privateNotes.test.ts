/** Private notes: who may write and see them, by role, and that no way shows anybody else's. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { card, changes, create, destroy, folder, list, session, share, shareAccepted, stateOf } from '../kit/calls.ts';
import { dav } from '../kit/dav.ts';
import { makeDevice } from '../kit/device.ts';
import { comeAsGuest, shareWithGuest } from '../kit/guest.ts';
import type { Person } from '../kit/person.ts';
import { createTestApp } from '../kit/world.ts';
import type { TestApp } from '../kit/world.ts';

/** A word that stands nowhere but in a private note. */
const secret = 'quetzalcoatl';

let app: TestApp;
let bookId = '';
let cardId = '';

before(async () => {
  app = await createTestApp();
  bookId = await folder(app.ada, 'Presse');
  cardId = await card(app.ada, bookId, 'Jean Dupont');
});
after(() => app.close());

type Reader = { readonly role: string; readonly may: boolean; come(): Promise<Person> };

const sharedWith = (role: string, name: string): Reader => ({
  role,
  may: role !== 'none',
  async come() {
    const who = await app.person(name);
    if (role === 'none') await share(app.ada, bookId, who, role);
    else await shareAccepted(app.ada, bookId, who, role);
    return who;
  },
});

const readers: readonly Reader[] = [
  { role: 'owner', may: true, come: () => Promise.resolve(app.ada) },
  sharedWith('viewer', 'Vera'),
  sharedWith('contributor', 'Carl'),
  sharedWith('manager', 'Mona'),
  sharedWith('admin', 'Alix'),
  sharedWith('none', 'Noe'),
  { role: 'stranger', may: false, come: () => app.person('Sam') },
  {
    role: 'guest',
    may: true,
    async come() {
      await shareWithGuest(app.ada, bookId, 'ines@dehors.example');
      return comeAsGuest(app, 'ines@dehors.example');
    },
  },
  {
    role: 'someone who has not answered yet',
    may: true,
    async come() {
      const who = await app.person('Willy');
      await share(app.ada, bookId, who, 'viewer');
      return who;
    },
  },
  {
    role: 'app password without limits',
    may: true,
    come: async () => makeDevice(app.url, await sharedWith('manager', 'Dora').come()),
  },
  {
    role: 'app password that may only read',
    may: false,
    come: async () => makeDevice(app.url, await sharedWith('manager', 'Rosa').come(), { mayWrite: false }),
  },
  {
    role: 'app password for the folder alone',
    may: false,
    come: async () => makeDevice(app.url, await sharedWith('manager', 'Fred').come(), { addressBookId: bookId }),
  },
];

for (const { role, may, come } of readers)
  test(`${role}: ${may ? 'notes something, and sees it' : 'notes nothing'}`, async () => {
    const who = await come();
    const result = await who.call('PrivateNote/set', { create: { n: { cardId, text: `de ${role}` } } });
    assert.equal(Boolean(result['created']), may, JSON.stringify(result));
    const seen = await who.call('PrivateNote/get', { ids: null });
    const texts = seen['list'] ? [...seen['list']].map((one) => one['text']) : [];
    assert.deepEqual(texts, may ? [`de ${role}`] : []);
  });

/** Everything that somebody can read of Ada's account, as text. */
async function everythingFor(who: Person): Promise<string> {
  const { ada } = app;
  const types = ['AddressBook', 'ContactCard', 'Share'];
  const own = ['PrivateNote', 'ShareInvitation', 'ShareNotification', 'TrashItem', 'Preferences', 'ContactImport'];
  const objects = [
    ...(await Promise.all(types.map((type) => who.call(`${type}/get`, { accountId: ada.id, ids: null })))),
    ...(await Promise.all(own.map((type) => who.call(`${type}/get`, { ids: null })))),
    await who.call('CardVersion/query', { accountId: ada.id, filter: { inAddressBook: bookId } }),
    await who.call('CardActivity/query', { accountId: ada.id, filter: { inAddressBook: bookId } }),
    await session(who),
  ];
  const home = await dav(who, 'PROPFIND', `/dav/addressbooks/${who.id}/`, { headers: { Depth: '1' } });
  const books = home.responses.map(({ href }) => href).filter((href) => href !== `/dav/addressbooks/${who.id}/`);
  const cards = await Promise.all(
    books.map(async (href) => {
      const { responses } = await dav(who, 'PROPFIND', href, { headers: { Depth: '1' } });
      const hrefs = responses.map((one) => one.href).filter((one) => one.endsWith('.vcf'));
      return Promise.all(hrefs.map(async (one) => (await dav(who, 'GET', one)).text));
    }),
  );
  const files = await Promise.all(
    ['csv', 'vcf', 'ldif'].map(async (kind) => (await who.get(`/home/${ada.id}/${bookId}.${kind}`)).text()),
  );
  return JSON.stringify([objects, cards, files]);
}

const searches = ['text', 'note', 'anyText', 'privateNote'];

test('what one person notes reaches nobody else: no state moves, no search finds it, no way shows it', async () => {
  const { ada } = app;
  const ben = app.ben;
  await shareAccepted(ada, bookId, ben, 'admin');
  const bookOfBen = await folder(ben, 'Chez Ben');
  const hisCard = await card(ben, bookOfBen, 'Anne');
  await shareAccepted(ben, bookOfBen, ada, 'admin');
  const { world } = app;
  await world.db.transaction((tx) =>
    tx.run(tx.build.updateTable('principal').set({ is_administrator: 1 }).where('id', '=', ada.id)),
  );
  // Whoever deletes a note must not be found by its absence either: Ada looks before, between and after.
  const types = ['AddressBook', 'ContactCard', 'Share', 'ShareInvitation', 'TrashItem', 'PrivateNote'];
  const statesOf = async () => [
    ...(await Promise.all(types.map((type) => stateOf(ada, type)))),
    await stateOf(ada, 'ContactCard', ben.id),
    (await ada.call('ContactCard/query', { filter: { anyText: secret } }))['queryState'],
    (await dav(ada, 'PROPFIND', `/dav/addressbooks/${ada.id}/`, { headers: { Depth: '1' } })).text,
  ];
  const before_ = await statesOf();
  for (const id of [cardId, hisCard]) await create(ben, 'PrivateNote', { cardId: id, text: `${secret} ${secret}` });
  assert.deepEqual(await statesOf(), before_);
  for (const type of ['ContactCard', 'PrivateNote']) {
    const told = await changes(ada, type, (await stateOf(ada, type))!);
    assert.deepEqual([told['created'], told['updated'], told['destroyed']], [[], [], []]);
  }
  for (const accountId of [ada.id, ben.id])
    for (const name of searches) {
      const args = { accountId, filter: { [name]: secret }, calculateTotal: true };
      const result = await ada.call('ContactCard/query', args);
      assert.deepEqual([Number(result['total']), result['ids']], [0, []], name);
    }
  // The same questions as Ben's right after him: no list of his is handed on.
  await ben.call('ContactCard/query', { accountId: ada.id, filter: { anyText: secret }, calculateTotal: true });
  const handed = await ada.call('ContactCard/query', { filter: { anyText: secret }, calculateTotal: true });
  assert.equal(Number(handed['total']), 0);
  assert.ok(!(await everythingFor(ada)).includes(secret));
  assert.ok((await everythingFor(ben)).includes(secret), 'or else nothing was looked at');
  for (const id of [cardId, hisCard]) await destroy(ben, 'PrivateNote', id);
  assert.deepEqual(await statesOf(), before_);
});

test('a note is in no vCard, and so in no tag of CardDAV', async () => {
  const { ada, chloe } = app;
  await shareAccepted(ada, bookId, chloe, 'viewer');
  await create(chloe, 'PrivateNote', { cardId, text: secret });
  const { world } = app;
  for (const table of ['card_record', 'card_text', 'card_brief', 'card_token', 'card_words', 'card_version'] as const) {
    const rows = await world.db.all(world.db.build.selectFrom(table).selectAll());
    assert.ok(!JSON.stringify(rows).includes(secret), table);
  }
  assert.equal((await list(chloe, 'PrivateNote')).length, 1);
});
