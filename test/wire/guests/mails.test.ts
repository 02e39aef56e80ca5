import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expireShares } from '../../../src/core/share/expireShares.ts';
import { answer, destroy, folder, get, update } from '../../kit/calls.ts';
import { accept, comeAsGuest, guestToken, look, shareWithGuest } from '../../kit/guest.ts';
import { createTestApp } from '../../kit/world.ts';

const ines = 'ines@ailleurs.example';
const day = 86_400_000;

async function open() {
  const app = await createTestApp();
  const bookId = await folder(app.ada, 'Presse');
  const newest = async () => (await app.mails()).filter(({ to }) => to.address === ines)[0]!;
  return { app, ada: app.ada, bookId, newest, [Symbol.asyncDispose]: () => app.close() };
}

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/gu, ' ');

test('the mail to a guest says what is shared, by whom, until when the link is good, and where to sign in later', async () => {
  await using scene = await open();
  const { app, ada, bookId, newest } = scene;
  const value = { addressBookId: bookId, type: 'guest', email: ines, role: 'viewer' };
  const mail = { message: 'note', note: 'Bonjour Inès,\nvoici la liste.' };
  await ada.call('Share/set', { create: { n: value }, mail });
  const { subject, text, html, headers, replyTo } = await newest();
  assert.equal(plain(subject), 'Partage créé : Presse partagé par Ada');
  for (const words of ['Visionneur', 'Afficher', 'voici la liste', 'mot de passe', `sur ${app.url}`])
    assert.ok(plain(text).includes(words), words);
  assert.match(html, /href="[^"]+\/guest\/[\w-]{43}"/u);
  assert.ok(!text.includes('/accept') && !text.includes('/decline'));
  assert.equal(replyTo!.address, ada.email);
  assert.equal(headers['Auto-Submitted'], 'auto-generated');
});

test('a change brings a new link to who has not come, and none to who has', async () => {
  await using scene = await open();
  const { app, ada, bookId, newest } = scene;
  const shareId = await shareWithGuest(ada, bookId, ines);
  const first = await guestToken(app, ines);
  const later = (days: number) => new Date(app.world.now().getTime() + days * day).toISOString();
  await update(ada, 'Share', shareId, { expiresAt: later(40) });
  const second = await guestToken(app, ines);
  assert.notEqual(second, first);
  assert.equal((await look(app, first)).status, 404);
  assert.match((await newest()).text, /\[MODIFIÉ\]/u);
  await comeAsGuest(app, ines);
  await update(ada, 'Share', shareId, { expiresAt: later(50) });
  const { subject, text } = await newest();
  assert.match(subject, /^Partage modifié/u);
  assert.ok(text.includes(`/folders/${ada.id}/${bookId}`) && !text.includes('/guest/'));
});

test('the link ends with the share at the latest', async () => {
  await using scene = await open();
  const { app, ada, bookId } = scene;
  const expiresAt = new Date(app.world.now().getTime() + 2 * day).toISOString();
  const shareId = await shareWithGuest(ada, bookId, ines, { expiresAt });
  const { linkExpiresAt } = (await get(ada, 'Share', shareId))! as unknown as { linkExpiresAt: string };
  assert.equal(linkExpiresAt.slice(0, 19), expiresAt.slice(0, 19));
});

test('the end is told to a guest in the language that they chose; the end date by itself, too', async () => {
  await using scene = await open();
  const { app, ada, bookId, newest } = scene;
  const shareId = await shareWithGuest(ada, bookId, ines);
  assert.equal((await accept(app, await guestToken(app, ines), { language: 'en' })).status, 204);
  await destroy(ada, 'Share', shareId);
  assert.equal((await newest()).subject, 'Share Revoked: Presse shared by Ada');
  const expiresAt = new Date(app.world.now().getTime() + day).toISOString();
  await shareWithGuest(ada, bookId, ines, { expiresAt });
  // Its mail is out before the clock goes on: of two mails of one moment none is the newest.
  await app.mails();
  app.clock.advance(2 * day);
  assert.equal(await expireShares(app.world), 1);
  assert.equal((await newest()).subject, 'Share Expired: Presse shared by Ada');
});

test('a guest who wants no such mails gets none, and the owner learns nothing of it', async () => {
  await using scene = await open();
  const { app, ada, bookId, newest } = scene;
  const shareId = await shareWithGuest(ada, bookId, ines);
  const { headers } = await newest();
  const url = headers['List-Unsubscribe']!.slice(1, -1);
  assert.equal((await fetch(url, { method: 'POST', body: 'List-Unsubscribe=One-Click' })).status, 200);
  const before = (await app.mails()).length;
  assert.deepEqual((await ada.call('Share/resend', { ids: [shareId] }))['resent'], [shareId]);
  assert.equal((await app.mails()).length, before);
});

test('a name that a guest chose can neither add a header nor pass for one of the organisation', async () => {
  await using scene = await open();
  const { app, ada, bookId } = scene;
  const shareId = await shareWithGuest(ada, bookId, ines);
  const name = 'La direction\r\nBcc: x@y.example\u202e\u0000<b>';
  const password = `guest password of ${ines}`;
  assert.equal((await accept(app, await guestToken(app, ines), { name, password })).status, 204);
  assert.equal((await get(ada, 'Share', shareId))!['name'], 'La direction Bcc: x@y.example <b>');
  await ada.call('Share/resend', { ids: [shareId] });
  const guest = await comeAsGuest(app, ines);
  await ada.signIn();
  const renamed = (await get(ada, 'Share', shareId))!['name'];
  await answer(guest, bookId, 'declined');
  const mail = { message: 'note', note: '<a href="https://evil.example">ici</a>' };
  await guest.call('ShareInvitation/set', { update: { [bookId]: { status: 'accepted' } }, mail });
  const toAda = (await app.mails()).find(({ to }) => to.address === ada.email)!;
  assert.equal(toAda.from.name, `${String(renamed)}, invité externe (Coterie)`);
  assert.ok(!/[\r\n]/u.test(toAda.from.name + toAda.subject) && !toAda.html.includes('<a href="https://evil'));
});
