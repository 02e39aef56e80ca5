/** Devices hear of a change once, from one of several programs with one database; what that one could not tell another does. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { card, folder, stateOf } from '../kit/calls.ts';
import { dav } from '../kit/dav.ts';
import { openNodes } from '../kit/nodes.ts';
import type { Nodes } from '../kit/nodes.ts';
import type { Person, Result } from '../kit/person.ts';
import { openPushService } from '../kit/pushService.ts';
import type { Pushed, PushService } from '../kit/pushService.ts';

const services: PushService[] = [];
after(() => Promise.all(services.map((service) => service.close())));

async function openService(): Promise<PushService> {
  const service = await openPushService();
  services.push(service);
  return service;
}

/** So many programs, one after the other: the first one tells devices. Ada at each of them. */
async function adaAt(nodes: Nodes, count: number, { certificateFile }: PushService) {
  const settings = { COTERIE_PUSH_PRIVATE: 'on', NODE_EXTRA_CA_CERTS: certificateFile };
  const started = [];
  for (let made = 0; made < count; made++) started.push(await nodes.start(settings));
  const adas = await Promise.all(started.map((node) => node.enter(nodes.app.ada)));
  return { started, adas };
}

/** By WebDAV-Push. */
async function register(person: Person, bookId: string, { url, keys }: PushService): Promise<void> {
  const body = `<?xml version="1.0"?>
    <P:push-register xmlns:P="https://bitfire.at/webdav-push" xmlns:D="DAV:"><P:subscription><P:web-push-subscription>
      <P:push-resource>${url}/${bookId}</P:push-resource><P:content-encoding>aes128gcm</P:content-encoding>
      <P:subscription-public-key type="p256dh">${keys.p256dh}</P:subscription-public-key>
      <P:auth-secret>${keys.auth}</P:auth-secret>
    </P:web-push-subscription></P:subscription>
    <P:trigger><P:content-update><D:depth>1</D:depth></P:content-update></P:trigger></P:push-register>`;
  const { status, text } = await dav(person, 'POST', `/dav/addressbooks/${person.id}/${bookId}/`, { body });
  assert.equal(status, 204, text);
}

/** By JMAP (RFC 8620 §7.2), and shows the code that came to the device. */
async function subscribe(person: Person, { url, keys }: PushService, next: () => Promise<Pushed>): Promise<void> {
  const set = async (args: object): Promise<Result> => (await person.jmap([['PushSubscription/set', args]]))[0]![1];
  const value = { deviceClientId: 'a889-ffea-910', url: `${url}/jmap`, keys, types: ['ContactCard'] };
  const { id } = (await set({ create: { new: value } }))['created']!['new']!;
  const { content } = await next();
  assert.deepEqual([content['@type'], content['pushSubscriptionId']], ['PushVerification', id]);
  const shown = await set({ update: { [id!]: { verificationCode: content['verificationCode'] } } });
  assert.deepEqual(shown['updated'], { [id!]: null });
}

const stateIn = ({ content }: Pushed, accountId: string) =>
  (content['changed'] as Record<string, Record<string, string>>)[accountId]!['ContactCard'];

/** Messages, until both ways have told how things stand: JMAP this state, WebDAV-Push the folder. */
async function heard(service: PushService, accountId: string, { state, bookId }: { state: string; bookId: string }) {
  const all: string[] = [];
  for (const missing = new Set(['jmap', 'dav']); missing.size > 0;) {
    const message = await service.next();
    const told = message.path === '/jmap' ? stateIn(message, accountId)! : message.path;
    all.push(told);
    if (told === state) missing.delete('jmap');
    if (told === `/${bookId}`) missing.delete('dav');
  }
  return all;
}

test('devices hear of changes at whichever of three programs once, though they come at the same time', async () => {
  await using nodes = await openNodes();
  const service = await openService();
  const { adas, started } = await adaAt(nodes, 3, service);
  const [one, two, three] = adas as [Person, Person, Person];
  const [bookId, other] = [await folder(two, 'Presse'), await folder(two, 'Amis')];
  await subscribe(three, service, service.next);
  await register(two, bookId, service);
  await register(one, other, service);
  for (let round = 0; round < 3; round++) {
    await Promise.all(adas.map((ada, index) => card(ada, bookId, `Jean ${round} ${index}`)));
    const state = await stateOf(one, 'ContactCard');
    const states = (await heard(service, one.id, { state, bookId })).filter((told) => told !== `/${bookId}`);
    assert.deepEqual([...new Set(states)], states);
  }
  // What comes next is of the next change: nobody has told anything twice.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  const before = service.count;
  await card(three, other, 'Jeanne');
  await heard(service, one.id, { state: await stateOf(one, 'ContactCard'), bookId: other });
  assert.equal(service.count, before + 2);
  for (const node of started) assert.doesNotMatch(node.output(), /"level":"error"/u);
});

test('what a program has not told that is killed is told by another, and so is what others commit meanwhile', async () => {
  await using nodes = await openNodes();
  const service = await openService();
  const { adas, started } = await adaAt(nodes, 3, service);
  const [one, two, three] = adas as [Person, Person, Person];
  const [told, owed] = [await folder(one, 'Presse'), await folder(one, 'Amis')];
  await subscribe(two, service, service.next);
  await register(two, told, service);
  await register(three, owed, service);
  // The push service does not answer: the first one waits for it, and is killed.
  const answer = Promise.withResolvers<void>();
  service.patience = answer.promise;
  await card(one, told, 'Jean Dupont');
  await service.next();
  await card(one, owed, 'Jeanne Martin');
  await started[0]!.kill();
  service.patience = Promise.resolve();
  answer.resolve();
  await card(three, told, 'Jean Durand');
  const state = await stateOf(two, 'ContactCard');
  await heard(service, one.id, { state, bookId: owed });
});
