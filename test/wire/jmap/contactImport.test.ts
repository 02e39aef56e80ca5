import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { zipSync } from 'fflate';
import { purgeImports } from '../../../src/core/import/importRuns.ts';
import { startImports } from '../../../src/core/import/startImports.ts';
import { create, destroy, list, refusal, update, upload } from '../../kit/calls.ts';
import { feedOf } from '../../kit/history.ts';
import type { Person, Result } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

type Importing = AsyncDisposable & {
  readonly app: TestApp;
  readonly ada: Person;
  readonly book: string;
  /** Uploads a file into the person's account. */
  upload(data: Uint8Array | string, person?: Person): Promise<string>;
  /** Imports and waits for the end; how it ended. */
  run(value: object, person?: Person): Promise<Result>;
  end(id: string, person?: Person): Promise<Result>;
  names(bookId?: string): Promise<string[]>;
};

async function open(environment: Record<string, string> = {}): Promise<Importing> {
  const app = await createTestApp({ environment });
  const imports = await startImports(app.world, (error) => {
    throw error;
  });
  const { ada } = app;
  const book = await create(ada, 'AddressBook', { name: 'Imported' });
  const self: Importing = {
    app,
    ada,
    book,
    upload: (data, person = ada) => upload(person, Buffer.from(data as string), 'text/csv'),
    async run(value, person = ada) {
      const id = await create(person, 'ContactImport', { addressBookId: book, ...value });
      return self.end(id, person);
    },
    async end(id, person = ada) {
      await imports.idle();
      const [run] = await list(person, 'ContactImport', { ids: [id] });
      return run!;
    },
    async names(bookId = book) {
      const cards = await ada.call('ContactCard/query', { filter: { inAddressBook: bookId } });
      const found = await list(ada, 'ContactCard', { ids: [...cards['ids']!] });
      return found.map((card) => String(card['name']?.['full'] ?? '')).sort();
    },
    async [Symbol.asyncDispose]() {
      await imports.stop();
      await app.close();
    },
  };
  return self;
}

const counts = (run: Result) =>
  Object.fromEntries(
    ['state', 'total', 'done', 'made', 'merged', 'skipped', 'failed'].map((name) => [name, run[name]]),
  );

const outlookFr = readFileSync('test/fixtures/import/outlook-fr.csv');
const three =
  'Nom;Prénom;Courriel\nUn;Ada;un@demo.example\nDeux;Ben;deux@demo.example\n;;\nTrois;Cy;trois@demo.example\n';

test('a preview says what a file is and what it holds, and keeps nothing', async () => {
  await using world = await open();
  const { ada, book } = world;
  const blobId = await world.upload(outlookFr);
  const preview = await ada.call('ContactImport/preview', { addressBookId: book, blobId });
  assert.equal(preview['kind'], 'csv');
  assert.equal(preview['charset'], 'windows-1252');
  assert.equal(preview['count'], 2);
  assert.equal(preview['problemCount'], 1);
  assert.equal(preview['problems']![0]!['reason'], 'date');
  assert.equal(preview['table']!['layout'], 'outlook');
  assert.equal(preview['table']!['samples']![0]![1], 'Zoé');
  assert.equal(preview['cards']![0]!['name']!['full'], 'Mme Zoé Lefèvre');
  assert.deepEqual(await world.names(), []);
});

test('an import makes the contacts, counts them, and reports what was not understood', async () => {
  await using world = await open();
  const run = await world.run({ blobId: await world.upload(three), name: 'trois.csv' });
  assert.deepEqual(counts(run), { state: 'done', total: 4, done: 4, made: 3, merged: 0, skipped: 0, failed: 1 });
  assert.deepEqual(await world.names(), ['Ada Un', 'Ben Deux', 'Cy Trois']);
  const report = await world.ada.call('ContactImport/report', { id: run['id'] });
  assert.deepEqual(
    [...report['list']!].map((problem) => [problem['line'], problem['reason'], problem['text']]),
    [[4, 'empty', ';;']],
  );
});

test('an import is one entry in the activity of its folder, and its undoing another', async () => {
  await using importing = await open();
  const { ada, book } = importing;
  const cards = ['Un', 'Deux', 'Trois'].map((name) => `BEGIN:VCARD\r\nVERSION:4.0\r\nFN:${name}\r\nEND:VCARD\r\n`);
  const run = await importing.run({ blobId: await importing.upload(cards.join('')), addressBookId: book });
  const [entry, ...more] = await feedOf(ada, book);
  assert.equal(more.length, 0);
  assert.equal(`${entry!['action']} ${entry!['cardCount']} ${entry!['way']}`, 'created 3 import');
  assert.equal(entry!['operationId'], run['id']);
  const undone = await ada.call('CardVersion/undo', { operationId: run['id'] });
  assert.equal(undone['counts']!['deleted'], 3);
  assert.deepEqual(await importing.names(), []);
});

test('progress can be followed by changes', async () => {
  await using world = await open();
  const { ada } = world;
  const before = await ada.call('ContactImport/get', { ids: [] });
  const run = await world.run({ blobId: await world.upload(three) });
  const changes = await ada.call('ContactImport/changes', { sinceState: before['state'] });
  assert.deepEqual([...changes['created']!], [run['id']]);
});

test('the same file again: contacts that are there are skipped, or kept twice when one wants it', async () => {
  await using world = await open();
  const blobId = await world.upload(three);
  await world.run({ blobId });
  const preview = await world.ada.call('ContactImport/preview', { addressBookId: world.book, blobId });
  assert.equal(preview['duplicateCount'], 3);
  const again = await world.run({ blobId });
  assert.deepEqual(counts(again), { state: 'done', total: 4, done: 4, made: 0, merged: 0, skipped: 3, failed: 1 });
  await world.run({ blobId, duplicates: 'keep' });
  assert.equal((await world.names()).length, 6);
});

test('merging adds what the file says beyond a contact, and undoing takes exactly that back', async () => {
  await using world = await open();
  const { ada, book } = world;
  const value = {
    name: { full: 'Ada Un' },
    emails: { e: { address: 'UN@demo.example' } },
    titles: { t: { name: 'Maire' } },
  };
  const cardId = await create(ada, 'ContactCard', { addressBookIds: { [book]: true }, ...value });
  const [before] = await list(ada, 'ContactCard', { ids: [cardId] });
  const text = 'Nom;Prénom;Courriel;Téléphone\nUn;Ada;un@demo.example;+33 3 00 00 00 00\nDeux;Ben;deux@demo.example;\n';
  const run = await world.run({ blobId: await world.upload(text), duplicates: 'merge' });
  assert.deepEqual([run['made'], run['merged']], [1, 1]);
  const [filled] = await list(ada, 'ContactCard', { ids: [cardId] });
  assert.equal(Object.values(filled!['phones']!)[0]!['number'], '+33 3 00 00 00 00');
  assert.deepEqual(Object.keys(filled!['emails']!).length, 1);

  await update(ada, 'ContactImport', run['id']!, { state: 'undoing' });
  const undone = await world.end(run['id']!);
  assert.deepEqual([undone['state'], undone['undone'], undone['kept']], ['undone', 2, 0]);
  const [after] = await list(ada, 'ContactCard', { ids: [cardId] });
  assert.deepEqual(after, before);
  assert.deepEqual(await world.names(), ['Ada Un']);
});

test('undoing leaves what somebody has changed since, and tells which', async () => {
  await using world = await open();
  const { ada, book } = world;
  const run = await world.run({ blobId: await world.upload(three) });
  const found = await ada.call('ContactCard/query', { filter: { inAddressBook: book, email: 'deux@demo.example' } });
  const cardId = found['ids']![0]!;
  await update(ada, 'ContactCard', cardId, { titles: { t: { name: 'Poète' } } });
  await update(ada, 'ContactImport', run['id']!, { state: 'undoing' });
  const undone = await world.end(run['id']!);
  assert.deepEqual([undone['undone'], undone['kept']], [2, 1]);
  assert.deepEqual(await world.names(), ['Ben Deux']);
  const report = await ada.call('ContactImport/report', { id: run['id'] });
  assert.deepEqual([...report['keptIds']!], [cardId]);
});

test('cards are kept as they are written; one whose uid the account has gets another', async () => {
  await using world = await open();
  const { ada, book } = world;
  const blobId = await world.upload(readFileSync('test/fixtures/import/mixed.vcf'));
  await world.run({ blobId });
  assert.deepEqual(await world.names(), ['Renée Lefèvre', 'Vera Quatre']);
  const other = await create(ada, 'AddressBook', { name: 'Other' });
  const second = await world.run({ blobId, addressBookId: other });
  assert.equal(second['made'], 2, 'another folder has its own');
  const [vera] = (await list(ada, 'ContactCard', {})).filter(
    (card) => card['addressBookIds']![book] && card['name']!['full'] === 'Vera Quatre',
  );
  assert.equal(vera!['uid'], 'urn:uuid:00000000-0000-4000-8000-000000000001');
  assert.equal(vera!['vCardProps']![0]![0], 'x-house-key');
});

test('a card without a name is called by what else it says', async () => {
  await using world = await open();
  const vcard = 'BEGIN:VCARD\r\nVERSION:3.0\r\nEMAIL:sansnom@demo.example\r\nEND:VCARD\r\n';
  const run = await world.run({ blobId: await world.upload(vcard) });
  assert.deepEqual([run['made'], run['failed']], [1, 0]);
  const [card] = await list(world.ada, 'ContactCard', {});
  assert.equal(card!['fileAs'], 'sansnom@demo.example');
});

test('an archive gives everything in it; what holds no contacts is reported', async () => {
  await using world = await open();
  const archive = zipSync({
    'a/outlook.csv': outlookFr,
    'b.vcf': readFileSync('test/fixtures/import/mixed.vcf'),
    'c.ldif': readFileSync('test/fixtures/import/thunderbird.ldif'),
    'photo.png': Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]),
    '__MACOSX/._b.vcf': Buffer.from('x'),
  });
  const run = await world.run({ blobId: await world.upload(archive) });
  assert.deepEqual([run['state'], run['made']], ['done', 6]);
  const report = await world.ada.call('ContactImport/report', { id: run['id'] });
  assert.ok([...report['list']!].some((one) => one['file'] === 'photo.png' && String(one['reason']) === 'file'));
});

test('a list of Thunderbird has its members', async () => {
  await using world = await open();
  await world.run({ blobId: await world.upload(readFileSync('test/fixtures/import/thunderbird.ldif')) });
  const cards = await list(world.ada, 'ContactCard', {});
  const group = cards.find((card) => String(card['kind']) === 'group');
  const member = cards.find((card) => card['name']!['full'] === 'Jérôme Blanc');
  assert.deepEqual(Object.keys(group!['members']!), [member!['uid']]);
});

test('what a person said of the columns is remembered for the next such table', async () => {
  await using world = await open();
  const { ada, book } = world;
  const table = 'Matricule;Qui;Où joindre\n7;Ada Sept;sept@demo.example\n';
  const blobId = await world.upload(table);
  const first = await ada.call('ContactImport/preview', { addressBookId: book, blobId });
  assert.deepEqual([...first['table']!['unknown']!].map(Number), [0, 1, 2]);
  const fields = [null, 'fullName', 'email'];
  await world.run({ blobId, fields });
  assert.deepEqual(await world.names(), ['Ada Sept']);
  const next = await ada.call('ContactImport/preview', {
    addressBookId: book,
    blobId: await world.upload(`${table}8;x;y@z.example\n`),
  });
  assert.deepEqual([...next['table']!['fields']!], fields);
  assert.equal(Boolean(next['table']!['isRemembered']), true);
});

test('a column may not be said to be what no contact has', async () => {
  await using world = await open();
  const blobId = await world.upload(three);
  const create = { new: { addressBookId: world.book, blobId, fields: ['constructor'] } };
  const error = await refusal(world.ada, 'ContactImport/set', { create });
  assert.equal(error['type'], 'invalidProperties');
});

test('files without contacts are refused with what they are', async () => {
  await using world = await open();
  const kinds: [Uint8Array | string, string][] = [
    ['<!doctype html>', 'unknown'],
    [zipSync({ '[Content_Types].xml': Buffer.from('<x/>') }), 'spreadsheet'],
    [Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), 'outlookFile'],
  ];
  for (const [data, kind] of kinds) {
    const blobId = await world.upload(data);
    const error = await world.ada.call('ContactImport/preview', { addressBookId: world.book, blobId });
    assert.match(String(error['description']), new RegExp(kind, 'u'));
  }
});

test('who may only read a folder imports nothing into it, and loses nothing by trying', async () => {
  await using world = await open();
  const { ada, app, book } = world;
  const { ben } = app;
  await create(ada, 'Share', { addressBookId: book, principalId: ben.id, role: 'viewer' });
  await ben.call('ShareInvitation/set', { update: { [book]: { status: 'accepted' } } });
  const blobId = await world.upload(three, ben);
  const create2 = { new: { addressBookId: book, blobId } };
  assert.equal((await refusal(ben, 'ContactImport/set', { create: create2 }))['type'], 'forbidden');
  const { chloe } = app;
  const theirs = await world.upload(three, chloe);
  const error = await refusal(chloe, 'ContactImport/set', { create: { new: { addressBookId: book, blobId: theirs } } });
  assert.equal(error['type'], 'notFound');
});

test('who loses the right in the middle brings in no more', async () => {
  await using world = await open();
  const { ada, app, book } = world;
  const { ben } = app;
  const share = await create(ada, 'Share', { addressBookId: book, principalId: ben.id, role: 'manager' });
  const rows = Array.from({ length: 3000 }, (_, index) => `Nom${index};x${index}@demo.example`);
  const blobId = await world.upload(`Nom;Courriel\n${rows.join('\n')}\n`, ben);
  const id = await create(ben, 'ContactImport', { addressBookId: book, blobId });
  await destroy(ada, 'Share', share);
  const run = await world.end(id, ben);
  assert.deepEqual([run['state'], String(run['reason'])], ['failed', 'notFound']);
  assert.ok(Number(run['made']) < 3000);
  assert.equal((await world.names()).length, Number(run['made']));
});

test('nobody sees, stops or undoes the import of somebody else', async () => {
  await using world = await open();
  const { app } = world;
  const run = await world.run({ blobId: await world.upload(three) });
  const id = run['id']!;
  assert.deepEqual(await list(app.ben, 'ContactImport', { ids: [id] }), []);
  const update2 = { [id]: { state: 'undoing' } };
  assert.equal((await refusal(app.ben, 'ContactImport/set', { update: update2 }))['type'], 'notFound');
  assert.equal((await refusal(app.ben, 'ContactImport/set', { destroy: [id] }))['type'], 'notFound');
  const unknown = await app.ben.call('ContactImport/report', { id: 'i0' });
  assert.deepEqual(await app.ben.call('ContactImport/report', { id }), unknown);
  assert.equal(unknown['type'], 'invalidArguments');
});

test('an import that is cancelled stops where it is and can be undone', async () => {
  await using world = await open();
  const { ada } = world;
  const rows = Array.from({ length: 5000 }, (_, index) => `Nom${index};x${index}@demo.example`);
  const blobId = await world.upload(`Nom;Courriel\n${rows.join('\n')}\n`);
  const id = await create(ada, 'ContactImport', { addressBookId: world.book, blobId });
  await update(ada, 'ContactImport', id, { state: 'cancelled' });
  const run = await world.end(id);
  assert.equal(run['state'], 'cancelled');
  assert.ok(Number(run['made']) < 5000);
  await update(ada, 'ContactImport', id, { state: 'undoing' });
  assert.equal((await world.end(id))['state'], 'undone');
  assert.deepEqual(await world.names(), []);
});

test('a program that ended in the middle leaves an import that can be undone', async () => {
  await using world = await open();
  const { ada, app } = world;
  const run = await world.run({ blobId: await world.upload(three) });
  await app.world.db.transaction(async (tx) => {
    await tx.run(tx.build.updateTable('import_run').set({ state: 'running' }).where('id', '=', run['id']!));
  });
  const again = await startImports(app.world, () => undefined);
  const [left] = await list(ada, 'ContactImport', { ids: [run['id']!] });
  assert.equal(left!['state'], 'interrupted');
  await update(ada, 'ContactImport', run['id']!, { state: 'undoing' });
  // By whichever of the two programs comes first.
  assert.equal((await world.end(run['id']!))['state'], 'undone');
  assert.deepEqual(await world.names(), []);
  await again.stop();
});

test('an account that is full takes what fits and says so', async () => {
  await using world = await open({ COTERIE_MAX_CARDS_PER_ACCOUNT: '2' });
  const run = await world.run({ blobId: await world.upload(three) });
  assert.deepEqual([run['state'], String(run['reason'])], ['failed', 'overQuota']);
});

test('a contact larger than one may be is reported, and the others come', async () => {
  await using world = await open({ COTERIE_MAX_CARD_SIZE: '10000' });
  const long = `Nom;Courriel;Notes\nUn;un@demo.example;${'x'.repeat(11_000)}\nDeux;deux@demo.example;y\n`;
  const run = await world.run({ blobId: await world.upload(long) });
  assert.deepEqual([run['state'], run['made'], run['failed']], ['done', 1, 1]);
  const report = await world.ada.call('ContactImport/report', { id: run['id'] });
  assert.equal(report['list']![0]!['reason'], 'tooLarge');
});

test('imports of long ago are forgotten, the contacts stay', async () => {
  await using world = await open();
  const run = await world.run({ blobId: await world.upload(three) });
  await purgeImports(world.app.world);
  assert.equal((await list(world.ada, 'ContactImport', { ids: [run['id']!] })).length, 1);
  world.app.clock.advance(31 * 24 * 3600 * 1000);
  await world.ada.signIn();
  await purgeImports(world.app.world);
  assert.deepEqual(await list(world.ada, 'ContactImport'), []);
  assert.equal((await world.names()).length, 3);
});
