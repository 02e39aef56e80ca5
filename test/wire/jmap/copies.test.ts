import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  card,
  create,
  folder,
  get,
  items,
  list,
  pixel,
  refusal,
  shareAccepted,
  stateOf,
  update,
  upload,
} from '../../kit/calls.ts';
import type { Person, Result } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestOptions } from '../../kit/world.ts';

const uid = 'urn:uuid:0a1b2c3d-0000-4000-8000-00000000000a';

/** A card with a photo in Ada’s folder, which Ben may see or more, and a folder of Ben’s. */
async function open(role = 'viewer', options: TestOptions = {}) {
  const app = await createTestApp(options);
  const { ada, ben } = app;
  const [from, to] = [await folder(ada, 'Presse'), await folder(ben, 'Ma presse')];
  await shareAccepted(ada, from, ben, role);
  const blobId = await upload(ada, pixel, 'image/png');
  const id = await create(ada, 'ContactCard', {
    uid,
    name: { full: 'Jean Dupont' },
    media: { photo: { kind: 'photo', blobId, mediaType: 'image/png' } },
    addressBookIds: { [from]: true },
  });
  const copy = async (value: object = {}, more: object = {}, person: Person = ben): Promise<Result[]> => {
    const args = {
      fromAccountId: ada.id,
      accountId: ben.id,
      create: { k: { id, addressBookIds: { [to]: true }, ...value } },
      ...more,
    };
    return (await person.jmap([['ContactCard/copy', args]])).map(
      ([name, result]) => ({ ...(result as object), name }) as unknown as Result,
    );
  };
  return { app, ada, ben, from, to, id, blobId, copy, where: { accountId: ada.id }, [Symbol.asyncDispose]: app.close };
}

test('whoever may see a card may copy it: a new id, the same uid, the photo readable there', async () => {
  await using scene = await open();
  const { ben, to, id, blobId, copy } = scene;
  const [result] = await copy();
  const made: string = result!['created']!['k']!['id']!;
  assert.notEqual(made, id);
  const there = (await get(ben, 'ContactCard', made))! as unknown as Record<string, unknown>;
  assert.deepEqual([there['uid'], there['fileAs'], there['addressBookIds']], [uid, 'Jean Dupont', { [to]: true }]);
  assert.deepEqual(there['media'], { photo: { kind: 'photo', blobId, mediaType: 'image/png' } });
  const photo = await ben.get(`/jmap/download/${ben.id}/${blobId}/photo.png?accept=image/png`);
  assert.deepEqual(Buffer.from(await photo.arrayBuffer()), pixel);
  assert.equal(result!['newState'], await stateOf(ben, 'ContactCard'));
});

test('a copy may differ from its original in what is said', async () => {
  await using scene = await open();
  const { ben, copy } = scene;
  const [result] = await copy({ uid: 'other', keywords: { copied: true }, media: null });
  const there = (await get(ben, 'ContactCard', result!['created']!['k']!['id']!))! as unknown as Record<
    string,
    unknown
  >;
  assert.deepEqual(
    [there['uid'], there['keywords'], there['media'], there['fileAs']],
    ['other', { copied: true }, undefined, 'Jean Dupont'],
  );
  const [wrong] = await copy({ name: 'Jean' });
  assert.deepEqual([...wrong!['notCreated']!['k']!['properties']!], ['name']);
  const [own] = await copy({ fileAs: 'Jean', addedByMe: true });
  assert.deepEqual([...own!['notCreated']!['k']!['properties']!], ['fileAs', 'addedByMe']);
  const [unnamed] = await copy({}, { create: { 'no id': {} } });
  assert.equal(unnamed!['type'], 'invalidArguments');
});

test('a card that is there already is named; one that is there out of sight is not', async () => {
  await using scene = await open('manager');
  const { ada, ben, from, copy } = scene;
  const [first] = await copy();
  const [again] = await copy();
  const error = again!['notCreated']!['k']!;
  assert.deepEqual([error['type'], error['existingId']], ['alreadyExists', first!['created']!['k']!['id']]);
  const secret = await folder(ada, 'Secret');
  await create(ada, 'ContactCard', { uid: 'hidden', addressBookIds: { [secret]: true } });
  const own = await create(ben, 'ContactCard', { uid: 'hidden' });
  const back = {
    fromAccountId: ben.id,
    accountId: ada.id,
    create: { k: { id: own, addressBookIds: { [from]: true } } },
  };
  const hidden = (await ben.call('ContactCard/copy', back))['notCreated']!['k']!;
  assert.deepEqual(
    [hidden['type'], hidden['reason'], hidden['existingId']],
    ['invalidProperties', 'uidTaken', undefined],
  );
});

test('with onSuccessDestroyOriginal it is a move: the original is in the trash of both', async () => {
  await using scene = await open('manager');
  const { ada, ben, id, copy, where } = scene;
  const [copied, destroyed] = await copy({}, { onSuccessDestroyOriginal: true });
  assert.deepEqual([copied!['name'], destroyed!['name']], ['ContactCard/copy', 'ContactCard/set'] as unknown[]);
  assert.deepEqual(items(destroyed!['destroyed']), [id]);
  assert.equal(await get(ben, 'ContactCard', id, where), undefined);
  assert.deepEqual(
    (await list(ada, 'TrashItem')).map((item) => item['id']),
    [id],
  );
  assert.deepEqual(
    (await list(ben, 'TrashItem')).map((item) => item['id']),
    [id],
  );
});

test('who may only look keeps the copy, and the original stays', async () => {
  await using scene = await open('viewer');
  const { ben, id, copy, where } = scene;
  const [copied, destroyed] = await copy({}, { onSuccessDestroyOriginal: true });
  assert.ok(copied!['created']!['k']);
  assert.equal(destroyed!['notDestroyed']![id]!['type'], 'forbidden');
  assert.ok(await get(ben, 'ContactCard', id, where));
});

test('states are compared before anything happens', async () => {
  await using scene = await open('manager');
  const { ada, ben, id, copy, where } = scene;
  for (const more of [{ ifFromInState: '0-0' }, { ifInState: 'x' }])
    assert.equal((await copy({}, more))[0]!['type'], 'stateMismatch');
  const right = {
    ifFromInState: await stateOf(ben, 'ContactCard', ada.id),
    ifInState: await stateOf(ben, 'ContactCard'),
  };
  const [copied, destroyed] = await copy({}, { ...right, onSuccessDestroyOriginal: true, destroyFromIfInState: '0-0' });
  assert.ok(copied!['created']!['k']);
  assert.equal(destroyed!['type'], 'stateMismatch');
  assert.ok(await get(ben, 'ContactCard', id, where));
});

test('nothing is copied within one account, from or to one that is not there, or a card that one may not see', async () => {
  await using scene = await open();
  const { ada, app, ben, copy } = scene;
  const secretId = await card(ada, await folder(ada, 'Secret'), 'Tante Rose');
  assert.equal((await copy({}, { fromAccountId: ben.id }))[0]!['type'], 'invalidArguments');
  assert.equal((await copy({}, { fromAccountId: app.chloe.id }))[0]!['type'], 'fromAccountNotFound');
  assert.equal((await copy({}, { accountId: app.chloe.id }))[0]!['type'], 'accountNotFound');
  assert.equal((await copy({ id: secretId }))[0]!['notCreated']!['k']!['type'], 'notFound');
});

test('a copy needs the right to write where it goes, and room', async () => {
  await using scene = await open('viewer', { environment: { COTERIE_MAX_CARDS_PER_ACCOUNT: '10' } });
  const { ada, ben, from, copy } = scene;
  const own = await create(ben, 'ContactCard', {});
  const back = {
    fromAccountId: ben.id,
    accountId: ada.id,
    create: { k: { id: own, addressBookIds: { [from]: true } } },
  };
  assert.equal((await ben.call('ContactCard/copy', back))['notCreated']!['k']!['type'], 'forbidden');
  for (let count = 1; count < 10; count++) await create(ben, 'ContactCard', {});
  assert.equal((await copy())[0]!['notCreated']!['k']!['type'], 'overQuota');
});

test('a photo is an image, whatever it is called, and one that is there', async () => {
  await using scene = await open('manager');
  const { ada, ben, from, blobId, where } = scene;
  const text = await upload(ada, Buffer.from('<svg onload="alert(1)"/>'), 'image/png');
  const withPhoto = (id: string, mediaType = 'image/png') => ({
    media: { p: { kind: 'photo', blobId: id, mediaType } },
  });
  const refuse = (person: Person, value: object, more: object = {}) =>
    refusal(person, 'ContactCard/set', { create: { new: value }, ...more });
  const noImage = await refuse(ada, withPhoto(text));
  assert.deepEqual(
    [noImage['type'], noImage['properties'], noImage['reason']],
    ['invalidProperties', ['media/p'], 'notAnImage'],
  );
  const unknown = await refuse(ada, withPhoto('Bnothing'));
  assert.deepEqual([unknown['type'], unknown['reason']], ['invalidProperties', 'blobNotFound']);
  // Ben may read the photo in Ada’s account; in his own it has to be copied first.
  assert.equal((await refuse(ben, withPhoto(blobId)))['reason'], 'blobNotFound');
  await ben.call('Blob/copy', { fromAccountId: ada.id, blobIds: [blobId] });
  await create(ben, 'ContactCard', withPhoto(blobId));
  await create(ben, 'ContactCard', { ...withPhoto(blobId), addressBookIds: { [from]: true } }, where);
});

test('a picture is what it is seen to be, whatever somebody else has called the same octets before', async () => {
  await using scene = await open();
  const { ada, ben } = scene;
  const picture = Buffer.concat([pixel, Buffer.from('of both')]);
  const uri = (type: string) => `data:${type};base64,${picture.toString('base64')}`;
  const typeOf = async (person: Person, media: object) => {
    const id = await create(person, 'ContactCard', { media: { p: { kind: 'photo', ...media } } });
    return (await get(person, 'ContactCard', id))!['media']!['p']!['mediaType'];
  };
  assert.equal(await typeOf(ben, { uri: uri('text/html') }), 'text/html', 'of one’s own photo one is believed');
  const blobId = await upload(ada, picture, 'image/png');
  assert.equal(await typeOf(ada, { blobId }), 'image/png');
  assert.equal(await typeOf(ada, { uri: uri('') }), 'image/png');
  const seen = await ada.get(`/jmap/download/${ada.id}/${blobId}/p.png`);
  assert.equal(seen.headers.get('content-type'), 'image/png');
});

test('the photo of a card out of sight comes in by no other card', async () => {
  await using scene = await open('manager');
  const { ada, ben, from, where } = scene;
  const other = Buffer.concat([pixel, Buffer.from('secret')]);
  const blobId = await upload(ada, other, 'image/png');
  const secret = await folder(ada, 'Secret');
  await create(ada, 'ContactCard', { media: { p: { kind: 'photo', blobId } }, addressBookIds: { [secret]: true } });
  const value = { media: { p: { kind: 'photo', blobId } }, addressBookIds: { [from]: true } };
  assert.equal((await refusal(ben, 'ContactCard/set', { ...where, create: { new: value } }))['reason'], 'blobNotFound');
  assert.equal((await ben.get(`/jmap/download/${ada.id}/${blobId}/p.png?accept=image/png`)).status, 404);
});

test('the photo of a shared card comes down to whoever may see the card, and to nobody else', async () => {
  await using scene = await open();
  const { app, ada, ben, blobId } = scene;
  const photoOf = (person: Person) => person.get(`/jmap/download/${ada.id}/${blobId}/p.png?accept=image/png`);
  for (const person of [ada, ben]) {
    const photo = await photoOf(person);
    assert.equal(photo.status, 200);
    assert.deepEqual(Buffer.from(await photo.arrayBuffer()), pixel);
  }
  assert.equal((await photoOf(app.chloe)).status, 404);
});

test('a sharee who may write brings a photo into the shared folder, and replaces one', async () => {
  await using scene = await open('manager');
  const { ada, ben, id, where } = scene;
  const bytes = Buffer.concat([pixel, Buffer.from('new')]);
  const blobId = await upload(ben, bytes, 'image/png', ada.id);
  await update(ben, 'ContactCard', id, { 'media/photo/blobId': blobId }, where);
  const seen = await ada.get(`/jmap/download/${ada.id}/${blobId}/p.png?accept=image/png`);
  assert.deepEqual(Buffer.from(await seen.arrayBuffer()), bytes);
  await update(ben, 'ContactCard', id, { keywords: { kept: true } }, where);
  assert.equal((await get(ada, 'ContactCard', id))!['media']!['photo']!['blobId'], blobId);
});

test('the photo of a deleted card can be used again by its owner', async () => {
  await using scene = await open();
  const { ada, id, blobId } = scene;
  await ada.call('ContactCard/set', { destroy: [id] });
  await create(ada, 'ContactCard', { media: { p: { kind: 'photo', blobId } } });
});
