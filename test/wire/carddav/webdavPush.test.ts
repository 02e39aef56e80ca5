import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { purgeDavSubscriptions } from '../../../src/core/davPush/davSubscriptions.ts';
import { card, destroy, folder, shareAccepted, update } from '../../kit/calls.ts';
import { D, dav, namesIn, propfind } from '../../kit/dav.ts';
import type { DavReply } from '../../kit/dav.ts';
import { makeDevice } from '../../kit/device.ts';
import type { Person } from '../../kit/person.ts';
import { openPushService } from '../../kit/pushService.ts';
import type { PushService } from '../../kit/pushService.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';

const P = (name: string) => `{https://bitfire.at/webdav-push}${name}`;

let app: TestApp;
let service: PushService;
before(async () => {
  service = await openPushService();
  app = await createTestApp({ environment: { COTERIE_PUSH_PRIVATE: 'on' }, second: 20 });
  await app.app.start();
});
beforeEach(() => {
  service.status = 201;
});
after(async () => {
  await app.close();
  await service.close();
});

const homeOf = (person: Person) => `/dav/addressbooks/${person.id}/`;
const bookOf = (person: Person, bookId: string) => `${homeOf(person)}${bookId}/`;

type Wanted = {
  readonly url?: string;
  readonly trigger?: string;
  readonly expires?: string;
  readonly keys?: { readonly p256dh: string; readonly auth: string };
};

const both =
  '<P:content-update><D:depth>1</D:depth></P:content-update><P:property-update><D:depth>0</D:depth></P:property-update>';

function register(person: Person, path: string, wanted: Wanted = {}): Promise<DavReply> {
  const { url = `${service.url}/p/${person.id}`, trigger = both, expires, keys = service.keys } = wanted;
  const body = `<?xml version="1.0"?>
    <P:push-register xmlns:P="https://bitfire.at/webdav-push" xmlns:D="DAV:">
      <P:subscription><P:web-push-subscription>
        <P:push-resource>${url}</P:push-resource>
        <P:content-encoding>aes128gcm</P:content-encoding>
        <P:subscription-public-key type="p256dh">${keys.p256dh}</P:subscription-public-key>
        <P:auth-secret>${keys.auth}</P:auth-secret>
      </P:web-push-subscription></P:subscription>
      <P:trigger>${trigger}</P:trigger>
      ${expires === undefined ? '' : `<P:expires>${expires}</P:expires>`}
    </P:push-register>`;
  return dav(person, 'POST', path, { body });
}

async function registered(person: Person, path: string, wanted: Wanted = {}): Promise<string> {
  const reply = await register(person, path, wanted);
  assert.equal(reply.status, 204, reply.text);
  return reply.headers.get('location')!;
}

async function topicOf(person: Person, path: string): Promise<string> {
  const found = (await propfind(person, path, 0, [P('topic')])).responses[0]!.found;
  return textOf(found.get(P('topic'))!);
}

const unregister = (person: Person, url: string) => dav(person, 'DELETE', new URL(url).pathname);

test('an address book and the home say that they can be pushed, through what, and under which key', async () => {
  const { ada } = app;
  const bookId = await folder(ada, 'Annonces');
  const options = await ada.basic(bookOf(ada, bookId), { method: 'OPTIONS' });
  assert.match(options.headers.get('dav')!, /(?:^|, )webdav-push(?:,|$)/u);
  for (const path of [homeOf(ada), bookOf(ada, bookId)]) {
    const names = [P('transports'), P('topic'), P('supported-triggers')];
    const [response] = (await propfind(ada, path, 0, names)).responses;
    assert.equal(response!.refused.size, 0);
    assert.deepEqual(namesIn(response, P('transports')), [P('vapid-public-key')]);
    const isBook = path !== homeOf(ada);
    const text = (await propfind(ada, path, 0, [P('supported-triggers')])).text;
    assert.match(text, /<P:content-update><D:depth>1<\/D:depth><\/P:content-update>/u);
    assert.equal(text.includes('<P:property-update><D:depth>0</D:depth></P:property-update>'), isBook);
  }
  const session = (await (await ada.get('/jmap/session')).json()) as {
    capabilities: Record<string, Record<string, string>>;
  };
  const key = session.capabilities['urn:ietf:params:jmap:webpush-vapid']!['applicationServerKey']!;
  const { text } = await propfind(ada, bookOf(ada, bookId), 0, [P('transports')]);
  assert.ok(text.includes(`<P:vapid-public-key type="p256ecdsa">${key}</P:vapid-public-key>`));
  assert.notEqual(await topicOf(ada, homeOf(ada)), await topicOf(ada, bookOf(ada, bookId)));
  const [principal] = (await propfind(ada, `/dav/principals/${ada.id}/`, 0, [P('topic')])).responses;
  assert.equal(principal!.found.size, 0);
});

test('a device is told of a new card at once, encrypted and in our name, with the new sync-token', async () => {
  const { ada } = app;
  const bookId = await folder(ada, 'Presse');
  const path = bookOf(ada, bookId);
  const url = await registered(ada, path);
  await card(ada, bookId, 'Jean Dupont');
  const { text, headers } = await service.next();
  assert.equal(headers['content-type'], 'application/xml; charset="UTF-8"');
  assert.equal(headers['content-encoding'], 'aes128gcm');
  assert.match(headers['authorization']!, /^vapid t=/u);
  const token = (await propfind(ada, path, 0, [D('sync-token')])).responses[0]!.found.get(D('sync-token'))!;
  assert.ok(text.includes(`<P:topic>${await topicOf(ada, path)}</P:topic>`));
  assert.ok(text.includes(`<P:content-update><D:sync-token>${textOf(token)}</D:sync-token></P:content-update>`));
  assert.ok(!text.includes('property-update'));
  assert.equal((await unregister(ada, url)).status, 204);
});

test('a new name or colour is a change of properties, and only who asked for those is told', async () => {
  const { ada } = app;
  const bookId = await folder(ada, 'Avant');
  const urls = [
    await registered(ada, bookOf(ada, bookId), { url: `${service.url}/p/both` }),
    await registered(ada, bookOf(ada, bookId), {
      url: `${service.url}/p/content`,
      trigger: '<P:content-update><D:depth>infinity</D:depth></P:content-update>',
    }),
  ];
  await update(ada, 'AddressBook', bookId, { name: 'Après' });
  const named = await service.next();
  assert.equal(named.path, '/p/both');
  assert.match(named.text, /<P:property-update\/>/u);
  assert.ok(!named.text.includes('content-update'));
  await card(ada, bookId, 'Jean Dupont');
  const paths = [(await service.next()).path, (await service.next()).path];
  assert.deepEqual(paths.sort(), ['/p/both', '/p/content']);
  for (const url of urls) await unregister(ada, url);
});

test('a sharee is told of what a colleague does in the folder, and nobody of what they may not see', async () => {
  const { ada, ben, chloe } = app;
  const bookId = await folder(ada, 'Partagé');
  const secretId = await folder(ada, 'Secret');
  await shareAccepted(ada, bookId, ben, 'viewer');
  const url = await registered(ben, bookOf(ben, bookId));
  assert.equal((await register(ben, bookOf(ben, secretId))).status, 404);
  assert.equal((await register(chloe, bookOf(ada, bookId))).status, 404);
  const count = service.count;
  await card(ada, secretId, 'Tante Rose');
  await card(ada, bookId, 'Jean Dupont');
  const { path, text } = await service.next();
  assert.equal(path, `/p/${ben.id}`);
  assert.ok(text.includes(await topicOf(ben, bookOf(ben, bookId))));
  assert.equal(service.count, count + 1);
  await unregister(ben, url);
});

test('when a share ends, its device is told that the content is gone, and nothing after that', async () => {
  const { ada, ben } = app;
  const bookId = await folder(ada, 'Fini');
  const shareId = await shareAccepted(ada, bookId, ben);
  const url = await registered(ben, bookOf(ben, bookId));
  await destroy(ada, 'Share', shareId);
  assert.match((await service.next()).text, /<P:content-update\/>/u);
  const count = service.count;
  await card(ada, bookId, 'Jean Dupont');
  // What comes after it in the same queue: another device of theirs is told.
  const own = await folder(ben, 'Eigenes');
  const other = await registered(ben, bookOf(ben, own));
  await card(ben, own, 'Marc');
  await service.next();
  assert.equal(service.count, count + 1);
  for (const each of [url, other]) await unregister(ben, each);
});

test('the home tells when an address book comes or goes', async () => {
  const { ada } = app;
  const url = await registered(ada, homeOf(ada), {
    trigger: '<P:content-update><D:depth>1</D:depth></P:content-update>',
  });
  const bookId = await folder(ada, 'Neu');
  assert.ok((await service.next()).text.includes(await topicOf(ada, homeOf(ada))));
  await destroy(ada, 'AddressBook', bookId);
  assert.match((await service.next()).text, /content-update/u);
  await unregister(ada, url);
});

test('the same device on the same folder is one registration; it is told as it asked last', async () => {
  const { ada } = app;
  const bookId = await folder(ada, 'Einmal');
  const first = await register(ada, bookOf(ada, bookId));
  const again = await register(ada, bookOf(ada, bookId), {
    expires: new Date(app.world.now().getTime() + 5 * 86_400_000).toUTCString(),
  });
  assert.equal(again.headers.get('location'), first.headers.get('location'));
  const days = (Date.parse(again.headers.get('expires')!) - app.world.now().getTime()) / 86_400_000;
  assert.ok(days > 4.9 && days < 5.1);
  await unregister(ada, first.headers.get('location')!);
});

test('what a registration says is capped: three days at least, thirty at most, and a week for what is no date', async () => {
  const { ada } = app;
  const bookId = await folder(ada, 'Dauer');
  const daysFor = async (expires: string) => {
    const reply = await register(ada, bookOf(ada, bookId), { expires });
    return Math.round((Date.parse(reply.headers.get('expires')!) - app.world.now().getTime()) / 86_400_000);
  };
  assert.equal(await daysFor(new Date(0).toUTCString()), 3);
  assert.equal(await daysFor('Fri, 31 Dec 2100 23:59:59 GMT'), 30);
  assert.equal(await daysFor('gestern'), 7);
  await unregister(ada, await registered(ada, bookOf(ada, bookId)));
});

test('what is no subscription, no trigger, or not to be pushed is refused in the words of the draft', async () => {
  const { ada } = app;
  const bookId = await folder(ada, 'Falsch');
  const path = bookOf(ada, bookId);
  const cases: readonly [Promise<DavReply>, string][] = [
    [register(ada, path, { url: 'http://push.demo.example/' }), 'invalid-subscription'],
    [register(ada, path, { keys: { p256dh: 'AAAA', auth: 'AAAA' } }), 'invalid-subscription'],
    [register(ada, path, { trigger: '' }), 'no-supported-trigger'],
    [register(ada, path, { trigger: '<P:moon-phase/>' }), 'no-supported-trigger'],
    [register(ada, homeOf(ada), { trigger: '<P:property-update/>' }), 'no-supported-trigger'],
    [
      dav(ada, 'POST', path, {
        body: '<P:push-register xmlns:P="https://bitfire.at/webdav-push"><P:trigger><P:content-update/></P:trigger></P:push-register>',
      }),
      'invalid-subscription',
    ],
  ];
  for (const [reply, condition] of cases) {
    const { status, text } = await reply;
    assert.equal(status, 403);
    assert.ok(text.includes(`<P:${condition}/>`), text);
  }
  assert.deepEqual(app.faults, []);
});

test('a registration is ended by whose it is, once, and by nobody else', async () => {
  const { ada, ben } = app;
  const bookId = await folder(ada, 'Ende');
  const url = await registered(ada, bookOf(ada, bookId));
  assert.equal((await unregister(ben, url)).status, 404);
  assert.equal((await dav(ada, 'GET', new URL(url).pathname)).status, 405);
  assert.equal((await unregister(ada, url)).status, 204);
  assert.equal((await unregister(ada, url)).status, 404);
  assert.equal((await dav(ada, 'DELETE', '/dav/push/..%2f')).status, 404);
});

test('Push-Dont-Notify: what a device did itself is no news to it, but to the others', async () => {
  const { ada } = app;
  const bookId = await folder(ada, 'Selbst');
  const mine = await registered(ada, bookOf(ada, bookId), { url: `${service.url}/p/mine` });
  const other = await registered(ada, bookOf(ada, bookId), { url: `${service.url}/p/other` });
  const put = (name: string, quiet: string) =>
    dav(ada, 'PUT', `${bookOf(ada, bookId)}${name}.vcf`, {
      body: `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nN:${name};;;;\r\nUID:${name}\r\nEND:VCARD\r\n`,
      headers: { 'Push-Dont-Notify': quiet },
    });
  assert.equal((await put('eins', `"${mine}"`)).status, 201);
  assert.equal((await service.next()).path, '/p/other');
  const count = service.count;
  assert.equal((await put('zwei', '*')).status, 201);
  await card(ada, bookId, 'Drei');
  const paths = [(await service.next()).path, (await service.next()).path];
  assert.deepEqual(paths.sort(), ['/p/mine', '/p/other']);
  assert.equal(service.count, count + 2);
  assert.equal((await put('vier', 'nonsense, "https://demo.example/x"')).status, 201);
  await service.next();
  await service.next();
  for (const url of [mine, other]) await unregister(ada, url);
});

test('by an app password for one folder a device is told of that folder, until it is revoked', async () => {
  const { ada } = app;
  const bookId = await folder(ada, 'Borne');
  const otherId = await folder(ada, 'Ailleurs');
  const device = await makeDevice(app.url, ada, { addressBookId: bookId, mayWrite: false });
  await registered(device, bookOf(ada, bookId), { url: `${service.url}/p/kiosk` });
  assert.equal((await register(device, bookOf(ada, otherId))).status, 404);
  await card(ada, bookId, 'Jean Dupont');
  assert.equal((await service.next()).path, '/p/kiosk');
  await device.revoke();
  const count = service.count;
  const own = await registered(ada, bookOf(ada, bookId), { url: `${service.url}/p/own` });
  await card(ada, bookId, 'Marc');
  assert.equal((await service.next()).path, '/p/own');
  assert.equal(service.count, count + 1);
  await unregister(ada, own);
});

test('a device that its push service does not know any more is forgotten', async () => {
  const { ada } = app;
  const bookId = await folder(ada, 'Weg');
  const url = await registered(ada, bookOf(ada, bookId));
  service.status = 410;
  await card(ada, bookId, 'Jean Dupont');
  await service.next();
  const { db } = app.world;
  const isKept = async () =>
    (await db.all(db.build.selectFrom('dav_push_subscription').select('id').where('book_id', '=', bookId))).length > 0;
  while (await isKept()) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal((await unregister(ada, url)).status, 404);
});

test('a person names twenty new addresses in an hour and thirty-two in all: one change is not sent to hundreds of strangers', async () => {
  await using other = await createTestApp({ environment: { COTERIE_PUSH_PRIVATE: 'on' } });
  const { ada } = other;
  const [bookId, secondId] = [await folder(ada, 'Viele'), await folder(ada, 'Mehr')];
  const status = async (number: number, book = bookId) =>
    (await register(ada, bookOf(ada, book), { url: `${service.url}/p/${number}` })).status;
  for (let number = 0; number < 20; number++) assert.equal(await status(number), 204);
  assert.equal(await status(20), 429);
  // A device that is known may have all its folders, and comes again every day.
  assert.equal(await status(3), 204);
  assert.equal(await status(3, secondId), 204);
  other.clock.advance(61 * 60_000);
  for (let number = 20; number < 32; number++) assert.equal(await status(number), 204);
  assert.equal(await status(32), 507);
  assert.equal(await status(31, secondId), 204);
});

test('an address that fails for a day is not tried for ever: it is forgotten, until its device comes again', async () => {
  await using other = await createTestApp({ environment: { COTERIE_PUSH_PRIVATE: 'on' }, second: 0.02 });
  await other.app.start();
  const { ada, world } = other;
  const bookId = await folder(ada, 'Kaputt');
  const url = await registered(ada, bookOf(ada, bookId));
  service.status = 503;
  const before = service.count;
  await card(ada, bookId, 'Jean Dupont');
  const { db } = world;
  const isKept = async () =>
    (await db.all(db.build.selectFrom('dav_push_subscription').select('id').where('book_id', '=', bookId))).length > 0;
  while (await isKept()) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(service.count - before, 33);
  for (let number = 0; number < 33; number++) await service.next();
  assert.equal((await unregister(ada, url)).status, 404);
});

test('what changed while the server was down is told when it is up again; what has ended is erased', async () => {
  await using other = await createTestApp({ environment: { COTERIE_PUSH_PRIVATE: 'on' }, second: 20 });
  const { ada, world } = other;
  const bookId = await folder(ada, 'Nacht');
  await registered(ada, bookOf(ada, bookId), { url: `${service.url}/p/night` });
  await card(ada, bookId, 'Jean Dupont');
  await other.app.start();
  assert.equal((await service.next()).path, '/p/night');
  other.clock.advance(31 * 86_400_000);
  assert.equal(await purgeDavSubscriptions(world), 1);
});
