import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownPaths } from '../../../src/doors.ts';
import { pathPattern } from '../../../src/lib/http/pathPattern.ts';
import { accept, comeAsGuest, guestToken, look, shareWithGuest } from '../../kit/guest.ts';
import { card, destroy, folder, get, refusal } from '../../kit/calls.ts';
import { postJson } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const ines = 'ines@ailleurs.example';
const day = 86_400_000;

async function open(environment: Record<string, string> = {}) {
  const app = await createTestApp({ environment });
  const bookId = await folder(app.ada, 'Presse');
  await card(app.ada, bookId, 'Jean Dupont');
  const shareId = await shareWithGuest(app.ada, bookId, ines);
  const shareOf = () => get(app.ada, 'Share', shareId);
  return { app, ada: app.ada, bookId, shareId, shareOf, [Symbol.asyncDispose]: () => app.close() };
}

async function told(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>;
}

test('a guest gets a mail, chooses a name and a password, and is in; the owner sees that they came, and when', async () => {
  await using scene = await open();
  const { app, shareOf, bookId, ada } = scene;
  const before = (await shareOf())!;
  assert.deepEqual([before['granteeKind'], before['status'], before['name']], ['guest', 'waiting', ines]);
  assert.equal(before['answeredAt'], null);
  assert.ok(before['linkExpiresAt']);
  const token = await guestToken(app, ines);
  const shown = await told(await look(app, token));
  assert.deepEqual(
    [shown['step'], shown['email'], shown['name'], shown['folderName'], shown['ownerName']],
    ['new', ines, null, 'Presse', 'Ada'],
  );
  assert.ok(!('guestId' in shown) && !('shareId' in shown));
  const guest = await comeAsGuest(app, ines);
  const books = await guest.call('AddressBook/get', { accountId: ada.id });
  assert.deepEqual([books['list']![0]!['id'], books['list']!.length], [bookId, 1]);
  const after = (await shareOf())!;
  assert.deepEqual([after['status'], after['name'], after['email']], ['accepted', 'Inès Dehors', ines]);
  assert.match(after['answeredAt']!, /^\d{4}-/u);
  assert.equal(after['linkExpiresAt'], null);
  guest.cookie = '';
  assert.equal((await guest.signIn()).status, 204, 'later they sign in as everybody does');
});

test('opening the link changes nothing, however often a scanner of mails does it', async () => {
  await using scene = await open();
  const { app, shareOf } = scene;
  const token = await guestToken(app, ines);
  for (let turn = 0; turn < 3; turn++) {
    assert.ok((await fetch(`${app.url}/guest/${token}`)).status !== 500);
    assert.equal((await look(app, token)).status, 200);
  }
  assert.equal((await shareOf())!['status'], 'waiting');
  assert.equal((await told(await look(app, token)))['step'], 'new');
});

test('the link works once: then it leads to the sign-in page', async () => {
  await using scene = await open();
  const { app } = scene;
  const token = await guestToken(app, ines);
  await comeAsGuest(app, ines);
  assert.equal((await told(await look(app, token)))['step'], 'used');
  const again = await accept(app, token, { password: 'somebody who found the mail' });
  assert.equal(again.status, 403);
  assert.equal((await told(again))['reason'], 'invitationUsed');
});

test('the link expires, says whom to ask, and is sent again; the one before is void then', async () => {
  await using scene = await open({ COTERIE_GUEST_LINK_DAYS: '3' });
  const { app, ada, shareId, shareOf } = scene;
  const old = await guestToken(app, ines);
  app.clock.advance(3 * day + 1000);
  await ada.signIn();
  const shown = await told(await look(app, old));
  assert.deepEqual([shown['step'], shown['sharedByName']], ['expired', 'Ada']);
  assert.equal((await told(await accept(app, old)))['reason'], 'invitationExpired');
  assert.ok(Date.parse((await shareOf())!['linkExpiresAt']!) < app.world.now().getTime());
  assert.deepEqual((await ada.call('Share/resend', { ids: [shareId] }))['resent'], [shareId]);
  assert.equal((await look(app, old)).status, 404);
  assert.equal((await told(await look(app, await guestToken(app, ines))))['step'], 'new');
});

test('a guest who forgot the password chooses another by an invitation that is sent again; sessions end', async () => {
  await using scene = await open();
  const { app, ada, shareId } = scene;
  const guest = await comeAsGuest(app, ines);
  await ada.call('Share/resend', { ids: [shareId] });
  const token = await guestToken(app, ines);
  const shown = await told(await look(app, token));
  assert.deepEqual([shown['step'], shown['name']], ['known', 'Inès Dehors']);
  assert.equal((await accept(app, token, { password: 'another good password' })).status, 204);
  assert.equal((await guest.get('/jmap/session')).status, 401);
  assert.equal((await guest.signIn()).status, 401, 'the old password is void');
});

test('a wrong link, a revoked share, a folder in the trash: all the same, nothing', async () => {
  await using scene = await open();
  const { app, ada, shareId, bookId } = scene;
  const token = await guestToken(app, ines);
  await destroy(ada, 'AddressBook', bookId, { onDestroyRemoveContents: true });
  assert.equal((await look(app, token)).status, 404);
  assert.equal((await accept(app, token)).status, 404);
  await ada.call('TrashItem/restore', { ids: [bookId] });
  await destroy(ada, 'Share', shareId);
  assert.equal((await look(app, token)).status, 404);
  assert.equal((await look(app, 'x')).status, 404);
});

test('names and passwords are checked, and nothing of a refusal is kept', async () => {
  await using scene = await open();
  const { app } = scene;
  const token = await guestToken(app, ines);
  for (const [wrong, property] of [
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(201) }, 'name'],
    [{ password: 'short' }, 'password'],
    [{ language: 'de' }, 'language'],
  ] as const) {
    const response = await accept(app, token, wrong);
    assert.equal(response.status, 400);
    assert.deepEqual((await told(response))['properties'], [property]);
  }
  assert.equal((await accept(app, token, { name: 7 })).status, 400);
  assert.equal((await told(await look(app, token)))['step'], 'new');
});

test('whoever tries links is slowed down', async () => {
  await using scene = await open();
  const { app } = scene;
  const statuses = [];
  for (let guess = 0; guess < 23; guess++) statuses.push((await look(app, `guess${guess}`)).status);
  assert.ok(statuses.includes(429));
  assert.equal((await look(app, await guestToken(app, ines))).status, 429);
  app.clock.advance(120_000);
  assert.equal((await look(app, await guestToken(app, ines))).status, 200);
});

test('another site cannot make a browser accept', async () => {
  await using scene = await open();
  const { app } = scene;
  const token = await guestToken(app, ines);
  const body = { token, name: 'Mallory', password: 'a foreign password', language: 'fr' };
  const foreign = postJson(body, { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' });
  assert.equal((await fetch(`${app.url}/site/guest/accept`, foreign)).status, 403);
  assert.equal((await told(await look(app, token)))['step'], 'new');
});

test('the secret of the link is nowhere: neither in the database, once the mail has left, nor in a log', async () => {
  await using scene = await open();
  const { app } = scene;
  const token = await guestToken(app, ines);
  const { db } = app.world;
  const kept = await db.all(db.build.selectFrom('guest_invitation').selectAll());
  assert.equal(kept.length, 1);
  assert.ok(!JSON.stringify(kept).includes(token));
  assert.deepEqual(await db.all(db.build.selectFrom('outbox').selectAll()), []);
  assert.equal(pathPattern('/guest/very-secret', shownPaths), '/guest/…');
});

test('a guest link is for its owner’s mailbox alone: nobody who shares can read it', async () => {
  await using scene = await open();
  const { app, ada, shareOf, bookId } = scene;
  assert.equal((await shareOf())!['url'], null);
  const token = await guestToken(app, ines);
  const all = JSON.stringify([await ada.call('Share/get'), await ada.call('AddressBook/get', { ids: [bookId] })]);
  assert.ok(!all.includes(token));
});

test('guests are no colleagues: nobody shares with them as such, suggests them or puts them into a group', async () => {
  await using scene = await open();
  const { app, ada } = scene;
  const guest = await comeAsGuest(app, ines);
  const book = await folder(ada, 'Autre');
  const asColleague = (value: object) =>
    refusal(ada, 'Share/set', { create: { new: { addressBookId: book, type: 'principal', role: 'admin', ...value } } });
  assert.equal((await asColleague({ email: ines }))['type'], 'unknownPrincipal');
  assert.equal((await asColleague({ principalId: guest.id }))['type'], 'unknownPrincipal');
  assert.deepEqual((await ada.call('Suggestion/query', { text: 'Inès' }))['list'], []);
  assert.deepEqual((await ada.call('Suggestion/query', { text: ines, sources: ['directory'] }))['list'], []);
  const found = await ada.call('Principal/query', { filter: { text: 'Inès' } });
  assert.deepEqual(found['ids'], []);
  const shared = (await get(ada, 'AddressBook', scene.bookId))!;
  assert.equal(shared['shareWith'], null, 'shareWith is of the directory');
  assert.equal(Number(shared['shareCount']), 1);
});
