import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answer,
  card,
  destroy,
  folder,
  get,
  list,
  refusal,
  session,
  share,
  stateOf,
  shareAccepted,
  update,
} from '../../kit/calls.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const plain = ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:contacts'];

/** Ada has shared a folder with Ben, who has not answered. */
async function open(role = 'viewer') {
  const app = await createTestApp();
  const { ada, ben, chloe } = app;
  const id = await folder(ada, 'Presse', { color: 'red' });
  const mail = { message: 'note', note: 'Pour le dossier de lundi' };
  const made = await ada.call('Share/set', { create: { new: { addressBookId: id, principalId: ben.id, role } }, mail });
  const shareId: string = made['created']!['new']!['id']!;
  const statusFor = async (person: Person = ada) => (await get(person, 'Share', shareId))!['status'] as unknown;
  return {
    app,
    ada,
    ben,
    chloe,
    id,
    shareId,
    where: { accountId: ada.id },
    statusFor,
    [Symbol.asyncDispose]: app.close,
  };
}

test('an invitation says who, what, which role, since when and with which words', async () => {
  await using scene = await open('manager');
  const { ada, ben, id } = scene;
  await card(ada, id, 'Jean Dupont');
  const { sharedAt, rights, ...invitation } = (await get(ben, 'ShareInvitation', id)) as unknown as Record<
    string,
    unknown
  >;
  assert.ok(Date.now() - Date.parse(String(sharedAt)) < 60_000);
  assert.deepEqual(rights, { mayRead: true, mayWrite: true, mayAdd: true, mayShare: false, mayDelete: false });
  assert.deepEqual(invitation, {
    id,
    ownerAccountId: ada.id,
    addressBookId: id,
    ownerPrincipalId: ada.id,
    ownerName: 'Ada',
    ownerEmail: ada.email,
    sharedName: 'Presse',
    proposedName: 'Presse de Ada',
    name: null,
    color: null,
    role: 'manager',
    via: [],
    status: 'waiting',
    expiresAt: null,
    sharedByName: 'Ada',
    note: 'Pour le dossier de lundi',
    cardCount: 1,
  });
});

test('accepted with a name and a colour, the folder bears them for this person and for nobody else', async () => {
  await using scene = await open('manager');
  const { ada, ben, chloe, id, where, statusFor } = scene;
  await shareAccepted(ada, id, chloe, 'viewer');
  await answer(ben, id, 'accepted', { name: 'La presse', color: 'pink' });
  await update(ben, 'AddressBook', id, { sortOrder: 7 }, where);
  const view = async (person: Person) => {
    const { name, sharedName, color, sortOrder } = (await get(person, 'AddressBook', id, where))!;
    return [name, sharedName, color, sortOrder] as unknown[];
  };
  assert.deepEqual(await view(ben), ['La presse', 'Presse', 'pink', 7]);
  assert.deepEqual(await view(ada), ['Presse', 'Presse', 'red', 0]);
  assert.deepEqual(await view(chloe), ['Presse de Ada', 'Presse', null, 0]);
  assert.equal(await statusFor(), 'accepted');
  await update(ada, 'AddressBook', id, { name: 'Médias' });
  assert.deepEqual((await view(ben)).slice(0, 2), ['La presse', 'Médias']);
  await update(ben, 'AddressBook', id, { name: 'Journaux' }, where);
  assert.deepEqual([(await view(ben))[0], (await view(ada))[0]], ['Journaux', 'Médias']);
});

test('a name that is taken is refused with a free one; without a name one is found', async () => {
  await using scene = await open();
  const { ben, id, where } = scene;
  await folder(ben, 'Presse de Ada');
  assert.equal((await get(ben, 'ShareInvitation', id))!['proposedName'], 'Presse de Ada (2)');
  const error = await refusal(ben, 'ShareInvitation/set', {
    update: { [id]: { status: 'accepted', name: 'presse de ada' } },
  });
  assert.deepEqual(
    [error['type'], error['properties'], error['reason'], error['proposedName']],
    ['invalidProperties', ['name'], 'nameTaken', 'presse de ada (2)'],
  );
  const reserved = await refusal(ben, 'ShareInvitation/set', {
    update: { [id]: { status: 'accepted', name: 'Contacts' } },
  });
  assert.equal(reserved['reason'], 'nameReserved');
  assert.equal((await get(ben, 'ShareInvitation', id))!['status'], 'waiting');
  await answer(ben, id, 'accepted');
  assert.equal((await get(ben, 'AddressBook', id, where))!['name'], 'Presse de Ada (2)');
  assert.equal(
    (await refusal(ben, 'AddressBook/set', { create: { new: { name: 'presse DE ada (2)' } } }))['reason'],
    'nameTaken',
  );
});

test('a plain client accepts by subscribing and leaves by unsubscribing', async () => {
  await using scene = await open();
  const { ada, ben, id, where, statusFor } = scene;
  const subscribe = async (isSubscribed: boolean) => {
    const [response] = await ben.jmap([['AddressBook/set', { ...where, update: { [id]: { isSubscribed } } }]], plain);
    assert.ok(id in response![1]['updated']!, JSON.stringify(response));
  };
  const [seen] = await ben.jmap([['AddressBook/get', { ...where, ids: [id] }]], plain);
  assert.equal(seen![1]['list']![0]!['isSubscribed'], false);
  await subscribe(true);
  assert.ok(ada.id in (await session(ben)).accounts);
  assert.equal(await statusFor(), 'accepted');
  await subscribe(false);
  assert.equal(await statusFor(), 'declined');
  assert.deepEqual(Object.keys((await session(ben)).accounts), [ben.id, 'directory']);
});

test('what was declined gives nothing and is still listed; one may change one’s mind', async () => {
  await using scene = await open('manager');
  const { ben, id, where, statusFor } = scene;
  await answer(ben, id, 'declined');
  assert.equal((await ben.call('AddressBook/get', where))['type'], 'accountNotFound');
  assert.equal((await get(ben, 'ShareInvitation', id))!['status'], 'declined');
  assert.equal(await statusFor(), 'declined');
  await answer(ben, id, 'accepted');
  assert.equal((await get(ben, 'AddressBook', id, where))!['myRights']!['mayWrite'], true);
  assert.equal(await statusFor(), 'accepted');
});

test('who leaves and comes back finds their own name again', async () => {
  await using scene = await open();
  const { ben, id, where } = scene;
  await answer(ben, id, 'accepted', { name: 'La presse' });
  await answer(ben, id, 'declined');
  await folder(ben, 'Autre chose');
  await answer(ben, id, 'accepted');
  assert.equal((await get(ben, 'AddressBook', id, where))!['name'], 'La presse');
});

test('a name that was given away while one was gone is not taken twice', async () => {
  await using scene = await open();
  const { ben, id, where } = scene;
  await answer(ben, id, 'accepted', { name: 'La presse' });
  await answer(ben, id, 'declined');
  await folder(ben, 'La presse');
  await answer(ben, id, 'accepted');
  assert.equal((await get(ben, 'AddressBook', id, where))!['name'], 'La presse (2)');
});

test('after its end a share that is made anew waits again, without the old name', async () => {
  await using scene = await open();
  const { ada, ben, id, shareId } = scene;
  await answer(ben, id, 'accepted', { name: 'La presse' });
  await destroy(ada, 'Share', shareId);
  assert.deepEqual(await list(ben, 'ShareInvitation'), []);
  assert.equal(
    (await refusal(ben, 'ShareInvitation/set', { update: { [id]: { status: 'accepted' } } }))['type'],
    'notFound',
  );
  await share(ada, id, ben, 'viewer');
  const again = (await get(ben, 'ShareInvitation', id))!;
  assert.deepEqual([again['status'], again['name']], ['waiting', null]);
});

test('an invitation is answered by accepting, declining or taking back, and by nothing else', async () => {
  await using scene = await open();
  const { ben, id } = scene;
  const attempt = (patch: object) => refusal(ben, 'ShareInvitation/set', { update: { [id]: patch } });
  assert.deepEqual((await attempt({ status: 'perhaps' }))['properties'], ['status']);
  assert.deepEqual((await attempt({ role: 'admin' }))['properties'], ['role']);
  assert.deepEqual((await attempt({ status: 'accepted', color: 'azure' }))['properties'], ['color']);
  assert.equal((await refusal(ben, 'ShareInvitation/set', { destroy: [id] }))['type'], 'forbidden');
  assert.equal(
    (await refusal(ben, 'ShareInvitation/set', { create: { new: { status: 'accepted' } } }))['type'],
    'forbidden',
  );
  assert.equal((await get(ben, 'ShareInvitation', id))!['status'], 'waiting');
});

test('a stranger and the owner have nothing to answer', async () => {
  await using scene = await open();
  const { ada, chloe, id } = scene;
  for (const person of [ada, chloe]) {
    assert.deepEqual(await list(person, 'ShareInvitation'), []);
    const update = { [id]: { status: 'accepted' } };
    assert.equal((await refusal(person, 'ShareInvitation/set', { update }))['type'], 'notFound');
  }
});

test('a sub-folder follows the folder above: it is neither accepted nor declined by itself', async () => {
  await using scene = await open();
  const { ada, ben, id, where } = scene;
  const below = await folder(ada, 'Locale', { parentId: id });
  const args = { ...where, update: { [below]: { isSubscribed: true } } };
  assert.equal((await refusal(ben, 'AddressBook/set', args))['type'], 'forbidden');
});

test('while a share waits, name, colour and order are not one’s own yet', async () => {
  await using scene = await open('manager');
  const { ada, ben, id, where } = scene;
  for (const patch of [{ name: 'La presse' }, { color: 'pink' }, { sortOrder: 3 }]) {
    assert.equal((await refusal(ben, 'AddressBook/set', { ...where, update: { [id]: patch } }))['type'], 'forbidden');
  }
  assert.equal((await get(ada, 'AddressBook', id))!['name'], 'Presse');
});

test('a share by an administrator names who made it; invitations are in no account but one’s own', async () => {
  await using scene = await open('admin');
  const { ben, chloe, id, where } = scene;
  await answer(ben, id, 'accepted');
  await ben.call('Share/set', {
    ...where,
    create: { new: { addressBookId: id, principalId: chloe.id, role: 'viewer' } },
  });
  const invitation = (await get(chloe, 'ShareInvitation', id))!;
  assert.deepEqual([invitation['sharedByName'], invitation['ownerName']], ['Ben', 'Ada']);
  assert.equal((await ben.call('ShareInvitation/get', where))['type'], 'accountNotSupportedByMethod');
});

test('who answers the same once more has changed nothing of the invitation, and is told of nothing', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const id = await folder(ada, 'Presse');
  await share(ada, id, ben, 'admin');
  await answer(ben, id, 'declined');
  const before = await stateOf(ben, 'ShareInvitation');
  app.clock.advance(60_000);
  await answer(ben, id, 'declined');
  assert.equal(await stateOf(ben, 'ShareInvitation'), before);
});
