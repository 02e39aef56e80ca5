import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCards } from '../../../src/core/card/checkCards.ts';
import {
  card,
  changes,
  create,
  destroy,
  folder,
  get,
  list,
  pixel,
  refusal,
  share,
  shareAccepted,
  stateOf,
  update,
  upload,
} from '../../kit/calls.ts';
import { historyOf } from '../../kit/history.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const offer = (from: Person, addressBookId: string, to: Person, more: object = {}) =>
  create(from, 'FolderHandover', { addressBookId, toId: to.id, keptRole: 'none', ...more });

const accept = (person: Person, id: string) => update(person, 'FolderHandover', id, { status: 'accepted' });

async function books(person: Person, accountId = person.id): Promise<Record<string, string>> {
  const { list: all } = await person.call('AddressBook/get', { accountId });
  return Object.fromEntries([...(all ?? [])].map((book) => [book['id'], book['name']])) as Record<string, string>;
}

test('a folder is handed over with all that is in it, once the other person has accepted', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe, world } = app;
  const press = await folder(ada, 'Presse', { color: 'green' });
  const radio = await folder(ada, 'Radio', { parentId: press });
  const blobId = await upload(ada, pixel, 'image/png');
  const jean = await create(ada, 'ContactCard', {
    name: { full: 'Jean Dupont' },
    uid: 'urn:uuid:jean',
    media: { photo: { kind: 'photo', blobId, mediaType: 'image/png' } },
    addressBookIds: { [press]: true },
  });
  const marie = await card(ada, radio, 'Marie Martin');
  const group = await create(ada, 'ContactCard', {
    kind: 'group',
    name: { full: 'Tous' },
    members: { 'urn:uuid:jean': true },
    addressBookIds: { [press]: true },
  });
  await update(ada, 'ContactCard', jean, { 'name/full': 'Jean Durand' });
  await shareAccepted(ada, press, chloe, 'manager');
  await update(chloe, 'AddressBook', press, { name: 'Ma presse', color: 'red' }, { accountId: ada.id });
  const publicId = await create(ada, 'Share', { addressBookId: press, type: 'public' });
  const { url } = (await get(ada, 'Share', publicId))! as unknown as { url: string };
  const before = { cards: await stateOf(ben, 'ContactCard'), adas: await stateOf(ada, 'ContactCard') };

  const id = await offer(ada, press, ben, { note: 'Je pars en septembre.' });
  const seen = (await get(ben, 'FolderHandover', id))!;
  assert.deepEqual(
    [seen['name'], seen['fromName'], seen['note'], seen['cardCount'], seen['folderCount'], seen['shareCount']],
    ['Presse', 'Ada', 'Je pars en septembre.', 3, 2, 2],
  );
  assert.ok(!(press in (await books(ben))), 'nothing has changed yet');
  await card(ada, press, 'Encore à moi');
  assert.equal((await ben.call('AddressBook/get', { accountId: ada.id }))['type'], 'accountNotFound');

  await accept(ben, id);
  const mine = await books(ben);
  assert.deepEqual([mine[press], mine[radio]], ['Presse', 'Radio']);
  const book = (await get(ben, 'AddressBook', press))!;
  assert.deepEqual(
    [book['color'], book['parentId'], book['isSubscribed'], book['invitation'], Boolean(book['myRights']!['mayShare'])],
    ['green', null, true, null, true],
  );
  const told = await changes(ben, 'ContactCard', before.cards);
  assert.deepEqual(
    [jean, marie, group].filter((each) => !told['created']!.includes(each)),
    [],
  );
  const left = await changes(ada, 'ContactCard', before.adas);
  assert.deepEqual(
    [jean, marie, group].filter((each) => !left['destroyed']!.includes(each)),
    [],
  );
  const jeansNow = (await get(ben, 'ContactCard', jean))!;
  const photo = (jeansNow['media'] as unknown as Record<string, { blobId: string }>)['photo']!;
  assert.equal((await ben.get(`/jmap/download/${ben.id}/${photo.blobId}/photo.png`)).status, 200);
  assert.deepEqual(
    (await historyOf(ben, jean)).map(({ action, authorName }) => [action, authorName]),
    [
      ['handedOver', 'Ada'],
      ['updated', 'Ada'],
      ['created', 'Ada'],
    ],
  );
  assert.equal((await fetch(`${url}.csv`)).status, 200, 'the public link goes on');
  const hers = (await get(chloe, 'AddressBook', press, { accountId: ben.id }))!;
  assert.deepEqual([hers['name'], hers['color'], hers['isSubscribed']], ['Ma presse', 'red', true]);
  await card(chloe, press, 'Nouvelle', { accountId: ben.id });
  assert.ok(!(press in (await books(ada))));
  assert.equal((await ada.call('AddressBook/get', { accountId: ben.id }))['type'], 'accountNotFound');
  assert.deepEqual(await checkCards(world, () => undefined), []);
  assert.deepEqual(app.faults, []);
});

test('who hands a folder over keeps the role that they chose, under the name that it had for them', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const press = await folder(ada, 'Presse', { color: 'green' });
  const below = await folder(ada, 'Radio', { parentId: press });
  await folder(ben, 'Presse');
  const id = await offer(ada, press, ben, { keptRole: 'manager' });
  await accept(ben, id);
  assert.deepEqual(await books(ada, ben.id), { [press]: 'Presse', [below]: 'Radio' });
  const kept = (await get(ada, 'AddressBook', press, { accountId: ben.id }))!;
  assert.deepEqual(
    [kept['color'], kept['sharedName'], kept['isSubscribed'], Boolean(kept['myRights']!['mayWrite'])],
    ['green', 'Presse (2)', true, true],
  );
  assert.equal((await list(ben, 'Share')).find((each) => each['principalId'] === ada.id)!['status'], 'accepted');
  await card(ada, press, 'Toujours là', { accountId: ben.id });
  // Giving it back is another handing over.
  const back = await offer(ben, press, ada);
  await accept(ada, back);
  assert.equal((await books(ada))[press], 'Presse (2)');
  assert.equal((await list(ada, 'Share')).length, 0);
});

test('until it is answered the owner withdraws the offer, and the other declines it', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe } = app;
  const press = await folder(ada, 'Presse');
  const id = await offer(ada, press, ben);
  assert.equal((await refusal(ada, 'FolderHandover/set', accepting(id)))['type'], 'notFound', 'not for her to accept');
  assert.equal((await refusal(chloe, 'FolderHandover/set', accepting(id)))['type'], 'notFound');
  assert.equal((await refusal(ben, 'FolderHandover/set', { destroy: [id] }))['type'], 'forbidden');
  const twice = { create: { new: { addressBookId: press, toId: chloe.id } } };
  assert.equal((await refusal(ada, 'FolderHandover/set', twice))['type'], 'handoverWaits');
  await destroy(ada, 'FolderHandover', id);
  assert.deepEqual(await list(ben, 'FolderHandover'), []);
  assert.equal((await refusal(ben, 'FolderHandover/set', accepting(id)))['type'], 'notFound');
  const again = await offer(ada, press, ben);
  await update(ben, 'FolderHandover', again, { status: 'declined' });
  assert.deepEqual(await list(ben, 'FolderHandover'), [], 'declined, it is done for him');
  assert.equal((await get(ada, 'FolderHandover', again))!['status'], 'declined');
  assert.equal((await books(ada))[press], 'Presse');
  await destroy(ada, 'FolderHandover', again);
  assert.deepEqual(await list(ada, 'FolderHandover'), []);
});

const accepting = (id: string) => ({ update: { [id]: { status: 'accepted' } } });

test('what cannot be handed over is refused with the reason, also when it changed meanwhile', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe } = app;
  const all = await list(ada, 'AddressBook');
  const system = (role: string) => String(all.find((book) => book['role'] === role)!['id']);
  const press = await folder(ada, 'Presse');
  const below = await folder(ada, 'Radio', { parentId: press });
  const normal = await folder(ada, 'Normal');
  await ada.call('AddressBook/set', { onSuccessSetIsDefault: normal });
  const theirs = await folder(ben, 'Chez Ben');
  await shareAccepted(ben, theirs, ada, 'admin');
  const tried = async (addressBookId: string, more: object = { toId: ben.id }) => {
    const { type, reason } = (await refusal(ada, 'FolderHandover/set', {
      create: { new: { addressBookId, ...more } },
    })) as unknown as Record<string, string>;
    return reason ?? type;
  };
  assert.equal(await tried(system('contacts')), 'systemFolder');
  assert.equal(await tried(system('collected')), 'systemFolder');
  assert.equal(await tried(below), 'notTopLevel');
  assert.equal(await tried(normal), 'defaultFolder');
  assert.equal(await tried(theirs, { toId: chloe.id }), 'notOwner');
  assert.equal(await tried('fnobody'), 'notFound');
  assert.equal(await tried(press, { toId: ada.id }), 'givingToSelf');
  assert.equal(await tried(press, { toEmail: 'personne@demo.example' }), 'unknownPrincipal');
  assert.equal(await tried(press, {}), 'unknownPrincipal');
  assert.equal(await tried(press, { toId: ben.id, keptRole: 'owner' }), 'invalidProperties');
  assert.equal(await tried(press, { toId: ben.id, note: 'x'.repeat(10_001) }), 'invalidProperties');
  const id = await create(ada, 'FolderHandover', { addressBookId: press, toEmail: ben.email });
  const above = await folder(ada, 'Dessus');
  await update(ada, 'AddressBook', press, { parentId: above });
  assert.equal((await refusal(ben, 'FolderHandover/set', accepting(id)))['reason'], 'notTopLevel');
  await update(ada, 'AddressBook', press, { parentId: null });
  await destroy(ada, 'AddressBook', press, { onDestroyRemoveContents: true });
  assert.deepEqual(await list(ben, 'FolderHandover'), [], 'what is in the trash is offered no more');
  assert.equal((await refusal(ben, 'FolderHandover/set', accepting(id)))['type'], 'notFound');
});

test('who has no room for a folder cannot take it, and nothing of it has moved', async () => {
  await using app = await createTestApp({ environment: { COTERIE_MAX_CARDS_PER_ACCOUNT: '2' } });
  const { ada, ben } = app;
  const [press, mine] = [await folder(ada, 'Presse'), await folder(ben, 'Les miens')];
  const jean = await card(ada, press, 'Jean');
  await card(ada, press, 'Marie');
  await card(ben, mine, 'Paul');
  const id = await offer(ada, press, ben);
  assert.equal((await refusal(ben, 'FolderHandover/set', accepting(id)))['type'], 'overQuota');
  assert.equal((await get(ada, 'FolderHandover', id))!['status'], 'waiting');
  assert.ok(await get(ada, 'ContactCard', jean));
  assert.equal((await books(ben))[press], undefined);
});

test('cards of one uid stay two, and what was deleted goes along', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe, world } = app;
  const [press, theirs] = [await folder(ada, 'Presse'), await folder(ben, 'À moi')];
  const uid = 'urn:uuid:00000000-0000-4000-8000-000000000001';
  const cardOf = (person: Person, bookId: string) =>
    create(person, 'ContactCard', { uid, name: { full: 'Deux fois' }, addressBookIds: { [bookId]: true } });
  const [one, other] = [await cardOf(ada, press), await cardOf(ben, theirs)];
  const sub = await folder(ada, 'Radio', { parentId: press });
  const inSub = await card(ada, sub, 'Dans Radio');
  await share(ada, sub, chloe, 'viewer');
  await destroy(ada, 'AddressBook', sub, { onDestroyRemoveContents: true });
  const gone = await card(ada, press, 'Supprimé');
  await destroy(ada, 'ContactCard', gone);
  const trash = await stateOf(ada, 'TrashItem');
  await accept(ben, await offer(ada, press, ben));
  const uids = await Promise.all([one, other].map(async (id) => (await get(ben, 'ContactCard', id))!['uid']));
  assert.equal(uids[1], uid);
  assert.notEqual(uids[0], uid);
  assert.deepEqual((await list(ben, 'TrashItem')).map((item) => item['id']).sort(), [gone, sub].sort());
  const told = await changes(ada, 'TrashItem', trash);
  assert.deepEqual([...told['updated']!].sort(), [gone, sub].sort(), 'what she deleted stays in her trash, too');
  assert.deepEqual(
    (await list(ada, 'TrashItem')).map((item) => Boolean(item['mayRestore'])),
    [false, false],
  );
  const restored = await ben.call('TrashItem/restore', { ids: [sub, gone] });
  assert.deepEqual(restored['restored']![sub], { accountId: ben.id, addressBookId: sub });
  assert.equal((await get(ben, 'AddressBook', sub))!['parentId'], press);
  assert.ok(await get(ben, 'ContactCard', inSub));
  assert.equal((await list(ben, 'Share')).length, 1, 'with the share that it had');
  assert.deepEqual(await checkCards(world, () => undefined), []);
});

test('guests can neither give folders nor take them', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const press = await folder(ada, 'Presse');
  await create(ada, 'Share', { addressBookId: press, type: 'guest', email: 'ines@ailleurs.example', role: 'viewer' });
  const wanted = { create: { new: { addressBookId: press, toEmail: 'ines@ailleurs.example' } } };
  assert.equal((await refusal(ada, 'FolderHandover/set', wanted))['type'], 'unknownPrincipal');
});

test('all windows are told at once', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const press = await folder(ada, 'Presse');
  const heard = async (person: Person, act: () => Promise<unknown>) => {
    const stream = await person.get('/jmap/eventsource?types=*&closeafter=state&ping=0');
    await act();
    return stream.text();
  };
  let id = '';
  assert.match(
    await heard(ben, async () => {
      id = await offer(ada, press, ben);
    }),
    /"FolderHandover"/u,
  );
  assert.match(await heard(ada, () => accept(ben, id)), /"FolderHandover"/u);
});
