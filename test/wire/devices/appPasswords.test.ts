import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newAppPassword } from '../../../src/lib/appPasswordText.ts';
import {
  card,
  create,
  destroy,
  folder,
  get,
  list,
  refusal,
  session,
  shareAccepted,
  stateOf,
  update,
} from '../../kit/calls.ts';
import { dav, propfind, D } from '../../kit/dav.ts';
import { makeDevice } from '../../kit/device.ts';
import { comeAsGuest } from '../../kit/guest.ts';
import { basicHeader } from '../../kit/person.ts';
import { openPushService } from '../../kit/pushService.ts';
import { createTestApp } from '../../kit/world.ts';

test('an app password is told once, and opens CardDAV, JMAP and links', async () => {
  await using app = await createTestApp();
  const { ada, url } = app;
  const bookId = await folder(ada, 'Presse');
  await card(ada, bookId, 'Jean Dupont');
  const device = await makeDevice(url, ada, { name: 'iPhone' });
  assert.match(device.password, /^(?:[0-9a-z]{4}-){5}[0-9a-z]{4}$/u);

  const home = await propfind(device, `/dav/addressbooks/${ada.id}/`, 1, [D('displayname')]);
  assert.equal(home.status, 207);
  assert.ok(home.text.includes('Presse'));
  assert.equal((await list(device, 'AddressBook')).length, 3);
  assert.ok((await (await device.basic(`/home/${ada.email}/Presse.csv`)).text()).includes('Dupont'));

  const [shown] = await list(ada, 'AppPassword');
  assert.deepEqual(Object.keys(shown!).sort(), [
    'addressBookId',
    'createdAt',
    'id',
    'isRevoked',
    'lastUsedAt',
    'mayWrite',
    'name',
  ]);
  assert.equal(shown!['name'], 'iPhone');
  const rows = await app.world.db.all(app.world.db.build.selectFrom('app_password').selectAll());
  assert.ok(!JSON.stringify(rows).includes(device.password.slice(0, 9)));
  assert.deepEqual(app.faults, []);
});

test('it is one under any name of its person, in capitals and without hyphens, and under no other name', async () => {
  await using app = await createTestApp();
  const { ada, ben, url } = app;
  const { password } = await makeDevice(url, ada);
  const answer = async (email: string, typed: string) =>
    (await fetch(`${url}/jmap/session`, { headers: { Authorization: basicHeader(email, typed) } })).status;
  assert.equal(await answer(ada.email, password), 200);
  assert.equal(await answer(ada.email.toUpperCase(), password.toUpperCase().replaceAll('-', ' ')), 200);
  assert.equal(await answer(ben.email, password), 401);
  assert.equal(await answer('', password), 401);
});

test('revoked, it opens nothing from the next request on, and does again when that is taken back', async () => {
  await using app = await createTestApp();
  const { ada, url } = app;
  const device = await makeDevice(url, ada);
  const status = async () => (await propfind(device, '/dav/', 0)).status;
  assert.equal(await status(), 207);
  await device.revoke();
  assert.equal(await status(), 401);
  assert.equal((await list(ada, 'AppPassword'))[0]!['isRevoked'], true);
  await device.revoke(false);
  assert.equal(await status(), 207);
  await destroy(ada, 'AppPassword', device.appPasswordId);
  assert.equal(await status(), 401);
  assert.equal((await list(ada, 'AppPassword')).length, 0);
});

test('revoking ends an open event stream at once', async () => {
  await using app = await createTestApp();
  const { ada, url } = app;
  const device = await makeDevice(url, ada);
  const response = await device.get('/jmap/eventsource?types=*&closeafter=no&ping=0');
  const reader = response.body!.getReader();
  await reader.read();
  await device.revoke();
  for (;;) if ((await reader.read()).done) break;
});

test('a program that was let in with one makes none, and neither sees nor ends the others', async () => {
  await using app = await createTestApp();
  const { ada, ben, url } = app;
  const device = await makeDevice(url, ada);
  const other = await makeDevice(url, ada);
  for (const args of [
    { create: { new: { name: 'Autre' } } },
    { update: { [other.appPasswordId]: { isRevoked: true } } },
    { destroy: [other.appPasswordId] },
  ])
    assert.equal((await refusal(device, 'AppPassword/set', args))['type'], 'forbidden');
  assert.equal((await device.call('AppPassword/get'))['type'], 'forbidden');
  // Nor does anybody else.
  assert.deepEqual(await list(ben, 'AppPassword'), []);
  const foreign = await refusal(ben, 'AppPassword/set', { destroy: [other.appPasswordId] });
  assert.equal(foreign['type'], 'notFound');
  assert.equal((await other.get('/jmap/session')).status, 200);
});

test('a guest makes none', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const bookId = await folder(ada, 'Presse');
  await create(ada, 'Share', { addressBookId: bookId, type: 'guest', email: 'gast@ailleurs.example' });
  const guest = await comeAsGuest(app, 'gast@ailleurs.example');
  const error = await refusal(guest, 'AppPassword/set', { create: { new: { name: 'Téléphone' } } });
  assert.equal(error['type'], 'forbidden');
});

test('a device named with one for a folder is told of that folder alone, and of nothing once it is revoked', async () => {
  const service = await openPushService();
  await using app = await createTestApp({ environment: { COTERIE_PUSH_PRIVATE: 'on' }, second: 20 });
  const { ada, url } = app;
  await app.app.start();
  const [bookId, otherId] = [await folder(ada, 'Presse'), await folder(ada, 'Famille')];
  const device = await makeDevice(url, ada, { addressBookId: bookId, mayWrite: false });
  const set = async (args: object) => (await device.jmap([['PushSubscription/set', args]]))[0]![1];
  const subscription = { deviceClientId: 'kiosk', url: `${service.url}/p/kiosk`, keys: service.keys };
  const { created } = await set({ create: { new: subscription } });
  const { verificationCode } = (await service.next()).content;
  await set({ update: { [created!['new']!['id']!]: { verificationCode } } });
  await card(ada, otherId, 'Tante Rose');
  await update(ada, 'Preferences', 'singleton', { theme: 'dark' });
  await card(ada, bookId, 'Jean Dupont');
  const { content } = await service.next();
  const changed = content['changed'] as Record<string, Record<string, string>>;
  assert.deepEqual(Object.keys(changed), [ada.id]);
  assert.deepEqual(Object.keys(changed[ada.id]!).sort(), ['AddressBook', 'ContactCard']);
  assert.equal(changed[ada.id]!['ContactCard'], await stateOf(device, 'ContactCard'));
  await device.revoke();
  const { count } = service;
  const other = await makeDevice(url, ada, { addressBookId: bookId });
  const again = { ...subscription, deviceClientId: 'other', url: `${service.url}/p/other` };
  await other.jmap([['PushSubscription/set', { create: { new: again } }]]);
  await card(ada, bookId, 'Marc');
  // The code of the other device comes after what the revoked one would have been told.
  assert.equal((await service.next()).path, '/p/other');
  assert.equal(service.count, count + 1);
  await service.close();
});

test('an app password is no password for the sign-in page', async () => {
  await using app = await createTestApp();
  const device = await makeDevice(app.url, app.ada);
  assert.equal((await device.signIn()).status, 401);
});

test('its last use is written to the hour, and once an hour', async () => {
  await using app = await createTestApp();
  const { ada, url, world } = app;
  // No hour begins on the way.
  app.clock.advance(3_600_000 - (world.now().getTime() % 3_600_000));
  const device = await makeDevice(url, ada);
  const lastUse = async () => (await list(ada, 'AppPassword'))[0]!['lastUsedAt'];
  assert.equal(await lastUse(), null);
  await device.get('/jmap/session');
  const first = await lastUse();
  assert.match(String(first), /:00:00Z$/u);
  let writes = 0;
  const { transaction } = world.db;
  world.db.transaction = (task) => {
    writes++;
    return transaction(task);
  };
  for (let time = 0; time < 5; time++) await propfind(device, '/dav/', 0);
  assert.equal(writes, 0);
  world.db.transaction = transaction;
  app.clock.advance(3 * 3_600_000);
  await device.get('/jmap/session');
  assert.ok(String(await lastUse()) > String(first));
});

test('one with a wrong name, or for a folder that one may not read, is not made; and a person has at most a hundred', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const secret = await folder(ben, 'Famille');
  const wrong: readonly [object, string][] = [
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ name: 'a\nb' }, 'name'],
    [{ name: 7 }, 'name'],
    [{ name: 'Mac', mayWrite: 'yes' }, 'mayWrite'],
    [{ name: 'Mac', addressBookId: secret }, 'addressBookId'],
    [{ name: 'Mac', addressBookId: '../..' }, 'addressBookId'],
    [{ name: 'Mac', isRevoked: true }, 'isRevoked'],
    [{ name: 'Mac', secret: 'mine' }, 'secret'],
  ];
  for (const [value, property] of wrong) {
    const error = await refusal(ada, 'AppPassword/set', { create: { new: value } });
    assert.equal(error['type'], 'invalidProperties', JSON.stringify(value));
    assert.deepEqual(error['properties'], [property]);
  }
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`n${index}`, { name: `N ${index}` }]));
  const { created, notCreated } = await ada.call('AppPassword/set', { create: many });
  assert.equal(Object.keys(created!).length, 100);
  assert.equal(Object.values(notCreated!)[0]!['type'], 'overQuota');
});

test('scope and folder are for ever, the name is not', async () => {
  await using app = await createTestApp();
  const { ada, url } = app;
  const device = await makeDevice(url, ada, { mayWrite: false });
  await update(ada, 'AppPassword', device.appPasswordId, { name: 'Mon Mac' });
  assert.equal((await get(ada, 'AppPassword', device.appPasswordId))!['name'], 'Mon Mac');
  const patch = { update: { [device.appPasswordId]: { mayWrite: true } } };
  assert.equal((await refusal(ada, 'AppPassword/set', patch))['type'], 'invalidProperties');
});

test('who guesses is made to wait; a telephone that goes on with a revoked one is not, nor is the right one', async () => {
  await using app = await createTestApp();
  const { ada, url } = app;
  const device = await makeDevice(url, ada);
  const old = await makeDevice(url, ada);
  await old.revoke();
  const status = async (password: string) =>
    (await fetch(`${url}/jmap/session`, { headers: { Authorization: basicHeader(ada.email, password) } })).status;
  for (let time = 0; time < 60; time++) assert.equal(await status(old.password), 401);
  const answers: number[] = [];
  for (let time = 0; time < 40; time++) answers.push(await status(newAppPassword()));
  assert.ok(answers.slice(0, 10).every((answer) => answer === 401));
  assert.equal(answers.at(-1), 429);
  assert.equal(await status(device.password), 200);
  // One of her own is checked and counted apart.
  assert.equal((await ada.basic('/jmap/session')).status, 200);
});

test('where the settings say so, programs get in with app passwords alone, by every door', async () => {
  await using app = await createTestApp({ environment: { COTERIE_DEVICE_PASSWORDS: 'app' } });
  const { ada, url } = app;
  const device = await makeDevice(url, ada);
  for (const path of ['/dav/', '/jmap/session', `/home/${ada.email}/Contacts.csv`]) {
    const method = path === '/dav/' ? 'PROPFIND' : 'GET';
    assert.equal((await ada.basic(path, { method })).status, 401, path);
    assert.ok((await device.basic(path, { method })).ok, path);
  }
  assert.equal((await ada.signIn()).status, 204);
});

test('who leaves the organisation takes their app passwords along', async () => {
  await using app = await createTestApp();
  const { ada, url, world } = app;
  const device = await makeDevice(url, ada);
  await device.get('/jmap/session');
  await world.db.transaction((tx) =>
    tx.run(tx.build.updateTable('principal').set({ is_active: 0 }).where('id', '=', ada.id)),
  );
  assert.equal((await device.get('/jmap/session')).status, 401);
});

test('what was revoked a day ago is erased', async () => {
  await using app = await createTestApp();
  const { ada, url, world } = app;
  const { purgeAppPasswords } = await import('../../../src/core/appPassword/appPasswords.ts');
  const device = await makeDevice(url, ada);
  await makeDevice(url, ada);
  await device.revoke();
  assert.equal(await purgeAppPasswords(world), 0);
  app.clock.advance(25 * 3_600_000);
  assert.equal(await purgeAppPasswords(world), 1);
});

test('a read-only one is shown as that everywhere, and one for a folder shows nothing else', async () => {
  await using app = await createTestApp();
  const { ada, ben, url } = app;
  const press = await folder(ada, 'Presse');
  const jean = await card(ada, press, 'Jean Dupont');
  await folder(ada, 'Famille');
  const shared = await folder(ben, 'Bureau');
  await card(ben, shared, 'Marc');
  await shareAccepted(ben, shared, ada);

  const reading = await makeDevice(url, ada, { mayWrite: false });
  const { accounts } = await session(reading);
  assert.deepEqual(
    [ada, ben].map(({ id }) => String(accounts[id]!['isReadOnly'])),
    ['true', 'true'],
  );
  const contacts = accounts[ada.id]!['accountCapabilities']!['urn:ietf:params:jmap:contacts']!;
  assert.equal(String(contacts['mayCreateAddressBook']), 'false');
  for (const book of [
    ...(await list(reading, 'AddressBook')),
    ...(await list(reading, 'AddressBook', { accountId: ben.id })),
  ])
    assert.deepEqual(book['myRights'], {
      mayRead: true,
      mayWrite: false,
      mayAdd: false,
      mayShare: false,
      mayDelete: false,
    });
  const places = ['', `${press}/`, `${shared}/`].map((path) => `addressbooks/${ada.id}/${path}`);
  for (const path of [...places, `one/${ada.id}/`, `one/${ada.id}/all/`]) {
    const reply = await propfind(reading, `/dav/${path}`, 0, [D('current-user-privilege-set')]);
    assert.doesNotMatch(reply.text, /<D:(?:all|write|bind|unbind|write-[a-z]+|share)\/>/u, path);
    assert.match(reply.text, /<D:read\/>/u);
  }
  // RFC 9610 §2.3: what may not become the default is no error.
  const asked = await reading.call('AddressBook/set', { onSuccessSetIsDefault: press });
  assert.deepEqual([asked['type'], asked['newState']], [undefined, asked['oldState']]);
  const put = { body: 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Neu\r\nN:Neu;;;;\r\nUID:neu\r\nEND:VCARD\r\n' };
  assert.equal((await dav(reading, 'PUT', `/dav/addressbooks/${ada.id}/${press}/neu.vcf`, put)).status, 403);
  assert.equal((await dav(reading, 'PUT', `/dav/one/${ada.id}/all/neu.vcf`, put)).status, 403);
  assert.equal((await dav(reading, 'MKCOL', `/dav/addressbooks/${ada.id}/neu/`)).status, 403);

  const one = await makeDevice(url, ada, { addressBookId: press });
  assert.deepEqual(
    (await list(one, 'AddressBook')).map((book) => book['id']),
    [press],
  );
  assert.deepEqual(Object.keys((await session(one)).accounts), [ada.id]);
  const home = await propfind(one, `/dav/addressbooks/${ada.id}/`, 1, [D('displayname')]);
  assert.equal(home.responses.length, 2);
  assert.equal((await dav(one, 'PUT', `/dav/addressbooks/${ada.id}/${press}/neu.vcf`, put)).status, 201);
  assert.equal((await propfind(one, `/dav/addressbooks/${ada.id}/${shared}/`, 0)).status, 404);
  assert.equal((await one.basic(`/home/${ada.email}/Famille.csv`)).status, 404);
  assert.equal((await one.basic(`/home/${ada.email}/Presse.csv`)).status, 200);
  const { ids } = await one.call('ContactCard/query');
  assert.deepEqual(ids!.includes(jean), true);
  assert.equal(ids!.length, 2);

  const elsewhere = await makeDevice(url, ada, { addressBookId: shared });
  assert.equal(String((await session(elsewhere)).accounts[ada.id]!['isReadOnly']), 'true');
  assert.equal((await list(elsewhere, 'AddressBook')).length, 0);
  assert.equal((await list(elsewhere, 'AddressBook', { accountId: ben.id })).length, 1);
  const marc = { name: { full: 'Lise' }, addressBookIds: { [shared]: true } };
  await create(elsewhere, 'ContactCard', marc, { accountId: ben.id });
  assert.deepEqual(app.faults, []);
});
