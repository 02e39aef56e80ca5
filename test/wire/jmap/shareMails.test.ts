import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGroup } from '../../../src/core/principal/createGroup.ts';
import { setGroupMembers } from '../../../src/core/principal/setGroupMembers.ts';
import type { OutgoingMail } from '../../../src/format/mail/outgoingMail.ts';
import { create, destroy, folder, get, refusal, share, shareAccepted, update } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';

async function open() {
  const app = await createTestApp();
  const { ada, ben, chloe } = app;
  const id = await folder(ada, 'Presse');
  const seen = new Set<string>();
  /** The mails since the last time: to whom, and how the subject begins. */
  const news = async (): Promise<OutgoingMail[]> => {
    const fresh = (await app.mails()).filter((mail) => !seen.has(mail.messageId));
    for (const mail of fresh) seen.add(mail.messageId);
    return fresh;
  };
  const brief = async () =>
    (await news()).map((mail) => `${mail.to.address.split('@')[0]}: ${mail.subject.split(/\s?:/u)[0]}`).sort();
  return { app, ada, ben, chloe, id, news, brief, [Symbol.asyncDispose]: app.close };
}

const byNote = (note: string) => ({ mail: { message: 'note', note } });
const byNobody = { mail: { message: 'none', note: null } };

test('who gets a folder is written to, with both answers to choose from, by the one who shares it', async () => {
  await using scene = await open();
  const { app, ada, ben, id, news } = scene;
  await share(ada, id, ben, 'manager');
  const [mail, ...others] = await news();
  assert.deepEqual(others, []);
  assert.deepEqual(
    [mail!.to, mail!.replyTo],
    [
      { name: 'Ben', address: ben.email },
      { name: 'Ada', address: ada.email },
    ],
  );
  assert.match(mail!.subject, /^Partage créé\s: Presse partagé par Ada$/u);
  assert.match(mail!.text, /Gestionnaire/u);
  for (const answer of ['accept', 'decline']) {
    const url = `${app.url}/share/${ada.id}/${id}/${answer}`;
    assert.ok(mail!.text.includes(url), answer);
    assert.ok(mail!.html.includes(`href="${url}"`), answer);
  }
});

test('opening the links of a mail answers nothing', async () => {
  await using scene = await open();
  const { ada, ben, id } = scene;
  const shareId = await share(ada, id, ben, 'viewer');
  for (const answer of ['accept', 'decline']) await ben.get(`/share/${ada.id}/${id}/${answer}`);
  assert.equal((await get(ada, 'Share', shareId))!['status'], 'waiting');
});

test('a note is in the mail, and only when it is to be', async () => {
  await using scene = await open();
  const { ada, ben, chloe, id, news } = scene;
  const make = (principalId: string, mail: object) =>
    ada.call('Share/set', { create: { new: { addressBookId: id, principalId, role: 'viewer' } }, ...mail });
  await make(ben.id, byNote('Voici <la> presse'));
  const [withNote] = await news();
  assert.ok(withNote!.text.includes('Voici <la> presse'));
  assert.ok(withNote!.html.includes('Voici &lt;la&gt; presse'));
  await make(chloe.id, { mail: { message: 'standard', note: 'Pas pour toi' } });
  assert.ok(!(await news())[0]!.text.includes('Pas pour toi'));
});

test('without a message nobody is written to, whatever happens to the share', async () => {
  await using scene = await open();
  const { ada, ben, id, brief } = scene;
  const value = { addressBookId: id, principalId: ben.id, role: 'viewer' };
  const made = await ada.call('Share/set', { create: { new: value }, ...byNobody });
  const shareId: string = made['created']!['new']!['id']!;
  await update(ada, 'Share', shareId, { role: 'manager' }, byNobody);
  await ben.call('ShareInvitation/set', { update: { [id]: { status: 'accepted' } } });
  await destroy(ada, 'Share', shareId, byNobody);
  assert.deepEqual(await brief(), []);
});

test('a change, an end and a repetition are told as what they are', async () => {
  await using scene = await open();
  const { ada, ben, id, news, brief } = scene;
  const shareId = await share(ada, id, ben, 'viewer');
  await news();
  await update(ada, 'Share', shareId, { role: 'manager' }, byNote('Tu peux écrire'));
  const [modified] = await news();
  assert.match(modified!.subject, /^Partage modifié/u);
  assert.match(modified!.text, /\[MODIFIÉ\]/u);
  assert.ok(modified!.text.includes('Tu peux écrire'));
  await update(ada, 'Share', shareId, { role: 'manager' });
  assert.deepEqual(await brief(), []);
  assert.deepEqual(
    [...(await ada.call('Share/resend', { ids: [shareId], ...byNote('Rappel') }))['resent']!],
    [shareId],
  );
  const [again] = await news();
  assert.match(again!.subject, /^Partage créé/u);
  assert.ok(again!.text.includes('Rappel'));
  assert.equal((await get(ben, 'ShareInvitation', id))!['note'], 'Rappel');
  await destroy(ada, 'Share', shareId);
  const [revoked] = await news();
  assert.match(revoked!.subject, /^Partage retiré/u);
  assert.ok(!revoked!.text.includes('/accept'));
  assert.equal((await refusal(ada, 'Share/resend', { ids: [shareId] }))['type'], 'notFound');
});

test('who has accepted is not asked again', async () => {
  await using scene = await open();
  const { ada, ben, id, news } = scene;
  const shareId = await shareAccepted(ada, id, ben, 'viewer');
  await news();
  await update(ada, 'Share', shareId, { role: 'manager' });
  const [mail] = await news();
  assert.ok(!mail!.text.includes('/accept'));
  assert.ok(mail!.text.includes(`/folders/${ada.id}/${id}`));
});

test('the answer is told to the owner when the person wants it, and to the one who made the share', async () => {
  await using scene = await open();
  const { ada, ben, chloe, id, news, brief } = scene;
  await shareAccepted(ada, id, ben, 'admin');
  await create(ben, 'Share', { addressBookId: id, principalId: chloe.id, role: 'viewer' }, { accountId: ada.id });
  await news();
  await chloe.call('ShareInvitation/set', { update: { [id]: { status: 'accepted' } }, ...byNote('Merci') });
  const mails = await news();
  assert.deepEqual(mails.map((mail) => mail.to.address).sort(), [ada.email, ben.email]);
  assert.ok(mails.every((mail) => mail.subject.startsWith('Partage accepté') && mail.text.includes('Merci')));
  assert.deepEqual(
    mails.map((mail) => mail.replyTo!.address),
    [chloe.email, chloe.email],
  );
  await chloe.call('ShareInvitation/set', {
    update: { [id]: { status: 'declined' } },
    mail: { message: 'standard', note: null },
  });
  assert.deepEqual(await brief(), ['ada: Partage refusé', 'ben: Partage refusé']);
});

test('each person is written to in the language that they chose, else in the one of who writes', async () => {
  await using scene = await open();
  const { ada, ben, chloe, id, news } = scene;
  await update(ben, 'Preferences', 'singleton', { language: 'en' });
  await share(ada, id, ben, 'viewer');
  await share(ada, id, chloe, 'viewer');
  const subjects = new Map((await news()).map((mail) => [mail.to.address, mail.subject]));
  assert.match(subjects.get(ben.email)!, /^Share Created: Presse shared by Ada$/u);
  assert.match(subjects.get(chloe.email)!, /^Partage créé/u);
});

test('a group is written to at its address, or else each of its members', async () => {
  await using scene = await open();
  const { app, ada, ben, chloe, id, brief } = scene;
  const withAddress = await createGroup(app.world, { name: 'Accueil', email: 'accueil@demo.example' });
  const without = await createGroup(app.world, { name: 'Bureau' });
  await setGroupMembers(app.world, withAddress.id, [ben.id, chloe.id]);
  await setGroupMembers(app.world, without.id, [ada.id, ben.id, chloe.id]);
  await share(ada, id, withAddress, 'viewer');
  assert.deepEqual(await brief(), ['accueil: Partage créé']);
  await share(ada, id, without, 'viewer');
  assert.deepEqual(await brief(), ['ben: Partage créé', 'chloe: Partage créé']);
});

test('a guest gets their own link, the public gets nothing', async () => {
  await using scene = await open();
  const { ada, id, news } = scene;
  const guestId = await create(ada, 'Share', { addressBookId: id, type: 'guest', email: 'invitee@ailleurs.example' });
  const [mail] = await news();
  assert.equal(mail!.to.address, 'invitee@ailleurs.example');
  assert.match(mail!.text, /\/guest\/[\w-]{43}/u);
  assert.equal((await get(ada, 'Share', guestId))!['url'], null, 'the link is in the mail alone');
  assert.match(mail!.headers['List-Unsubscribe']!, /\/mail\/stop\//u, 'a stranger can say no, too');
  assert.ok(!mail!.text.includes('/accept'));
  const publicId = await create(ada, 'Share', { addressBookId: id, type: 'public' });
  await destroy(ada, 'Share', publicId);
  assert.deepEqual(await news(), []);
  assert.equal((await refusal(ada, 'Share/resend', { ids: [publicId] }))['type'], 'notFound');
});

test('« none » suspends without asking for an answer', async () => {
  await using scene = await open();
  const { ada, ben, id, news } = scene;
  await share(ada, id, ben, 'none');
  const [mail] = await news();
  assert.ok(!mail!.text.includes('/accept'));
  assert.ok(!mail!.text.includes('/folders/'));
});

test('a name that would be a tag is text', async () => {
  await using scene = await open();
  const { ada, ben, news } = scene;
  const id = await folder(ada, '<b>Presse & Cie');
  await share(ada, id, ben, 'viewer');
  const [mail] = await news();
  assert.ok(mail!.html.includes('&lt;b&gt;Presse &amp; Cie'));
  assert.ok(!mail!.html.includes('<b>Presse'));
});
