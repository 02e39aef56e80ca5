import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGroup } from '../../../src/core/principal/createGroup.ts';
import { setGroupMembers } from '../../../src/core/principal/setGroupMembers.ts';
import { destroy, folder, refusal, share, update } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';

const minute = 60_000;
const standard = { mail: { message: 'standard', note: null } };
const silent = { mail: { message: 'none', note: null } };

async function open(limits: Readonly<Record<string, string>>) {
  const app = await createTestApp({ environment: limits });
  const id = await folder(app.ada, 'Presse');
  const resend = (shareId: string, mail: object = standard) =>
    app.ada.call('Share/resend', { ids: [shareId], ...mail });
  return { ...app, app, id, resend, [Symbol.asyncDispose]: app.close };
}

test('beyond the mails of an hour a mail is refused with the time from when on it goes, and goes then', async () => {
  await using scene = await open({ COTERIE_MAILS_PER_HOUR: '3' });
  const { app, ada, ben, id, resend } = scene;
  const shareId = await share(ada, id, ben, 'viewer');
  for (let time = 0; time < 2; time++) await resend(shareId);
  const error = (await resend(shareId))['notResent']![shareId]!;
  assert.deepEqual([error['type'], error['reason']], ['rateLimit', 'tooManyMails']);
  const wait = Date.parse(error['retryAfter']!) - app.world.now().getTime();
  assert.ok(wait > 50 * minute && wait <= 60 * minute, `${wait}`);
  app.clock.advance(wait + 1000);
  assert.deepEqual((await resend(shareId))['resent'], [shareId]);
  assert.equal((await app.mails()).length, 4);
});

test('what is refused has not been done, and without a mail it can be', async () => {
  await using scene = await open({ COTERIE_MAILS_PER_HOUR: '1' });
  const { app, ada, ben, chloe, id } = scene;
  await share(ada, id, ben, 'viewer');
  const create = { new: { addressBookId: id, principalId: chloe.id, role: 'viewer' } };
  assert.equal((await refusal(ada, 'Share/set', { create }))['type'], 'rateLimit');
  assert.equal((await ada.call('Share/query', { filter: { addressBookId: id } }))['ids']!.length, 1);
  assert.ok((await ada.call('Share/set', { create, ...silent }))['created']);
  assert.equal((await app.mails()).length, 1);
});

test('the limit is each person’s own', async () => {
  await using scene = await open({ COTERIE_MAILS_PER_HOUR: '1' });
  const { app, ada, ben, chloe, id } = scene;
  await share(ada, id, ben, 'viewer');
  await share(ben, await folder(ben, 'Autres'), chloe, 'viewer');
  assert.equal((await app.mails()).length, 2);
});

test('a share ends whatever was sent before; beyond the limit it is told in the app alone', async () => {
  await using scene = await open({ COTERIE_MAILS_PER_HOUR: '1' });
  const { app, ada, ben, id } = scene;
  const shareId = await share(ada, id, ben, 'viewer');
  await destroy(ada, 'Share', shareId);
  assert.equal((await app.mails()).length, 1);
  assert.equal((await ben.call('ShareNotification/get', { ids: null }))['list']!.length, 2);
});

test('people outside have a limit of their own', async () => {
  await using scene = await open({ COTERIE_GUEST_MAILS_PER_DAY: '2' });
  const { ada, ben, id } = scene;
  const invite = (email: string) => ({ create: { new: { addressBookId: id, type: 'guest', email, role: 'viewer' } } });
  for (const name of ['a', 'b']) await ada.call('Share/set', invite(`${name}@elsewhere.example`));
  assert.equal((await refusal(ada, 'Share/set', invite('c@elsewhere.example')))['type'], 'rateLimit');
  await share(ada, id, ben, 'viewer');
});

test('a group without an address counts as the mails that it makes', async () => {
  await using scene = await open({ COTERIE_MAILS_PER_HOUR: '1' });
  const { app, ada, ben, chloe, id } = scene;
  const { id: groupId } = await createGroup(app.world, { name: 'Équipe' });
  await setGroupMembers(app.world, groupId, [ben.id, chloe.id]);
  const create = { new: { addressBookId: id, principalId: groupId, role: 'viewer' } };
  assert.equal((await refusal(ada, 'Share/set', { create }))['type'], 'rateLimit');
});

test('a kind of mail that somebody does not want is not sent, and told in the app all the same', async () => {
  await using scene = await open({});
  const { app, ada, ben, id } = scene;
  await update(ben, 'Preferences', 'singleton', { 'mails/created': false });
  const shareId = await share(ada, id, ben, 'viewer');
  assert.deepEqual(await app.mails(), []);
  assert.equal((await ben.call('ShareNotification/get', { ids: null }))['list']!.length, 1);
  await update(ada, 'Share', shareId, { role: 'manager' });
  assert.equal((await app.mails()).length, 1);
  const [chosen] = (await ben.call('Preferences/get', { ids: null }))['list']!;
  assert.deepEqual(chosen!['mails'], { created: false, modified: true, ended: true, answered: true, asked: true });
});

test('what is no kind of mail cannot be chosen', async () => {
  await using scene = await open({});
  for (const mails of [{ other: false }, { created: 'no' }, []]) {
    const error = await refusal(scene.ben, 'Preferences/set', { update: { singleton: { mails } } });
    assert.equal(error['type'], 'invalidProperties', JSON.stringify(mails));
  }
});

test('with one click in the mail program, and only by POST, mails of this kind end and can be had again', async () => {
  await using scene = await open({});
  const { app, ada, ben, id, resend } = scene;
  const shareId = await share(ada, id, ben, 'viewer');
  const [mail] = await app.mails();
  assert.equal(mail!.headers['List-Unsubscribe-Post'], 'List-Unsubscribe=One-Click');
  const url = mail!.headers['List-Unsubscribe']!.slice(1, -1);
  assert.ok(mail!.text.includes(url) && mail!.html.includes(url));
  const wants = async () => (await ben.call('Preferences/get', { ids: null }))['list']![0]!['mails']!['created'];
  const page = await fetch(url);
  assert.match(await page.text(), /<form method="post"/u);
  assert.equal(await wants(), true, 'opening the link only asks');
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
  assert.equal((await fetch(url, { method: 'POST', body })).status, 200);
  assert.equal(await wants(), false);
  await resend(shareId);
  assert.equal((await app.mails()).length, 1);
  await fetch(`${url}/again`, { method: 'POST' });
  assert.equal(await wants(), true);
});

test('a link for mails that is wrong in one letter, or about another kind, does nothing', async () => {
  await using scene = await open({});
  const { app, ada, ben, id } = scene;
  await share(ada, id, ben, 'viewer');
  const url = (await app.mails())[0]!.headers['List-Unsubscribe']!.slice(1, -1);
  for (const wrong of [`${url}x`, url.replace('.created.', '.modified.'), url.replace(ben.id, ada.id), `${url}/x`]) {
    assert.equal((await fetch(wrong, { method: 'POST' })).status, 404, wrong);
  }
});

test('the directory’s language is used where nobody has chosen one', async () => {
  await using scene = await open({});
  const { app, ada, ben, id } = scene;
  const details = JSON.stringify({ language: 'en-GB, fr;q=0.5' });
  await app.world.db.transaction((tx) =>
    tx.run(tx.build.updateTable('principal').set({ details }).where('id', '=', ben.id)),
  );
  await share(ada, id, ben, 'viewer');
  assert.match((await app.mails())[0]!.subject, /^Share Created/u);
});
