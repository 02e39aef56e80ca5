import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setPassword } from '../../../src/core/auth/setPassword.ts';
import { setPreferences } from '../../../src/core/preferences/preferences.ts';
import { setPersonActive } from '../../../src/core/principal/setPersonActive.ts';
import { purgePushSubscriptions } from '../../../src/core/push/liveSubscriptions.ts';
import { folder, shareAccepted, stateOf } from '../../kit/calls.ts';
import { everything, postJson } from '../../kit/person.ts';
import type { Person, Result } from '../../kit/person.ts';
import { openPushService } from '../../kit/pushService.ts';
import type { PushService } from '../../kit/pushService.ts';
import { cheapPassword, createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
let service: PushService;
before(async () => {
  service = await openPushService();
  app = await createTestApp({ environment: { COTERIE_PUSH_PRIVATE: 'on' }, second: 20 });
  await app.app.start();
});
beforeEach(() => {
  service.status = 201;
  service.headers = {};
});
after(async () => {
  await app.close();
  await service.close();
});

/** PushSubscription methods have no account. */
async function call(person: Person, name: string, args: object): Promise<Result> {
  return (await person.jmap([[name, args]]))[0]![1];
}

const set = (person: Person, args: object) => call(person, 'PushSubscription/set', args);

async function listed(person: Person): Promise<Record<string, unknown>[]> {
  return (await call(person, 'PushSubscription/get', { ids: null }))['list'] as unknown as Record<string, unknown>[];
}

async function subscribe(person: Person, more: object = {}): Promise<Result> {
  const value = { deviceClientId: 'a889-ffea-910', url: `${service.url}/p/${person.id}`, ...more };
  const result = await set(person, { create: { new: value } });
  return result['created']?.['new'] ?? result['notCreated']!['new']!;
}

/** Subscribes and shows the code that came to the device. */
async function subscribeVerified(person: Person, more: object = {}): Promise<string> {
  const { id } = await subscribe(person, { keys: service.keys, ...more });
  const { content } = await service.next();
  assert.deepEqual([content['@type'], content['pushSubscriptionId']], ['PushVerification', id]);
  const result = await set(person, { update: { [id!]: { verificationCode: content['verificationCode'] } } });
  assert.deepEqual(result['updated'], { [id!]: null });
  return id!;
}

const theme = (person: Person, value: string | null) =>
  person.call('Preferences/set', { update: { singleton: { theme: value } } });

/** Until it is so; the test's own time-out ends what never is. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
}

test('the session tells the key by which push services know the server', async () => {
  const session = (await (await app.ada.get('/jmap/session')).json()) as Result;
  const told = session['capabilities']!['urn:ietf:params:jmap:webpush-vapid']!;
  const key = Buffer.from(told['applicationServerKey']!, 'base64url');
  assert.deepEqual([key.length, key[0]], [65, 4]);
});

test('a device is asked for its code at once, encrypted and in our name, and told nothing before it has shown it', async () => {
  const dora = await app.person('Dora');
  const made = (await subscribe(dora, { keys: service.keys, types: null })) as unknown as Record<string, unknown>;
  assert.deepEqual(Object.keys(made).sort(), ['expires', 'id', 'verificationCode']);
  const { content, headers } = await service.next();
  assert.equal(content['@type'], 'PushVerification');
  assert.equal(headers['content-type'], 'application/json');
  assert.equal(headers['content-encoding'], 'aes128gcm');
  assert.ok(Number(headers['ttl']) > 0);
  assert.match(headers.authorization!, /^vapid t=[\w-]+\.[\w-]+\.[\w-]+, k=[\w-]+$/u);
  const count = service.count;
  await theme(dora, 'dark');
  const id = String(made['id']);
  const wrong = await set(dora, { update: { [id]: { verificationCode: 'guessed' } } });
  assert.deepEqual(wrong['notUpdated']![id]!['type'], 'invalidProperties');
  const [before] = await listed(dora);
  assert.equal(before!['verificationCode'], null);
  await set(dora, { update: { [id]: { verificationCode: content['verificationCode'] } } });
  await theme(dora, 'light');
  const told = await service.next();
  assert.equal(service.count, count + 1);
  assert.deepEqual(told.content, {
    '@type': 'StateChange',
    changed: { [dora.id]: { Preferences: await stateOf(dora, 'Preferences') } },
  });
});

test('without keys the messages are plain JSON', async () => {
  const emil = await app.person('Emil');
  const { id } = await subscribe(emil);
  const { content, headers } = await service.next();
  assert.deepEqual([headers['content-encoding'], content['pushSubscriptionId']], [undefined, id]);
});

test('only the wanted types are told, also of folders that others share', async () => {
  const [owner, reader] = [await app.person('Farid'), await app.person('Gina')];
  const book = await folder(owner, 'Shared');
  await shareAccepted(owner, book, reader, 'viewer');
  await subscribeVerified(reader, { types: ['ContactCard'] });
  await theme(reader, 'dark');
  await owner.call('ContactCard/set', { create: { new: { name: { full: 'New' }, addressBookIds: { [book]: true } } } });
  const changed = (await service.next()).content['changed'];
  assert.deepEqual(changed, { [owner.id]: { ContactCard: await stateOf(reader, 'ContactCard', owner.id) } });
});

test('neither the address nor the keys are ever told, and asking for them is forbidden', async () => {
  const hugo = await app.person('Hugo');
  await subscribeVerified(hugo);
  const [shown] = await listed(hugo);
  assert.deepEqual(Object.keys(shown!).sort(), ['deviceClientId', 'expires', 'id', 'types', 'verificationCode']);
  for (const name of ['url', 'keys'])
    assert.equal((await call(hugo, 'PushSubscription/get', { ids: null, properties: [name] }))['type'], 'forbidden');
  const result = await call(hugo, 'PushSubscription/get', { ids: null });
  assert.ok(!('state' in result) && !('accountId' in result));
  assert.equal((await hugo.call('PushSubscription/get', { ids: null }))['type'], 'invalidArguments');
});

test('a subscription lives for thirty days at most, and can be made to live on', async () => {
  const ines = await app.person('Ines');
  const late = '2099-01-01T00:00:00Z';
  const { id, expires } = await subscribe(ines, { expires: late });
  await service.next();
  const days = (Date.parse(expires!) - app.world.now().getTime()) / 86_400_000;
  assert.ok(days > 29.9 && days <= 30);
  const updated = (await set(ines, { update: { [id!]: { expires: late } } }))['updated']![id!]!;
  assert.ok(Date.parse(updated['expires']!) > app.world.now().getTime());
  const soon = new Date(app.world.now().getTime() + 3_600_000).toISOString().replace(/\.\d+/u, '');
  assert.deepEqual((await set(ines, { update: { [id!]: { expires: soon } } }))['updated'], { [id!]: null });
  assert.equal((await listed(ines))[0]!['expires'], soon);
});

test('what is no https address, no key, or a code before its time is refused', async () => {
  const jane = await app.person('Jane');
  const wrong: [object, string][] = [
    [{ url: 'http://push.demo.example/x' }, 'url'],
    [{ url: 'https://user:secret@push.demo.example/x' }, 'url'],
    [{ url: 'nowhere' }, 'url'],
    [{ keys: { p256dh: 'AAAA', auth: service.keys.auth } }, 'keys'],
    [{ keys: { ...service.keys, auth: 'AAAA' } }, 'keys'],
    [{ verificationCode: 'mine' }, 'verificationCode'],
    [{ types: 'all' }, 'types'],
    [{ expires: 'tomorrow' }, 'expires'],
    [{ deviceClientId: '' }, 'deviceClientId'],
  ];
  for (const [more, property] of wrong) {
    const error = (await subscribe(jane, more)) as unknown as Record<string, unknown>;
    assert.deepEqual([error['type'], error['properties']], ['invalidProperties', [property]], JSON.stringify(more));
  }
});

test('the address and the keys cannot be changed', async () => {
  const kim = await app.person('Kim');
  const id = await subscribeVerified(kim);
  const refused = await set(kim, { update: { [id]: { url: 'https://elsewhere.demo.example/' } } });
  assert.equal(refused['notUpdated']![id]!['type'], 'invalidProperties');
});

test('a push service that has had enough is tried again later, with the newest states', async () => {
  const lea = await app.person('Lea');
  await subscribeVerified(lea);
  service.status = 429;
  await theme(lea, 'dark');
  await service.next();
  await theme(lea, 'light');
  service.status = 503;
  await service.next();
  service.status = 201;
  const { content } = await service.next();
  assert.deepEqual(content['changed'], { [lea.id]: { Preferences: await stateOf(lea, 'Preferences') } });
});

test('a device that is gone is forgotten, wherever it redirects to', async () => {
  for (const [status, name] of [
    [410, 'Mia'],
    [404, 'Nina'],
    [302, 'Olga'],
  ] as const) {
    const person = await app.person(name);
    await subscribeVerified(person);
    service.status = status;
    service.headers = status === 302 ? { Location: `${service.url}/elsewhere` } : {};
    await theme(person, 'dark');
    assert.equal((await service.next()).path, `/p/${person.id}`);
    await until(async () => (await listed(person)).length === 0);
    service.status = 201;
  }
});

test('signing out ends the subscriptions of that session and of no other', async () => {
  const paul = await app.person('Paul');
  await subscribeVerified(paul);
  const viaPassword = async (name: string, args: object) => {
    const body = postJson({ using: everything, methodCalls: [[name, args, 'c0']] });
    const { methodResponses } = (await (await paul.basic('/jmap/api', body)).json()) as Result;
    return methodResponses![0]![1]!;
  };
  assert.deepEqual((await viaPassword('PushSubscription/get', { ids: null }))['list'], []);
  const value = { deviceClientId: 'other', url: `${service.url}/basic`, keys: service.keys };
  const created = await viaPassword('PushSubscription/set', { create: { new: value } });
  const id = created['created']!['new']!['id']!;
  const { content } = await service.next();
  await viaPassword('PushSubscription/set', { update: { [id]: { verificationCode: content['verificationCode'] } } });
  await paul.fetch('/site/sign-out', { method: 'POST' });
  await paul.signIn();
  assert.deepEqual(await listed(paul), []);
  await theme(paul, 'dark');
  assert.equal((await service.next()).path, '/basic');
  await setPassword(app.world, paul.id, 'a wholly different password', cheapPassword);
  const count = service.count;
  const context = { ...app.world, actor: { principalId: paul.id, language: 'en' } } as const;
  await setPreferences(context, { language: null, theme: 'light', collects: true });
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(service.count, count);
  await purgePushSubscriptions(app.world);
  const { build } = app.world.db;
  assert.deepEqual(await app.world.db.all(build.selectFrom('push_subscription').select('id').where('id', '=', id)), []);
});

test('whoever is kept out is told nothing more, on no device', async () => {
  const quentin = await app.person('Quentin');
  await subscribeVerified(quentin);
  await setPersonActive(app.world, quentin.id, false);
  const count = service.count;
  const context = { ...app.world, actor: { principalId: quentin.id, language: 'en' } } as const;
  await setPreferences(context, { language: null, theme: 'light', collects: true });
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(service.count, count);
});

test('after twenty subscriptions within an hour there are no more, even when they are gone again', async () => {
  const rose = await app.person('Rose');
  for (let number = 0; number < 20; number++) {
    const { id } = await subscribe(rose, { url: `${service.url}/${number}` });
    await service.next();
    await set(rose, { destroy: [id] });
  }
  assert.equal((await subscribe(rose))['type'], 'rateLimit');
  app.clock.advance(3_700_000);
  assert.ok((await subscribe(rose))['id']);
  await service.next();
});

test('whoever subscribed just before a restart is asked after it', async () => {
  await using late = await createTestApp({ environment: { COTERIE_PUSH_PRIVATE: 'on' }, second: 20 });
  const count = service.count;
  const { id } = await subscribe(late.ada);
  assert.equal(service.count, count);
  await late.app.start();
  assert.equal((await service.next()).content['pushSubscriptionId'], id);
});

test('a private address is never called unless the administrator wants it', async () => {
  await using strict = await createTestApp({ second: 20 });
  await strict.app.start();
  const count = service.count;
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    const url = `https://${host}:${new URL(service.url).port}/`;
    await set(strict.ada, { create: { new: { deviceClientId: host, url } } });
  }
  await until(async () => (await listed(strict.ada)).length === 0);
  assert.equal(service.count, count);
});
