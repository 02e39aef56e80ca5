import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  answer,
  card,
  create,
  folder,
  get,
  list,
  refusal,
  session,
  share,
  shareAccepted,
  update,
} from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
before(async () => {
  app = await createTestApp();
});
after(() => app.close());

const nothing = { mayRead: false, mayWrite: false, mayAdd: false, mayShare: false, mayDelete: false };
const viewer = { ...nothing, mayRead: true };
const contributor = { ...viewer, mayAdd: true };
const manager = { ...contributor, mayWrite: true };
const admin = { ...manager, mayShare: true };

test('before anything is shared, the account of somebody else does not exist', async () => {
  const { ada, chloe } = app;
  assert.deepEqual(Object.keys((await session(chloe)).accounts), [chloe.id, 'directory']);
  for (const method of ['AddressBook/get', 'ContactCard/get', 'ContactCard/query', 'AddressBook/set', 'Share/get']) {
    assert.equal((await chloe.call(method, { accountId: ada.id }))['type'], 'accountNotFound', method);
  }
});

test('each role gives the rights that it names, from the moment of the share', async () => {
  const { ada, ben } = app;
  for (const [role, rights] of Object.entries({ viewer, contributor, manager, admin })) {
    const id = await folder(ada, `Rôle ${role}`);
    const shareId = await share(ada, id, ben, role);
    const seen = (await get(ben, 'AddressBook', id, { accountId: ada.id }))!;
    assert.deepEqual(
      [seen['myRights'], seen['invitation'], seen['isSubscribed'], seen['isDefault']],
      [rights, 'waiting', false, false],
    );
    const made = (await get(ada, 'Share', shareId))!;
    assert.deepEqual(
      [made['role'], made['rights'], made['status'], made['type'], made['granteeKind']],
      [role, rights, 'waiting', 'principal', 'individual'],
    );
    assert.deepEqual([made['name'], made['email'], made['createdBy'], made['url']], ['Ben', ben.email, ada.id, null]);
    assert.deepEqual((await get(ada, 'AddressBook', id))!['shareWith'], { [ben.id]: rights });
  }
});

test('an accepted share puts the account into the session: not personal, and read-only as long as nothing may be written', async () => {
  const [owner, reader] = [await app.person('Odile'), await app.person('Rémi')];
  const id = await folder(owner, 'Presse');
  const shareId = await share(owner, id, reader, 'viewer');
  assert.deepEqual(Object.keys((await session(reader)).accounts), [reader.id, 'directory']);
  await answer(reader, id, 'accepted');
  const { accounts, state } = await session(reader);
  const account = accounts[owner.id]!;
  assert.deepEqual([account['name'], account['isPersonal'], account['isReadOnly']], ['Odile', false, true]);
  await update(owner, 'Share', shareId, { role: 'manager' });
  const later = await session(reader);
  assert.equal(later.accounts[owner.id]!['isReadOnly'], false);
  assert.notEqual(later.state, state);
});

test('a sharee sees the shared folder and no other', async () => {
  const [owner, reader] = [await app.person('Paul'), await app.person('Nina')];
  const [shown, hidden] = [await folder(owner, 'Montré'), await folder(owner, 'Caché')];
  const [there, secret] = [await card(owner, shown, 'Jean Dupont'), await card(owner, hidden, 'Tante Rose')];
  await shareAccepted(owner, shown, reader, 'viewer');
  const where = { accountId: owner.id };
  assert.deepEqual(
    (await list(reader, 'AddressBook', where)).map((book) => book['id']),
    [shown],
  );
  assert.deepEqual(
    (await list(reader, 'ContactCard', where)).map((item) => item['id']),
    [there],
  );
  assert.deepEqual((await reader.call('ContactCard/get', { ...where, ids: [secret] }))['notFound'], [secret]);
  const found = await reader.call('ContactCard/query', { ...where, calculateTotal: true });
  assert.deepEqual([found['ids'], found['total']], [[there], 1]);
  const inHidden = await reader.call('ContactCard/query', {
    ...where,
    filter: { inAddressBook: hidden },
    calculateTotal: true,
  });
  assert.deepEqual([inHidden['ids'], inHidden['total']], [[], 0]);
  assert.equal(
    (await refusal(reader, 'ContactCard/set', { ...where, update: { [secret]: { kind: 'org' } } }))['type'],
    'notFound',
  );
});

test('shareWith shows all four rights, and is taken for a patch of one of them', async () => {
  const { ada, ben, chloe } = app;
  const id = await folder(ada, 'Par la norme');
  const patch = (value: object) => update(ada, 'AddressBook', id, value);
  const shown = async () => (await get(ada, 'AddressBook', id))!['shareWith'];
  assert.equal(await shown(), null);
  await patch({ [`shareWith/${ben.id}`]: { mayRead: true } });
  assert.deepEqual(await shown(), { [ben.id]: viewer });
  await patch({ [`shareWith/${ben.id}/mayWrite`]: true });
  assert.deepEqual(await shown(), { [ben.id]: manager });
  await patch({ shareWith: { [ben.id]: manager, [chloe.id]: { mayRead: true } } });
  assert.deepEqual(await shown(), { [ben.id]: manager, [chloe.id]: viewer });
  await patch({ [`shareWith/${ben.id}`]: null });
  assert.deepEqual(await shown(), { [chloe.id]: viewer });
  await patch({ shareWith: null });
  assert.equal(await shown(), null);
});

test('a folder can be made and shared in one', async () => {
  const { ada, ben } = app;
  const id = await create(ada, 'AddressBook', { name: 'Neuf et partagé', shareWith: { [ben.id]: viewer } });
  assert.equal((await get(ben, 'AddressBook', id, { accountId: ada.id }))!['name'], 'Neuf et partagé');
});

test('rights that make no role are kept as they are', async () => {
  const { ada, ben } = app;
  const id = await folder(ada, 'À part');
  const rights = { ...nothing, mayRead: true, mayDelete: true };
  await update(ada, 'AddressBook', id, { shareWith: { [ben.id]: rights } });
  const seen = (await get(ben, 'AddressBook', id, { accountId: ada.id }))!;
  assert.deepEqual(seen['myRights'], rights);
  const [made] = (await list(ada, 'Share')).filter((candidate) => candidate['addressBookId'] === id);
  assert.equal(made!['role'], 'custom');
  await update(ada, 'Share', made!['id']!, { role: 'custom', expiresAt: null });
  assert.deepEqual((await get(ada, 'AddressBook', id))!['shareWith'], { [ben.id]: rights });
});

test('a sharee who may not share sees no shareWith, no shares, and changes none', async () => {
  const { ada, ben, chloe } = app;
  const where = { accountId: ada.id };
  const id = await folder(ada, 'Discret');
  await share(ada, id, chloe, 'viewer');
  await shareAccepted(ada, id, ben, 'manager');
  const seen = (await get(ben, 'AddressBook', id, where))!;
  assert.deepEqual([seen['shareWith'], seen['shareCount']], [null, 0]);
  const shares = (await list(ben, 'Share', where)).filter((item) => item['addressBookId'] === id);
  assert.deepEqual(shares, []);
  const error = await refusal(ben, 'AddressBook/set', {
    ...where,
    update: { [id]: { shareWith: { [chloe.id]: manager } } },
  });
  assert.equal(error['type'], 'forbidden');
});

test('an administrator of a folder shares it on, changes and ends shares, and sees all of them', async () => {
  const { ada, ben, chloe } = app;
  const where = { accountId: ada.id };
  const id = await folder(ada, 'Administré');
  await shareAccepted(ada, id, ben, 'admin');
  const made = await create(ben, 'Share', { addressBookId: id, principalId: chloe.id, role: 'viewer' }, where);
  const seen = (await get(ben, 'AddressBook', id, where))!;
  assert.deepEqual([seen['shareWith'], seen['shareCount']], [{ [ben.id]: admin, [chloe.id]: viewer }, 2]);
  await update(ben, 'Share', made, { role: 'manager' }, where);
  assert.equal((await get(ada, 'Share', made))!['createdBy'], ben.id);
  assert.equal((await get(chloe, 'AddressBook', id, where))!['myRights']!['mayWrite'], true);
  await ben.call('Share/set', { ...where, destroy: [made] });
  assert.equal(await get(ada, 'Share', made), undefined);
});

test('an administrator gives no right that they lack, and cannot touch the owner', async () => {
  const { ada, ben, chloe } = app;
  const id = await folder(ada, 'Limité');
  await shareAccepted(ada, id, ben, 'admin');
  const patch = (principalId: string, rights: object) =>
    refusal(ben, 'AddressBook/set', { accountId: ada.id, update: { [id]: { [`shareWith/${principalId}`]: rights } } });
  assert.equal((await patch(chloe.id, { ...admin, mayDelete: true }))['type'], 'forbidden');
  assert.deepEqual((await patch(ada.id, nothing))['properties'], [`shareWith/${ada.id}`]);
  const made = { addressBookId: id, principalId: ada.id, role: 'none' };
  assert.equal(
    (await refusal(ben, 'Share/set', { accountId: ada.id, create: { new: made } }))['type'],
    'sharingWithOwner',
  );
  assert.deepEqual((await get(ada, 'AddressBook', id))!['myRights'], { ...admin, mayDelete: true });
});

test('an administrator may keep a right that another has already', async () => {
  const { ada, ben, chloe } = app;
  const id = await folder(ada, 'Acquis');
  await update(ada, 'AddressBook', id, { shareWith: { [chloe.id]: { ...manager, mayDelete: true } } });
  await shareAccepted(ada, id, ben, 'admin');
  await update(ben, 'AddressBook', id, { [`shareWith/${chloe.id}/mayShare`]: true }, { accountId: ada.id });
  assert.equal((await get(ada, 'AddressBook', id))!['shareWith']![chloe.id]!['mayDelete'], true);
});

test('an administrator who ends all shares ends their own with them, as the last', async () => {
  const { ada, ben, chloe } = app;
  const id = await folder(ada, 'Tout finir');
  await shareAccepted(ada, id, ben, 'admin');
  await share(ada, id, chloe, 'viewer');
  await share(ada, id, await app.person('Gaston'), 'viewer');
  await update(ben, 'AddressBook', id, { shareWith: null }, { accountId: ada.id });
  assert.equal((await get(ada, 'AddressBook', id))!['shareWith'], null);
});

test('an administrator who steps back may order the rest in the same call', async () => {
  const { ada, ben, chloe } = app;
  const id = await folder(ada, 'Reculer');
  await shareAccepted(ada, id, ben, 'admin');
  await share(ada, id, chloe, 'viewer');
  await update(ben, 'AddressBook', id, { shareWith: { [ben.id]: viewer } }, { accountId: ada.id });
  assert.deepEqual((await get(ada, 'AddressBook', id))!['shareWith'], { [ben.id]: viewer });
});

test('whose share ends has nothing at once: no account, no folder, no session entry', async () => {
  const [owner, reader] = [await app.person('Line'), await app.person('Marc')];
  const id = await folder(owner, 'Fini');
  await shareAccepted(owner, id, reader, 'manager');
  await update(owner, 'AddressBook', id, { shareWith: null });
  assert.equal((await reader.call('AddressBook/get', { accountId: owner.id }))['type'], 'accountNotFound');
  assert.deepEqual(Object.keys((await session(reader)).accounts), [reader.id, 'directory']);
  assert.deepEqual(await list(reader, 'ShareInvitation'), []);
});

test('mayWrite and mayDelete are kept apart', async () => {
  const { ada, ben } = app;
  const id = await folder(ada, 'Séparés');
  await update(ada, 'AddressBook', id, { shareWith: { [ben.id]: { ...viewer, mayDelete: true } } });
  const where = { accountId: ada.id };
  const create = { new: { name: { full: 'x' }, addressBookIds: { [id]: true } } };
  assert.equal((await refusal(ben, 'ContactCard/set', { ...where, create }))['type'], 'forbidden');
  const { destroyed } = await ben.call('AddressBook/set', { ...where, destroy: [id] });
  assert.deepEqual(destroyed, [id]);
});

test('nobody but the owner makes a folder the default', async () => {
  const { ada, ben } = app;
  const id = await folder(ada, 'Jamais défaut');
  await shareAccepted(ada, id, ben, 'admin');
  const result = await ben.call('AddressBook/set', { accountId: ada.id, onSuccessSetIsDefault: id });
  assert.equal(result['updated'], null);
  assert.equal((await get(ada, 'AddressBook', id))!['isDefault'], false);
});

test('the Principal shows the account while the share is still waiting', async () => {
  const [owner, reader] = [await app.person('Iris'), await app.person('Hector')];
  const accounts = async () => (await get(reader, 'Principal', owner.id))!['accounts'] as unknown;
  assert.equal(await accounts(), null);
  await share(owner, await folder(owner, 'En attente'), reader, 'viewer');
  assert.deepEqual(Object.keys((await accounts()) as object), [owner.id]);
});

test('a folder is made and shared in one request', async () => {
  const { ada, ben } = app;
  const [, shared] = await ada.jmap([
    ['AddressBook/set', { accountId: ada.id, create: { folder: { name: 'En une fois' } } }],
    [
      'Share/set',
      { accountId: ada.id, create: { share: { addressBookId: '#folder', email: ben.email, role: 'viewer' } } },
    ],
  ]);
  assert.equal(shared![1]['created']!['share']!['principalId'], ben.id);
});
