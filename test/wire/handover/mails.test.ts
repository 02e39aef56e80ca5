import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create, destroy, folder, refusal, update } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';

test('the new owner is written to in their own language, with what comes and a page for each answer', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  await ben.call('Preferences/set', { update: { singleton: { language: 'en' } } });
  await ada.call('Preferences/set', { update: { singleton: { language: 'fr' } } });
  const press = await folder(ada, 'Presse');
  const note = 'Bon courage !\u001b[31m';
  const id = await create(ada, 'FolderHandover', { addressBookId: press, toId: ben.id, keptRole: 'viewer', note });
  const [mail, ...more] = await app.mails();
  assert.equal(more.length, 0);
  assert.deepEqual([mail!.to.address, mail!.subject], [ben.email, 'Folder to take over: Presse']);
  assert.match(mail!.text, /^Ada would like to hand the folder “Presse” over to you\n/u);
  assert.match(mail!.text, /Access of Ada afterwards: Viewer/u);
  assert.match(mail!.text, /> Bon courage ![^\u001b]/u);
  for (const text of [mail!.text, mail!.html])
    for (const answer of ['accept', 'decline']) assert.ok(text.includes(`${app.url}/handover/${id}/${answer}`));
  assert.match(mail!.html, /<html lang="en"/u);
  assert.ok(mail!.headers['List-Unsubscribe']!.includes('.asked.'));
  await update(ben, 'FolderHandover', id, { status: 'accepted' });
  const [answered] = await app.mails();
  assert.deepEqual([answered!.to.address, answered!.subject], [ada.email, 'Dossier repris : Presse']);
  assert.ok(answered!.text.includes(`${app.url}/folders/${ben.id}/${press}`), 'she kept a role: she can open it');
});

test('a refusal and a withdrawal are told, and who does without such mails gets none', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const press = await folder(ada, 'Presse');
  const offered = () => create(ada, 'FolderHandover', { addressBookId: press, toId: ben.id });
  await update(ben, 'FolderHandover', await offered(), { status: 'declined' });
  assert.match((await app.mails())[0]!.text, /^Ben ne reprend pas le dossier « Presse »\n\nLe dossier reste à vous/u);
  await destroy(ada, 'FolderHandover', await offered());
  assert.match((await app.mails())[0]!.text, /^Ada ne vous cède plus le dossier « Presse »\n/u);
  const count = (await app.mails()).length;
  await ben.call('Preferences/set', { update: { singleton: { mails: { asked: false } } } });
  const id = await offered();
  assert.equal((await app.mails()).length, count);
  await destroy(ada, 'FolderHandover', id);
});

test('who asks for access is told of by mail, and so is the answer', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe } = app;
  const press = await folder(ada, 'Presse', { listedFor: { principalId: null } });
  const id = await create(ben, 'AccessRequest', { addressBookId: press, note: 'Pour le colloque.' });
  const [asked] = await app.mails();
  assert.deepEqual([asked!.to.address, asked!.replyTo!.address], [ada.email, ben.email]);
  assert.match(asked!.text, /^Ben demande l’accès au dossier « Presse »\n/u);
  assert.ok(asked!.text.includes(`${app.url}/access-request/${id}`));
  await ada.call('AccessRequest/set', { update: { [id]: { status: 'granted', role: 'manager' } } });
  const [granted] = await app.mails();
  assert.deepEqual([granted!.to.address, granted!.subject], [ben.email, 'Partage créé : Presse partagé par Ada']);
  assert.ok(!granted!.text.includes('Accepter le partage'), 'who asked has accepted');
  assert.ok(granted!.text.includes(`${app.url}/folders/${ada.id}/${press}`));
  const other = await create(chloe, 'AccessRequest', { addressBookId: press });
  await ada.call('AccessRequest/set', { update: { [other]: { status: 'declined' } } });
  const [declined] = await app.mails();
  assert.deepEqual([declined!.to.address, declined!.subject], [chloe.email, 'Demande d’accès refusée : Presse']);
});

test('what asks counts among a person’s mails, what answers is done all the same', async () => {
  await using app = await createTestApp({ environment: { COTERIE_MAILS_PER_HOUR: '1' } });
  const { ada, ben } = app;
  const [one, two] = [await folder(ada, 'Presse'), await folder(ada, 'Radio')];
  const id = await create(ada, 'FolderHandover', { addressBookId: one, toId: ben.id });
  const second = { create: { new: { addressBookId: two, toId: ben.id } } };
  const error = await refusal(ada, 'FolderHandover/set', second);
  assert.deepEqual([error['type'], error['reason']], ['rateLimit', 'tooManyMails']);
  await destroy(ada, 'FolderHandover', id);
});
