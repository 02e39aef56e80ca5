import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create, destroy, list, refusal, update, upload } from '../../kit/calls.ts';
import { exportAccount, exportContacts, systemFolders } from '../../kit/zimbra/account.ts';
import type { Mailbox } from '../../kit/zimbra/account.ts';
import { writeArchive } from '../../kit/zimbra/archive.ts';
import { counts, lea, mailbox, openMoving, photo, tom } from '../../kit/zimbra/moving.ts';

test('an exported account comes with its tree, colours, contacts, photos, groups and tags; the trash stays away', async () => {
  await using moving = await openMoving();
  const { ada } = moving;
  const run = await moving.move(exportAccount(mailbox));
  assert.equal(counts(run), 'done 4 0 0 0');
  assert.equal(run['kind'], 'zimbra');
  assert.equal(run['addressBookId'], null);
  assert.deepEqual(await moving.folders(), [
    'Contacts green',
    'Partenaires red',
    'Personnes contactées par mail –',
    'Presse ‹ Partenaires #123456',
  ]);
  assert.deepEqual(await moving.contacts(), {
    Contacts: ['Léa Martin'],
    Partenaires: ['Comité'],
    'Personnes contactées par mail': ['Écrit'],
    Presse: ['Tom Roux'],
  });
  const card = await moving.card('Léa Martin');
  assert.deepEqual(Object.keys(card['keywords']!), ['À rappeler']);
  const blobId = card['media']!['photo']!['blobId'];
  const kept = await ada.get(`/jmap/download/${ada.id}/${blobId}/photo?accept=image/png`);
  assert.deepEqual(Buffer.from(await kept.arrayBuffer()), photo);
  const [preferences] = await list(ada, 'Preferences');
  assert.deepEqual(preferences!['keywordColors'], { 'À rappeler': 'orange' });
  const group = await moving.card('Comité');
  assert.deepEqual(Object.keys(group['members']!).sort(), [
    'mailto:ben@demo.example',
    'mailto:zoe@demo.example',
    String(card['uid']),
  ]);
  assert.deepEqual(await moving.report(String(run['id'])), [
    'date | Tom Roux | 1980-02-30',
    'member | Comité | other-account:12',
  ]);
  const own = (await moving.card('Tom Roux'))['vCardProps'] as unknown as unknown[][];
  assert.deepEqual(own[0]!.at(-1), 'Étage 3');
});

test('the trash comes in a folder of its own when it is wanted', async () => {
  await using moving = await openMoving();
  assert.equal(counts(await moving.move(exportAccount(mailbox), { withTrash: true })), 'done 5 0 0 0');
  assert.ok((await moving.folders()).includes('Vieux ‹ Corbeille de Zimbra –'));
  assert.deepEqual((await moving.contacts())['Corbeille de Zimbra'], ['Jeté']);
});

test('an archive of contacts alone makes the folders out of their paths', async () => {
  await using moving = await openMoving();
  assert.equal(counts(await moving.move(exportContacts(mailbox))), 'done 4 0 0 0');
  assert.deepEqual(await moving.folders(), [
    'Contacts –',
    'Partenaires –',
    'Personnes contactées par mail –',
    'Presse ‹ Partenaires –',
  ]);
  assert.equal(counts(await moving.move(exportContacts(mailbox))), 'done 0 0 4 0');
});

test('a second time nothing comes twice, what changed there comes, and what changed here stays', async () => {
  await using moving = await openMoving();
  const { ada } = moving;
  await moving.move(exportAccount(mailbox));
  assert.equal(counts(await moving.move(exportAccount(mailbox))), 'done 0 0 4 0');
  await update(ada, 'ContactCard', String((await moving.card('Tom Roux'))['id']), { 'name/full': 'Tom Roux-Blanc' });
  await destroy(ada, 'ContactCard', String((await moving.card('Écrit'))['id']));
  const [presse] = (await list(ada, 'AddressBook')).filter((book) => book['name'] === 'Presse');
  await update(ada, 'AddressBook', String(presse!['id']), { name: 'Journaux' });
  const later: Mailbox = {
    ...mailbox,
    folders: mailbox.folders.map((folder) => {
      if (folder.id === 257) return { ...folder, name: 'Partenariats', color: 1 };
      return folder.id === 258 ? { ...folder, name: 'Médias', color: 2 } : folder;
    }),
    contacts: [
      { ...mailbox.contacts[0]!, folderId: 257, fields: { ...lea, jobTitle: 'Directrice' } },
      { ...mailbox.contacts[1]!, fields: { ...tom, jobTitle: 'Rédacteur' } },
      { ...mailbox.contacts[2]!, fields: { firstName: 'Écrit', email: 'autre@demo.example' } },
      ...mailbox.contacts.slice(3),
      { id: 310, folderId: 258, fields: { firstName: 'Neuf', lastName: 'Venu' } },
    ],
  };
  const preview = await moving.preview(exportAccount(later));
  assert.deepEqual(preview['verdicts'], {
    new: 1,
    there: 0,
    same: 1,
    changed: 1,
    changedHere: 1,
    deletedHere: 1,
    leftOut: 0,
  });
  const run = await moving.move(exportAccount(later));
  assert.equal(counts(run), 'done 1 1 3 0');
  assert.deepEqual(await moving.folders(), [
    'Contacts green',
    'Journaux ‹ Partenariats cyan',
    'Partenariats blue',
    'Personnes contactées par mail –',
  ]);
  assert.deepEqual(await moving.contacts(), {
    Journaux: ['Neuf Venu', 'Tom Roux-Blanc'],
    Partenariats: ['Comité', 'Léa Martin'],
  });
  assert.equal((await moving.card('Léa Martin'))['titles']!['1']!['name'], 'Directrice');
  assert.deepEqual(
    (await moving.report(String(run['id']))).filter((line) => !line.startsWith('member')),
    ['changedHere | Tom Roux | ', 'deletedHere | Écrit | '],
  );
});

test('what is in « Contacts » already from elsewhere is not doubled; two of the mailbox with one address are two', async () => {
  await using moving = await openMoving();
  const { ada } = moving;
  const [contacts] = (await list(ada, 'AddressBook')).filter((book) => book['name'] === 'Contacts');
  await create(ada, 'ContactCard', {
    addressBookIds: { [String(contacts!['id'])]: true },
    name: { full: 'Léa M.' },
    emails: { e: { address: 'lea@demo.example' } },
  });
  const couple = { id: 311, folderId: 257, fields: { firstName: 'Une', email: 'couple@demo.example' } };
  const two = [couple, { ...couple, id: 312, fields: { ...couple.fields, firstName: 'Autre' } }];
  const archive = exportAccount({ ...mailbox, contacts: [mailbox.contacts[0]!, ...two] });
  assert.equal(counts(await moving.move(archive)), 'done 2 0 1 0');
  assert.deepEqual(await moving.contacts(), { Contacts: ['Léa M.'], Partenaires: ['Autre', 'Une'] });
  assert.equal(counts(await moving.move(archive)), 'done 0 0 3 0');
});

test('hostile archives are refused with a reason, or lose what is wrong with them', async () => {
  await using moving = await openMoving();
  const { ada } = moving;
  const reasonOf = async (data: Uint8Array) => {
    const blobId = await upload(ada, Buffer.from(data), 'application/gzip');
    const refused = await refusal(ada, 'ContactImport/previewZimbra', { blobId });
    return String(refused['reason']);
  };
  const good = exportAccount(mailbox);
  assert.equal(await reasonOf(good.subarray(0, good.length - 40)), 'archiveBroken');
  assert.equal(await reasonOf(Buffer.from('Nom;Prénom\n')), 'archiveBroken');
  assert.equal(await reasonOf(writeArchive([{ name: 'a.txt', data: Buffer.from('a') }])), 'notZimbra');
  assert.equal(await reasonOf(writeArchive([{ name: 'coterie-soap.json', data: Buffer.from('{') }])), 'notZimbra');
  const wrong = writeArchive([
    { name: '../../etc/passwd.meta', data: Buffer.from('{"type":6,"id":1,"folder_id":7,"metadata":"d3:flde"}') },
    { name: 'Contacts/broken.meta', data: Buffer.from('{"type":6') },
    {
      name: 'Contacts/deep.meta',
      data: Buffer.from(JSON.stringify({ type: 6, id: 2, folder_id: 7, metadata: 'l'.repeat(5000) })),
    },
    {
      name: 'Contacts/empty.meta',
      data: Buffer.from(JSON.stringify({ type: 6, id: 3, folder_id: 7, metadata: 'de' })),
    },
    {
      name: '../../Contacts/good.meta',
      data: Buffer.from(JSON.stringify({ type: 6, id: 4, folder_id: 7, metadata: 'd3:fldd8:lastName3:Nomee' })),
    },
  ]);
  const run = await moving.move(wrong);
  assert.equal(counts(run), 'done 1 0 0 4');
  assert.deepEqual(await moving.contacts(), { Contacts: ['Nom'] });
});

test('folders that stand in themselves, that are too deep, or that cannot be called so, come as well as they can', async () => {
  await using moving = await openMoving();
  const deep = Array.from({ length: 60 }, (_, at) => ({
    id: 1000 + at,
    parentId: at === 0 ? 1 : 999 + at,
    name: `n${at}`,
    view: 6,
  }));
  const run = await moving.move(
    exportAccount({
      folders: [
        ...systemFolders,
        { id: 500, parentId: 501, name: 'A', view: 6 },
        { id: 501, parentId: 500, name: 'B', view: 6 },
        { id: 502, parentId: 1, name: `${'long'.repeat(60)}`, view: 6 },
        { id: 503, parentId: 2, name: 'Dans la boîte', view: 6 },
        ...deep,
      ],
      contacts: [],
    }).slice(),
  );
  assert.equal(run['state'], 'done');
  const folders = await moving.folders();
  assert.ok(folders.some((name) => name.startsWith('A ') || name.startsWith('B ')));
  assert.ok(folders.includes('Dans la boîte –'));
  const reasons = (await moving.report(String(run['id']))).map((line) => line.split(' ')[0]);
  assert.deepEqual([...new Set(reasons)].sort(), ['folderDepth', 'folderName']);
  assert.equal(reasons.filter((reason) => reason === 'folderDepth').length, 10);
});

test('an undo leaves nothing where nobody has changed anything; the next time all of it comes anew', async () => {
  await using moving = await openMoving();
  const { ada } = moving;
  const whole = await moving.move(exportAccount(mailbox));
  await update(ada, 'ContactImport', String(whole['id']), { state: 'undoing' });
  await moving.end(String(whole['id']));
  assert.deepEqual(await moving.folders(), ['Contacts green', 'Personnes contactées par mail –']);
  assert.equal(counts(await moving.move(exportAccount(mailbox))), 'done 4 0 0 0');
});
