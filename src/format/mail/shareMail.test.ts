import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareMail } from './shareMail.ts';
import type { ShareMailFacts } from './shareMail.ts';

const facts: ShareMailFacts = {
  actorName: 'Ada Démo',
  folderName: 'Presse',
  ownerName: 'Ada Démo',
  ownerEmail: 'ada@demo.example',
  recipientName: 'Ben Démo',
  recipientEmail: 'ben@demo.example',
  role: 'manager',
  acceptUrl: 'https://contacts.demo.example/share/p1/f1/accept',
  declineUrl: 'https://contacts.demo.example/share/p1/f1/decline',
  openUrl: 'https://contacts.demo.example/home/ada/Presse',
  organisation: 'Université de Démonstration',
};

/** No-break spaces read as spaces. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/gu, ' ');

test('subjects name the event, the folder and its owner, in both languages', () => {
  const subjects = (language: 'fr' | 'en') =>
    (['created', 'modified', 'revoked', 'expired', 'accepted', 'declined'] as const).map((kind) =>
      plain(shareMail(kind, facts, language).subject),
    );
  assert.deepEqual(subjects('fr'), [
    'Partage créé : Presse partagé par Ada Démo',
    'Partage modifié : Presse partagé par Ada Démo',
    'Partage retiré : Presse partagé par Ada Démo',
    'Partage expiré : Presse partagé par Ada Démo',
    'Partage accepté : Presse partagé par Ada Démo',
    'Partage refusé : Presse partagé par Ada Démo',
  ]);
  assert.deepEqual(subjects('en'), [
    'Share Created: Presse shared by Ada Démo',
    'Share Modified: Presse shared by Ada Démo',
    'Share Revoked: Presse shared by Ada Démo',
    'Share Expired: Presse shared by Ada Démo',
    'Share Accepted: Presse shared by Ada Démo',
    'Share Declined: Presse shared by Ada Démo',
  ]);
});

test('the mail names the item, the owner, the recipient, the role and what it allows', () => {
  const text = plain(shareMail('created', facts, 'fr').text);
  for (const line of [
    'Élément partagé : Presse (Dossier de contacts)',
    'Propriétaire : Ada Démo (ada@demo.example)',
    'Bénéficiaire : Ben Démo (ben@demo.example)',
    'Rôle : Gestionnaire',
    'Actions autorisées : Afficher, Modifier, Ajouter, Supprimer',
    'Accepter le partage :\nhttps://contacts.demo.example/share/p1/f1/accept',
    'Refuser le partage :\nhttps://contacts.demo.example/share/p1/f1/decline',
  ]) {
    assert.ok(text.includes(line), line);
  }
});

test('every role has its word and its actions', () => {
  const roleIn = (role: ShareMailFacts['role'], language: 'fr' | 'en') => {
    const lines = plain(shareMail('created', { ...facts, role }, language).text).split('\n');
    return lines
      .filter((line) => /^(Rôle|Actions autorisées|Role|Allowed actions)/u.test(line))
      .map((line) => line.split(/ ?: /u)[1]);
  };
  assert.deepEqual(roleIn('none', 'fr'), ['Aucune', 'Aucune']);
  assert.deepEqual(roleIn('viewer', 'fr'), ['Visionneur', 'Afficher']);
  const ownAdditions = 'Modifier et supprimer ses propres ajouts';
  assert.deepEqual(roleIn('contributor', 'fr'), ['Contributeur', `Afficher, Ajouter, ${ownAdditions}`]);
  assert.deepEqual(roleIn('contributor', 'en'), ['Contributor', 'View, Add, Edit and remove what you added']);
  assert.deepEqual(roleIn('admin', 'fr'), ['Administrateur', 'Afficher, Modifier, Ajouter, Supprimer, Administrer']);
  assert.deepEqual(roleIn('viewer', 'en'), ['Viewer', 'View']);
  assert.deepEqual(roleIn('admin', 'en'), ['Admin', 'View, Edit, Add, Remove, Administer']);
});

test('a custom role says what its rights allow', () => {
  const rights = { mayRead: true, mayWrite: false, mayAdd: false, mayShare: true };
  const text = plain(shareMail('created', { ...facts, role: 'custom', rights }, 'fr').text);
  assert.match(text, /Rôle : Personnalisée\nActions autorisées : Afficher, Administrer\n/u);
});

test('text and HTML say the same', () => {
  const mail = shareMail(
    'modified',
    { ...facts, note: 'Bonne lecture', changed: { role: true }, expiresAt: '2026-12-31T22:59:00Z' },
    'fr',
  );
  const shown = mail.html.slice(mail.html.indexOf('<body')).replace(/<[^>]+>/gu, ' ');
  const words = (text: string) => new Set(plain(text).match(/[\p{L}\d\]['’.@-]{3,}/gu));
  const urls = [facts.acceptUrl!, facts.declineUrl!];
  for (const url of urls) assert.ok(mail.text.includes(url) && mail.html.includes(`href="${url}"`));
  const text = urls.reduce((rest, url) => rest.replace(url, ''), mail.text);
  assert.deepEqual([...words(text)].sort(), [...words(shown)].sort());
});

test('changed values are marked in a modified share, and only there', () => {
  const changed = { role: true, expiresAt: true };
  const modified = plain(shareMail('modified', { ...facts, changed }, 'fr').text);
  assert.match(modified, /Rôle : Gestionnaire \[MODIFIÉ\]/u);
  assert.match(modified, /Date de fin : Aucune \[MODIFIÉ\]/u);
  assert.match(shareMail('modified', { ...facts, changed }, 'en').text, /Role: Manager \[MODIFIED\]/u);
  assert.ok(!shareMail('created', { ...facts, changed: { role: true } }, 'fr').text.includes('[MODIFIÉ]'));
});

test('there are buttons to answer only for who may answer', () => {
  const hasButtons = (kind: Parameters<typeof shareMail>[0], more: Partial<ShareMailFacts> = {}) =>
    /\/(accept|decline)"/u.test(shareMail(kind, { ...facts, ...more }, 'fr').html);
  assert.ok(hasButtons('created') && hasButtons('modified'));
  assert.ok(!hasButtons('revoked') && !hasButtons('expired') && !hasButtons('accepted') && !hasButtons('declined'));
  assert.ok(!hasButtons('created', { role: 'none' }), 'a suspended share has nothing to accept');
  assert.ok(!hasButtons('modified', { acceptUrl: null, declineUrl: null }), 'who has answered opens the folder');
  assert.match(shareMail('modified', { ...facts, acceptUrl: null }, 'fr').text, /Ouvrir le dossier/u);
  assert.ok(!shareMail('created', { ...facts, role: 'none' }, 'fr').html.includes('href='));
});

test('a guest gets a link and is told what it opens', () => {
  const guest = {
    ...facts,
    role: 'viewer' as const,
    guest: { linkExpiresAt: '2026-03-16T09:00:00.000Z', signInUrl: 'https://contacts.demo.example' },
    acceptUrl: null,
    declineUrl: null,
    openUrl: 'https://contacts.demo.example/guest/x',
  };
  const mail = shareMail('created', guest, 'fr');
  assert.match(mail.text, /Le lien ci-dessous vous est personnel[\s\S]*jusqu’au 16 mars 2026/u);
  assert.match(mail.text, /vous vous connecterez[\s\S]*https:\/\/contacts\.demo\.example/u);
  assert.ok(mail.html.includes('href="https://contacts.demo.example/guest/x"'));
});

test('a share through a group names the person and the group', () => {
  const text = plain(shareMail('created', { ...facts, granteeName: 'Faculté de droit' }, 'fr').text);
  assert.match(text, /^Ada Démo partage le dossier « Presse » avec le groupe « Faculté de droit »/u);
  assert.match(text, /Bénéficiaire : Ben Démo \(ben@demo.example\), membre du groupe « Faculté de droit »/u);
});

test('names and notes cannot bring markup into the mail', () => {
  const evil = '<img src=x onerror="alert(1)"> & \'co\'';
  const mail = shareMail(
    'created',
    {
      ...facts,
      folderName: evil,
      actorName: evil,
      recipientName: evil,
      granteeName: evil,
      note: evil,
      organisation: evil,
    },
    'fr',
  );
  assert.ok(!/<img/iu.test(mail.html));
  assert.ok(mail.html.includes('&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;co&#39;'));
});

test('nothing is loaded from elsewhere', () => {
  const { html } = shareMail('created', { ...facts, note: 'x' }, 'fr');
  assert.ok(!/src=|url\(|@import|<link|<script/iu.test(html));
});

test('no name can add a header, a line or turn the direction of the text', () => {
  const name = 'Presse\r\nBcc: all@demo.example\u2028x\u0000\u202egnp.exe';
  const mail = shareMail('created', { ...facts, folderName: name, ownerName: name }, 'en');
  assert.ok(!/[\p{Cc}\u2028\u2029\u202a-\u202e]/u.test(mail.subject));
  assert.equal(mail.subject.includes('Presse Bcc: all@demo.example x gnp.exe'), true);
  assert.ok(!mail.text.includes('\nBcc:'));
});

test('a note keeps its lines, quoted, and nothing else that controls', () => {
  const { text, html } = shareMail('created', { ...facts, note: '  Bonjour,\r\n\r\nMerci\u0007\u001b[31m\n' }, 'fr');
  assert.ok(text.includes('\n> Bonjour,\n>\n> Merci[31m\n'));
  assert.ok(html.includes('>Bonjour,<br>\n<br>\nMerci[31m</blockquote>'));
});

test('a long name does not make an endless subject', () => {
  const { subject } = shareMail('created', { ...facts, folderName: 'é'.repeat(500), ownerName: 'y'.repeat(500) }, 'fr');
  assert.ok([...subject].length <= 250);
});

test('the end date is written in the language, with its zone', () => {
  const withEnd = { ...facts, expiresAt: '2026-12-31T22:59:00Z', timeZone: 'Europe/Paris' };
  assert.match(plain(shareMail('created', withEnd, 'fr').text), /Date de fin : 31 décembre 2026 à 23:59 UTC\+1/u);
  assert.match(shareMail('created', withEnd, 'en').text, /End date: 31 December 2026 at 23:59 (CET|GMT\+1)/u);
});

test('somebody who shares for the owner is named, and so is the owner', () => {
  const text = plain(shareMail('created', { ...facts, actorName: 'Chloé Démo' }, 'fr').text);
  assert.match(text, /^Chloé Démo partage le dossier « Presse » \(Ada Démo\) avec vous/u);
});
