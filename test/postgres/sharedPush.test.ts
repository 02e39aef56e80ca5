/** Devices hear of a change once, from one of several programs with one database. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { card, folder } from '../kit/calls.ts';
import { dav } from '../kit/dav.ts';
import { createClient } from '../kit/person.ts';
import type { Person } from '../kit/person.ts';
import { openPushService } from '../kit/pushService.ts';
import type { PushService } from '../kit/pushService.ts';
import { forgetTestDatabase } from '../kit/testDatabase.ts';
import { createTestApp } from '../kit/world.ts';

const environment = { COTERIE_PUSH_PRIVATE: 'on' };

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

const service = await openPushService();
const folderOfData = await mkdtemp(join(tmpdir(), 'coterie-test-'));
after(async () => {
  await service.close();
  await forgetTestDatabase(folderOfData);
  await rm(folderOfData, { recursive: true });
});

test('a program that starts tells devices what nobody has told them, and leaves alone those that another is telling', async () => {
  const options = { folder: folderOfData, environment, second: 20 };
  await using first = await createTestApp(options);
  await first.app.start();
  const { ada } = first;
  const [told, owed] = [await folder(ada, 'Presse'), await folder(ada, 'Amis')];
  await register(ada, told, service);
  await register(ada, owed, service);
  const answer = Promise.withResolvers<void>();
  service.patience = answer.promise;
  await card(ada, told, 'Jean Dupont');
  assert.equal((await service.next()).path, `/${told}`);
  // As one that was killed right behind the commit.
  const killed = await createTestApp({ ...options, empty: true });
  const there = createClient(killed.url, ada);
  await there.signIn();
  await card(there, owed, 'Jeanne Martin');
  await killed.close();
  await using second = await createTestApp({ ...options, empty: true });
  await second.app.start();
  assert.equal((await service.next()).path, `/${owed}`);
  answer.resolve();
  const late = createClient(second.url, ada);
  await late.signIn();
  await card(late, owed, 'Jean Durand');
  assert.equal((await service.next()).path, `/${owed}`);
});
