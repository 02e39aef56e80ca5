import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sourceFiles } from '../../../scripts/source-files.ts';
import { auditSettings } from '../../../src/core/audit/auditSettings.ts';
import { transact } from '../../../src/core/change/transact.ts';
import type { World } from '../../../src/core/context.ts';
import { startImports } from '../../../src/core/import/startImports.ts';
import type { Database } from '../../../src/db/database.ts';
import { auditKinds } from '../../../src/format/audit/auditKinds.ts';
import { expireShares } from '../../../src/core/share/expireShares.ts';
import { closeAuditDays } from '../../../src/core/audit/auditOften.ts';
import { auditedApp, auditOf, sentencesOf } from '../../kit/audit.ts';
import { create, items } from '../../kit/calls.ts';
import { comeAsGuest, shareWithGuest } from '../../kit/guest.ts';
import { postJson } from '../../kit/person.ts';
import { makeFolder, shareWith } from '../links/folderFiles.ts';

const day = 86_400_000;

test('who signs in, and who is refused, is recorded with the address and the way', async () => {
  await using app = await auditedApp();
  const { ada, ben } = app;
  const [first] = await auditOf(ada, { kind: 'signIn.succeeded', person: ben.id });
  assert.equal(first!.actor!.name, 'Ben <ben@demo.example>');
  assert.deepEqual([first!.way, first!.address, first!.details['by']], ['web', '127.0.0.1', 'password']);
  const signIn = (email: string, password: string) =>
    fetch(`${app.url}/site/sign-in`, postJson({ email, password }, { Origin: app.url }));
  assert.equal((await signIn(ben.email, 'wrong')).status, 401);
  assert.equal((await signIn('my password typed in the wrong place', 'x')).status, 401);
  const [unknown, known] = await auditOf(ada, { kind: 'signIn.failed' });
  assert.deepEqual(
    [known!.object!.id, known!.actor, known!.outcome, known!.address, known!.severity],
    [ben.id, null, 'refused', '127.0.0.1', 'warning'],
  );
  assert.equal(unknown!.object, null);
  assert.ok(!JSON.stringify(unknown).includes('typed'), 'what was typed may be a password');
  await ben.fetch('/site/sign-out', postJson({}));
  assert.deepEqual(await sentencesOf(ada, { kind: 'signIn.ended' }), ['Déconnexion de Ben <ben@demo.example>']);
});

test('a guesser fills the log with so many records a day, and one more that says how often', async () => {
  await using app = await auditedApp();
  const guess = (number: number) =>
    app.ada.basic('/dav/', { method: 'PROPFIND', headers: { Authorization: basicOf(`nobody${number}@x.example`) } });
  for (let number = 0; number < 40; number++) assert.equal((await guess(number)).status, 401);
  const failed = () => auditOf(app.ada, { kind: 'signIn.failed' });
  assert.equal((await failed()).length, 20);
  assert.equal((await failed())[0]!.way, 'carddav');
  app.clock.advance(day);
  await closeAuditDays(app.world);
  await app.ada.signIn();
  const [sum, ...others] = await failed();
  assert.equal(others.length, 20);
  assert.equal(sum!.details['times'], 40);
  assert.equal(await closeAuditDays(app.world), 0);
});

test('an app password leaves its name: when it is made, on the first use of a day, and when it is revoked', async () => {
  await using app = await auditedApp();
  const { ada, ben } = app;
  const made = await ben.call('AppPassword/set', { create: { p: { name: 'Téléphone de Ben' } } });
  const { id, secret } = made['created']!['p']! as unknown as { id: string; secret: string };
  const headers = { Authorization: `Basic ${Buffer.from(`${ben.email}:${secret}`).toString('base64')}` };
  const knock = () => fetch(`${app.url}/dav/`, { method: 'PROPFIND', headers });
  for (let number = 0; number < 3; number++) assert.ok((await knock()).status < 400);
  await ben.call('AppPassword/set', { update: { [id]: { isRevoked: true } } });
  assert.equal((await knock()).status, 401);
  const records = await auditOf(ada, { person: ben.id });
  const kinds = records.map(({ kind }) => kind).filter((kind) => !kind.startsWith('signIn.succeeded'));
  assert.deepEqual(kinds, [
    'signIn.failed',
    'appPassword.revoked',
    'signIn.program',
    'appPassword.made',
    'person.made',
  ]);
  const program = records.find(({ kind }) => kind === 'signIn.program')!;
  assert.deepEqual([program.appPassword!.name, program.way], ['Téléphone de Ben', 'carddav']);
  app.clock.advance(day);
  await closeAuditDays(app.world);
  await ada.signIn();
  assert.equal((await auditOf(ada, { kind: 'signIn.program' })).length, 1, 'how often a device asks is not told');
});

test('a share is told from its beginning to its end: given, accepted, changed, ended, and by its date', async () => {
  await using app = await auditedApp();
  const { ada, ben, chloe } = app;
  const folder = await makeFolder(app, chloe, 'Presse');
  const share = await create(chloe, 'Share', {
    addressBookId: folder,
    type: 'principal',
    principalId: ben.id,
    role: 'viewer',
  });
  await ben.call('ShareInvitation/set', { update: { [folder]: { status: 'accepted' } } });
  await chloe.call('Share/set', { update: { [share]: { role: 'manager' } } });
  await chloe.call('Share/set', { destroy: [share] });
  const expiresAt = new Date(Date.now() + day).toISOString();
  await shareWith(app, chloe, folder, { type: 'principal', email: ben.email }, { expiresAt });
  app.clock.advance(2 * day);
  assert.equal(await expireShares(app.world), 1);
  await ada.signIn();
  assert.deepEqual(await sentencesOf(ada, { objectId: folder }), [
    'Le partage de « Presse » avec Ben <ben@demo.example> est arrivé à son terme',
    'Chloé <chloe@demo.example> a partagé « Presse » avec Ben <ben@demo.example> (Visionneur)',
    'Chloé <chloe@demo.example> a mis fin au partage de « Presse » avec Ben <ben@demo.example>',
    'Chloé <chloe@demo.example> a modifié le partage de « Presse » avec Ben <ben@demo.example> (Gestionnaire)',
    'Ben <ben@demo.example> a accepté « Presse »',
    'Chloé <chloe@demo.example> a partagé « Presse » avec Ben <ben@demo.example> (Visionneur)',
  ]);
  const [, , , , accepted] = await auditOf(ada, { objectId: folder });
  assert.equal(accepted!.owner!.id, chloe.id, 'it happened in her account');
});

test('people outside: the invitation, the guest who came, the link that is made and how often it was used', async () => {
  await using app = await auditedApp();
  const { ada, ben } = app;
  const folder = await makeFolder(app, ben, 'Salon', ['Zoé Secret']);
  await shareWithGuest(ben, folder, 'ines@outside.example');
  await comeAsGuest(app, 'ines@outside.example');
  const link = await create(ben, 'Share', { addressBookId: folder, type: 'public', role: 'viewer' });
  const { list } = await ben.call('Share/get', { ids: [link] });
  const path = new URL(String(items(list)[0]!['url'])).pathname;
  for (let times = 0; times < 3; times++)
    assert.equal((await (await fetch(`${app.url}${path}.csv`)).text()).includes('Zoé'), true);
  app.clock.advance(day);
  await closeAuditDays(app.world);
  await ada.signIn();
  const sentences = await sentencesOf(ada, { topic: 'sharing' });
  assert.equal(sentences[0], 'Le lien public vers « Salon » a été utilisé (3 fois ce jour-là)');
  assert.equal(sentences[1], 'Le lien public vers « Salon » a été utilisé');
  assert.equal(sentences[2], 'Ben <ben@demo.example> a créé un lien public vers « Salon »');
  assert.ok(
    sentences.some((sentence) => /^L’invité·e .*ines@outside\.example> a choisi un mot de passe$/u.test(sentence)),
  );
  assert.ok(sentences.some((sentence) => /^Ben .* a invité .*ines@outside\.example.* \(Visionneur\)$/u.test(sentence)));
});

test('folders and many contacts that go, come back, or leave as a file; and no name of a contact is in the log', async () => {
  await using app = await auditedApp();
  const { ada, ben } = app;
  const names = Array.from({ length: 30 }, (_, index) => `Personne Confidentielle${index}`);
  const folder = await makeFolder(app, ben, 'Clients', names);
  const cards = items((await ben.call('ContactCard/query', { filter: { inAddressBook: folder } }))['ids']);
  // One by one, as a device does it: many are many.
  for (const id of cards.slice(0, 19)) await ben.call('ContactCard/set', { destroy: [id] });
  assert.deepEqual(await sentencesOf(ada, { kind: 'cards.deleted' }), []);
  await ben.call('ContactCard/set', { destroy: cards.slice(19, 25) });
  assert.deepEqual(await sentencesOf(ada, { kind: 'cards.deleted' }), [
    'Ben <ben@demo.example> a supprimé 25 contacts de « Clients »',
  ]);
  await ben.get('/home/~/Clients.csv').then((response) => response.text());
  await ben.get('/home/~?fmt=csv').then((response) => response.arrayBuffer());
  await ben.call('ContactCard/export', { ids: cards.slice(25), format: 'csv' });
  await ben.call('AddressBook/set', { destroy: [folder], onDestroyRemoveContents: true });
  await ben.call('TrashItem/restore', { ids: [folder] });
  const records = await auditOf(ada, { person: ben.id });
  assert.deepEqual(
    records
      .filter(({ kind }) => /^(folder|export|cards)/u.test(kind))
      .map(({ kind, details }) => [kind, details['cards']]),
    [
      ['folder.restored', undefined],
      ['folder.deleted', 5],
      ['export.cards', 5],
      ['export.everything', undefined],
      ['export.folder', undefined],
      ['cards.deleted', 25],
    ],
  );
  const whole = JSON.stringify(await auditOf(ada, {}, 500));
  assert.ok(!/confidentielle/iu.test(whole) && !whole.includes('personne@x.example'));
});

test('moving contacts is no deletion', async () => {
  await using app = await auditedApp();
  const { ada, ben } = app;
  const from = await makeFolder(
    app,
    ben,
    'Ici',
    Array.from({ length: 25 }, (_, index) => `Qui${index} Quoi`),
  );
  const to = await makeFolder(app, ben, 'Là');
  const cards = items((await ben.call('ContactCard/query', { filter: { inAddressBook: from } }))['ids']);
  const update = Object.fromEntries(cards.map((id) => [id, { addressBookIds: { [to]: true } }]));
  const moved = await ben.call('ContactCard/set', { update });
  assert.equal(Object.keys(moved['updated']!).length, 25);
  assert.deepEqual(await auditOf(ada, { kind: 'cards.deleted' }), []);
});

test('taking a folder over deletes nothing, also where a folder with many contacts was deleted out of it before', async () => {
  await using app = await auditedApp();
  const { ada, ben, chloe } = app;
  const folder = await makeFolder(app, ben, 'À céder');
  const names = Array.from({ length: 25 }, (_, index) => `Qui${index} Quoi`);
  const below = await makeFolder(app, ben, 'Dessous', names);
  await ben.call('AddressBook/set', { update: { [below]: { parentId: folder } } });
  await ben.call('AddressBook/set', { destroy: [below], onDestroyRemoveContents: true });
  const id = await create(ben, 'FolderHandover', { addressBookId: folder, toId: chloe.id });
  await chloe.call('FolderHandover/set', { update: { [id]: { status: 'accepted' } } });
  assert.equal((await auditOf(ada, { kind: 'handover.accepted' })).length, 1);
  assert.deepEqual(await auditOf(ada, { kind: 'cards.deleted' }), []);
});

test('a transaction that is done anew has deleted once', async () => {
  await using app = await auditedApp();
  const { ada, ben, world } = app;
  const folder = await makeFolder(app, ben, 'Une fois');
  // As PostgreSQL does with two who write the same row.
  const anew: Database = {
    ...world.db,
    transaction: (task, committed) =>
      world.db.transaction(async (writer) => {
        const undone = writer.nested(async () => {
          await task(writer);
          throw new Error('40001');
        });
        await assert.rejects(undone, /40001/u);
        return task(writer);
      }, committed),
  };
  const actor = { principalId: ben.id, language: 'fr' } as const;
  await transact({ ...world, db: anew, actor } as World, async (tx) => {
    for (let number = 0; number < 15; number++)
      tx.changed({ accountId: ben.id, type: 'ContactCard', id: `c${number}`, kind: 'destroyed', bookId: folder });
  });
  assert.deepEqual(await auditOf(ada, { kind: 'cards.deleted' }), []);
});

test('what administrators do to others: made, changed, kept out, made administrator, folders handed over', async () => {
  await using app = await auditedApp();
  const { ada, ben, chloe } = app;
  await makeFolder(app, ben, 'Dossiers');
  const set = (update: object) => ada.call('ManagedPrincipal/set', { update });
  const made = await ada.call('ManagedPrincipal/set', {
    create: { g: { kind: 'group', name: 'Presse', memberIds: { [ben.id]: true } } },
  });
  const group = String(made['created']!['g']!['id']);
  await set({ [group]: { memberIds: { [chloe.id]: true } } });
  await set({ [chloe.id]: { isAdministrator: true } });
  await set({ [ben.id]: { name: 'Ben Autre' } });
  await ada.call('ManagedPrincipal/createPasswordLink', { id: ben.id });
  await ada.call('ManagedPrincipal/setPassword', { id: ben.id, password: 'quite another one' });
  await set({ [ben.id]: { isActive: false } });
  await ada.call('ManagedPrincipal/giveFolders', { fromId: ben.id, toId: chloe.id });
  await ada.call('ManagedPrincipal/set', { destroy: [group] });
  const sentences = (await sentencesOf(ada, { person: ada.id })).map((sentence) =>
    sentence.replaceAll(/ <[^>]*>/gu, ''),
  );
  assert.deepEqual(sentences.slice(1, 10), [
    'Ada a supprimé le groupe Presse',
    'Les dossiers de Ben Autre sont passés à Chloé (3 dossiers, 0 contact)',
    'Ada a bloqué l’accès de Ben Autre',
    'Nouveau mot de passe pour Ben Autre',
    'Ada a créé un lien pour le mot de passe de Ben Autre',
    'Ada a modifié Ben Autre',
    'Ada a donné les droits d’administration à Chloé',
    'Ada a modifié les membres de Presse (1 de plus, 1 de moins)',
    'Ada a créé le groupe Presse',
  ]);
});

test('imports with their counts, what is undone, and a folder that is taken back in time', async () => {
  await using app = await auditedApp();
  const { ada, ben, world } = app;
  const folder = await makeFolder(app, ben, 'Arrivées');
  const vcards = ['Un', 'Deux', 'Trois']
    .map((name) => `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nEND:VCARD\r\n`)
    .join('');
  const upload = await ben.fetch(`/jmap/upload/${ben.id}`, { method: 'POST', body: vcards });
  const { blobId } = (await upload.json()) as { blobId: string };
  const imports = await startImports(world, (error) => assert.fail(String(error)));
  const wanted = { addressBookId: folder, blobId, name: 'liste de mes clients.vcf' };
  const run = await create(ben, 'ContactImport', wanted);
  await imports.idle();
  await ben.call('ContactImport/set', { update: { [run]: { state: 'undoing' } } });
  await imports.idle();
  await imports.stop();
  const [entry] = items((await ben.call('CardActivity/query', { filter: { inAddressBook: folder } }))['ids']);
  const [activity] = items((await ben.call('CardActivity/get', { ids: [entry] }))['list']);
  await ben.call('CardVersion/undo', { operationId: activity!['operationId'] });
  const to = new Date(Date.parse(String(activity!['to'])) - 60_000).toISOString();
  await ben.call('AddressBook/rewind', { id: folder, to });
  const records = await auditOf(ada, { person: ben.id });
  const told = records.filter(({ kind }) => /^(import|history)/u.test(kind));
  assert.deepEqual(
    told.map(({ kind, details }) => [kind, details['cards'] ?? details['made'] ?? details['undone']]),
    [
      ['history.rewound', 3],
      ['history.undone', 3],
      ['import.undone', 3],
      ['import.done', 3],
    ],
  );
  const ways = told.map(({ way, actor }) => [way, actor?.id]);
  assert.deepEqual(ways, [
    ['web', ben.id],
    ['web', ben.id],
    ['import', ben.id],
    ['import', ben.id],
  ]);
  assert.equal((await auditOf(ada, { way: 'import' })).length, 2);
  assert.ok(!JSON.stringify(told).includes('clients'), 'the name of a file may tell of people');
});

test('a folder that is offered, taken over or declined, and who asks for access', async () => {
  await using app = await auditedApp();
  const { ada, ben, chloe } = app;
  const folder = await makeFolder(app, ben, 'À céder');
  const offer = () => create(ben, 'FolderHandover', { addressBookId: folder, toId: chloe.id });
  const first = await offer();
  await ben.call('FolderHandover/set', { destroy: [first] });
  const second = await offer();
  await chloe.call('FolderHandover/set', { update: { [second]: { status: 'declined' } } });
  await ben.call('FolderHandover/set', { destroy: [second] });
  const third = await offer();
  await chloe.call('FolderHandover/set', { update: { [third]: { status: 'accepted' } } });
  const kinds = (await auditOf(ada, { objectId: folder })).map(({ kind }) => kind);
  assert.deepEqual(
    kinds.filter((kind) => kind.startsWith('handover')),
    [
      'handover.accepted',
      'handover.offered',
      'handover.declined',
      'handover.offered',
      'handover.withdrawn',
      'handover.offered',
    ],
  );
});

test('settings that are others than at the last start are told by their names, never by what they hold', async () => {
  await using app = await auditedApp();
  const { ada, world } = app;
  const settings = new Map([
    ['COTERIE_SMTP_URL', 'smtp://me:secret@mail.example'],
    ['COTERIE_TRASH_DAYS', '30'],
  ]);
  await auditSettings(world, settings);
  await auditSettings(world, settings);
  await auditSettings(
    world,
    new Map([...settings, ['COTERIE_SMTP_URL', 'smtp://me:other@mail.example'], ['COTERIE_NEW', '1']]),
  );
  assert.deepEqual(await sentencesOf(ada, { kind: 'settings.changed' }), [
    'Réglages du serveur modifiés : COTERIE_SMTP_URL',
  ]);
  const kept = await world.db.all(world.db.build.selectFrom('setting').selectAll());
  assert.ok(!JSON.stringify(kept).includes('mail.example'));
});

test('every kind of the table is written by something', async () => {
  const sources = sourceFiles('src/core')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const made = /^(share\.(accepted|declined)|handover\.(accepted|declined))$/u;
  const unwritten = Object.keys(auditKinds).filter((kind) => !made.test(kind) && !sources.includes(`'${kind}'`));
  assert.deepEqual(unwritten, []);
});

test('what is refused or fails is not told as done', async () => {
  await using app = await auditedApp();
  const { ada, ben } = app;
  const folder = await makeFolder(app, ben, 'Reste');
  const before = await auditOf(ada, {}, 500);
  await app.chloe.call('AddressBook/set', { destroy: [folder], onDestroyRemoveContents: true });
  await app.chloe.call('Share/set', { create: { s: { addressBookId: folder, type: 'public', role: 'viewer' } } });
  await ada.call('ManagedPrincipal/set', { update: { [ada.id]: { isAdministrator: false } } });
  const after = await auditOf(ada, {}, 500);
  assert.deepEqual(
    after.slice(0, after.length - before.length).map(({ kind }) => kind),
    ['audit.searched'],
    'somebody must stay administrator: what was tried is undone, and its record with it',
  );
});

function basicOf(email: string): string {
  return `Basic ${Buffer.from(`${email}:wrong password`).toString('base64')}`;
}
