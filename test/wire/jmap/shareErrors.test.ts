import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { create, folder, get, list, refusal, share, shareAccepted, update } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';
import type { Result } from '../../kit/person.ts';

let app: TestApp;
let bookId: string;
before(async () => {
  app = await createTestApp();
  bookId = await folder(app.ada, 'Presse');
});
after(() => app.close());

const refuse = (value: object): Promise<Result> =>
  refusal(app.ada, 'Share/set', { create: { new: { addressBookId: bookId, ...value } } });

test('one does not share with oneself, by id or by address', async () => {
  assert.equal((await refuse({ principalId: app.ada.id }))['type'], 'sharingWithSelf');
  assert.equal((await refuse({ email: 'ADA@demo.example' }))['type'], 'sharingWithSelf');
  assert.equal((await refuse({ type: 'guest', email: 'ada@demo.example' }))['type'], 'sharingWithSelf');
});

test('an address that nobody inside has is unknown, and named', async () => {
  const error = await refuse({ email: 'personne@demo.example' });
  assert.deepEqual([error['type'], error['email']], ['unknownPrincipal', 'personne@demo.example']);
  assert.equal((await refuse({ principalId: 'pnobody' }))['type'], 'unknownPrincipal');
  assert.equal((await refuse({}))['type'], 'unknownPrincipal');
});

test('what is no address is invalid, and named', async () => {
  for (const email of ['jean', 'jean@', '@demo.example', 'a b@demo.example']) {
    const error = await refuse({ email });
    assert.deepEqual([error['type'], error['email']], ['invalidEmail', email]);
    assert.equal((await refuse({ type: 'guest', email }))['type'], 'invalidEmail');
  }
});

test('of several addresses the right ones are shared with, and the wrong one is told', async () => {
  const id = await folder(app.ada, 'Plusieurs');
  const to = (email: string) => ({ addressBookId: id, email });
  const result = await app.ada.call('Share/set', {
    create: {
      ben: to(app.ben.email),
      wrong: to('personne@demo.example'),
      chloe: to(` ${app.chloe.email.toUpperCase()} `),
    },
  });
  assert.deepEqual(Object.keys(result['created']!).sort(), ['ben', 'chloe']);
  assert.deepEqual(
    Object.entries(result['notCreated'] as Record<string, Result>).map(
      ([key, error]) => [key, error['type']] as unknown[],
    ),
    [['wrong', 'unknownPrincipal']],
  );
  assert.equal((await get(app.ada, 'AddressBook', id))!['shareCount'], 2);
  assert.deepEqual(
    (await app.mails())
      .filter((mail) => mail.subject.includes('Plusieurs'))
      .map((mail) => mail.to.address)
      .sort(),
    ['ben@demo.example', 'chloe@demo.example'],
  );
});

test('the same share again exists, with its id; another role changes it under the same id', async () => {
  const id = await share(app.ada, bookId, app.ben, 'viewer');
  const again = await refuse({ principalId: app.ben.id, role: 'viewer' });
  assert.deepEqual([again['type'], again['existingId']], ['shareExists', id]);
  const byAddress = await refuse({ email: app.ben.email, role: 'viewer' });
  assert.equal(byAddress['existingId'], id);
  assert.equal(await share(app.ada, bookId, app.ben, 'manager'), id);
  assert.equal((await get(app.ada, 'Share', id))!['role'], 'manager');
});

test('guests and the public only look, once each', async () => {
  const guest = { type: 'guest', email: 'Invitee@ailleurs.example' };
  for (const role of ['manager', 'admin', 'none']) {
    for (const value of [guest, { type: 'public' }]) {
      const error = await refuse({ ...value, role });
      assert.deepEqual([error['type'], error['properties']], ['invalidProperties', ['role']]);
    }
  }
  const id = await create(app.ada, 'Share', { addressBookId: bookId, ...guest });
  const made = (await get(app.ada, 'Share', id))!;
  assert.deepEqual(
    [made['granteeKind'], made['email'], made['status'], made['role']],
    ['guest', 'invitee@ailleurs.example', 'waiting', 'viewer'],
  );
  assert.deepEqual([made['url'], made['principalId']], [null, null]);
  assert.equal((await refuse(guest))['existingId'], id);
  const publicId = await create(app.ada, 'Share', { addressBookId: bookId, type: 'public' });
  assert.equal((await refuse({ type: 'public' }))['existingId'], publicId);
  assert.match((await get(app.ada, 'Share', publicId))!['url']!, /\/shared\/s[^/]+\.[\w-]{43}$/u);
  const update = { [publicId]: { role: 'manager' } };
  assert.deepEqual((await refusal(app.ada, 'Share/set', { update }))['properties'], ['role']);
});

test('a guest whose address is of somebody inside is that person', async () => {
  const id = await create(app.ada, 'Share', {
    addressBookId: await folder(app.ada, 'Invités'),
    type: 'guest',
    email: app.ben.email,
  });
  const made = (await get(app.ada, 'Share', id))!;
  assert.deepEqual([made['type'], made['principalId'], made['url']], ['principal', app.ben.id, null]);
});

test('an end date lies ahead', async () => {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString();
  assert.equal((await refuse({ email: app.chloe.email, expiresAt: yesterday }))['type'], 'expiresInPast');
  assert.deepEqual((await refuse({ email: app.chloe.email, expiresAt: 'soon' }))['properties'], ['expiresAt']);
  const id = await share(app.ada, bookId, app.chloe, 'viewer');
  const update = { [id]: { expiresAt: yesterday } };
  assert.equal((await refusal(app.ada, 'Share/set', { update }))['type'], 'expiresInPast');
});

test('a share that is not as it must be is refused by property', async () => {
  const wrong: readonly [value: object, property: string][] = [
    [{ email: app.chloe.email, role: 'custom' }, 'role'],
    [{ email: app.chloe.email, role: 'owner' }, 'role'],
    [{ email: app.chloe.email, role: 'toString' }, 'role'],
    [{ email: app.chloe.email, type: 'everybody' }, 'type'],
    [{ email: 5 }, 'email'],
    [{ email: app.chloe.email, status: 'accepted' }, 'status'],
    [{ email: app.chloe.email, addressBookId: 7 }, 'addressBookId'],
  ];
  for (const [value, property] of wrong) {
    const error = await refuse(value);
    assert.deepEqual([error['type'], error['properties']], ['invalidProperties', [property]], JSON.stringify(value));
  }
  assert.deepEqual(
    (await refusal(app.ada, 'Share/set', { create: { new: { email: app.chloe.email } } }))['properties'],
    ['addressBookId'],
  );
});

test('for whom a share is does not change', async () => {
  const id = await share(app.ada, await folder(app.ada, 'Fixe'), app.ben, 'viewer');
  for (const [name, value] of Object.entries({
    principalId: app.chloe.id,
    type: 'public',
    addressBookId: bookId,
    email: 'x@demo.example',
  })) {
    const error = await refusal(app.ada, 'Share/set', { update: { [id]: { [name]: value } } });
    assert.deepEqual([error['type'], error['properties']], ['invalidProperties', [name]]);
  }
});

test('who may not share is forbidden to, and who may not read finds nothing', async () => {
  const id = await folder(app.ada, 'Réservé');
  await shareAccepted(app.ada, id, app.ben, 'manager');
  const attempt = (addressBookId: string) =>
    refusal(app.ben, 'Share/set', {
      accountId: app.ada.id,
      create: { new: { addressBookId, email: app.chloe.email } },
    });
  assert.equal((await attempt(id))['type'], 'forbidden');
  assert.equal((await attempt(await folder(app.ada, 'Invisible')))['type'], 'notFound');
});

test('the folder of another account is not shared through this one', async () => {
  const id = await folder(app.ben, 'Chez Ben');
  await shareAccepted(app.ben, id, app.ada, 'admin');
  const error = await refuse({ addressBookId: id, email: app.chloe.email });
  assert.equal(error['type'], 'notFound');
});

test('shareWith names the path of what is wrong', async () => {
  const wrong: readonly [patch: object, type: string, properties?: readonly string[]][] = [
    [
      { [`shareWith/${app.ben.id}`]: { mayRead: true, mayFly: true } },
      'invalidProperties',
      [`shareWith/${app.ben.id}/mayFly`],
    ],
    [{ [`shareWith/${app.ben.id}`]: { mayRead: 'yes' } }, 'invalidProperties', [`shareWith/${app.ben.id}/mayRead`]],
    [{ [`shareWith/${app.ada.id}`]: { mayRead: true } }, 'invalidProperties', [`shareWith/${app.ada.id}`]],
    [{ 'shareWith/pnobody': { mayRead: true } }, 'invalidProperties', ['shareWith/pnobody']],
    [{ [`shareWith/${app.ben.id}`]: 'viewer' }, 'invalidProperties', [`shareWith/${app.ben.id}`]],
    [{ shareWith: 'everybody' }, 'invalidProperties', ['shareWith']],
    [{ [`shareWith/${app.chloe.id}/mayRead`]: true }, 'invalidPatch'],
  ];
  const id = await folder(app.ada, 'Chemins');
  for (const [patch, type, properties] of wrong) {
    const error = await refusal(app.ada, 'AddressBook/set', { update: { [id]: patch } });
    assert.deepEqual([error['type'], error['properties']], [type, properties], JSON.stringify(patch));
  }
  assert.equal((await get(app.ada, 'AddressBook', id))!['shareWith'], null);
});

test('one wrong grantee leaves the others of a shareWith unshared too: it is one property', async () => {
  const id = await folder(app.ada, 'Tout ou rien');
  const shareWith = { [app.ben.id]: { mayRead: true }, pnobody: { mayRead: true } };
  await refusal(app.ada, 'AddressBook/set', { update: { [id]: { shareWith } } });
  assert.equal((await get(app.ada, 'AddressBook', id))!['shareWith'], null);
  assert.deepEqual(
    (await list(app.ben, 'ShareInvitation')).filter((item) => item['id'] === id),
    [],
  );
});

test('a share is found by its folder', async () => {
  const id = await folder(app.ada, 'Cherché');
  const shareId = await share(app.ada, id, app.ben, 'viewer');
  assert.deepEqual((await app.ada.call('Share/query', { filter: { addressBookId: id } }))['ids'], [shareId]);
  await update(app.ada, 'Share', shareId, { role: 'none' });
  assert.equal((await get(app.ada, 'Share', shareId))!['role'], 'none');
});
