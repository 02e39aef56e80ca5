import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { create, shareAccepted } from '../../kit/calls.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

const zoe = {
  name: {
    components: [
      { kind: 'given', value: 'Zoé' },
      { kind: 'surname', value: 'Lefèvre' },
    ],
  },
  emails: { e: { address: 'zoe@demo.example' } },
  phones: { p: { number: '+33 6 00 00 00 01', features: { mobile: true } } },
  anniversaries: { b: { kind: 'birth', date: { year: 1970, month: 11, day: 26 } } },
};

async function withFolder(app: TestApp): Promise<{ bookId: string; cardId: string }> {
  const bookId = await create(app.ada, 'AddressBook', { name: 'Mairie' });
  const cardId = await create(app.ada, 'ContactCard', { addressBookIds: { [bookId]: true }, ...zoe });
  return { bookId, cardId };
}

async function textOf(person: Person, path: string): Promise<string> {
  const reply = await person.get(path);
  assert.equal(reply.status, 200, path);
  return reply.text();
}

/** The cells of the one contact by the headings; the first of equal headings. */
function row(csv: string, separator = ','): Record<string, string> {
  const [head, line] = csv.replace(/^\ufeff/u, '').split('\r\n');
  const [names, cells] = [head!.split(separator), line!.split(separator)];
  return Object.fromEntries(names.map((name, at): [string, string] => [name, cells[at]!]).toReversed());
}

test('a folder is written as the program that shall read it wants it', async () => {
  await using app = await createTestApp();
  await withFolder(app);
  const path = '/home/~/Mairie.csv?separator=,&layout=';
  const french = row(await textOf(app.ada, `${path}outlook&language=fr`));
  assert.equal(french['Prénom'], 'Zoé');
  assert.equal(french['Tél. mobile'], '+33 6 00 00 00 01');
  assert.equal(french['Anniversaire'], '26/11/1970');
  assert.equal(row(await textOf(app.ada, `${path}outlook&language=en`))['Birthday'], '11/26/1970');
  const google = row(await textOf(app.ada, `${path}google`));
  assert.deepEqual([google['Phone 1 - Label'], google['Phone 1 - Value']], ['Mobile', '+33 6 00 00 00 01']);
  assert.equal(row(await textOf(app.ada, `${path}thunderbird&language=en`))['Primary Email'], 'zoe@demo.example');
  assert.match(row(await textOf(app.ada, `${path}everything`))['uid']!, /^urn:uuid:/u);
  assert.equal(row(await textOf(app.ada, '/home/~/Mairie.csv?separator=,&csvfmt=outlook-2003-csv'))['Nom'], 'Lefèvre');
});

test('a name in one piece is not lost where a program has no column for it', async () => {
  await using app = await createTestApp();
  const bookId = await create(app.ada, 'AddressBook', { name: 'Mairie' });
  await create(app.ada, 'ContactCard', { addressBookIds: { [bookId]: true }, name: { full: 'Ada Sept' } });
  const path = '/home/~/Mairie.csv?separator=,&layout=';
  assert.equal(row(await textOf(app.ada, `${path}outlook`))['Nom'], 'Ada Sept');
  assert.equal(row(await textOf(app.ada, `${path}google`))['First Name'], 'Ada Sept');
  assert.equal(row(await textOf(app.ada, `${path}thunderbird`))['Nom à afficher'], 'Ada Sept');
});

test('a folder as LDIF, and as cards of the version that is asked for', async () => {
  await using app = await createTestApp();
  await withFolder(app);
  assert.match(
    await textOf(app.ada, '/home/~/Mairie.ldif'),
    /^version: 1\r\n\r\ndn: uid=[^]*mail: zoe@demo\.example\r\n/u,
  );
  assert.match(await textOf(app.ada, '/home/~/Mairie.vcf?version=3.0'), /VERSION:3\.0[^]*N;JSCOMPS[^:]*:Lefèvre;Zoé/u);
  assert.match(await textOf(app.ada, '/home/~/Mairie.vcf?version=4.0'), /VERSION:4\.0/u);
});

test('everything is an archive with a file for each folder, those of others under their names', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { bookId } = await withFolder(app);
  await create(ada, 'AddressBook', { name: 'Élus', parentId: bookId });
  const theirs = await create(ben, 'AddressBook', { name: 'Of Ben' });
  await create(ben, 'ContactCard', { addressBookIds: { [theirs]: true }, name: { full: 'Cy Trois' } });
  await shareAccepted(ben, theirs, ada, 'viewer');
  const hidden = await create(ben, 'AddressBook', { name: 'Hidden' });
  const reply = await ada.get('/home/~?fmt=vcf');
  assert.equal(reply.headers.get('content-type'), 'application/zip');
  const files = unzipSync(new Uint8Array(await reply.arrayBuffer()));
  const names = Object.keys(files);
  for (const name of ['Contacts.vcf', 'Mairie.vcf', 'Mairie/Élus.vcf', 'Ben/Of Ben de Ben.vcf'])
    assert.ok(names.includes(name), `${name} in ${names}`);
  assert.ok(!names.some((name) => name.includes('Hidden')), hidden);
  assert.match(Buffer.from(files['Ben/Of Ben de Ben.vcf']!).toString(), /FN:Cy Trois/u);
});

test('chosen contacts are a file to download; those that one may not read are not in it', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { cardId, bookId } = await withFolder(app);
  const secret = await create(ada, 'AddressBook', { name: 'Secret' });
  const secretCard = await create(ada, 'ContactCard', { addressBookIds: { [secret]: true }, name: { full: 'Secret' } });
  await shareAccepted(ada, bookId, ben, 'viewer');
  const ids = [cardId, secretCard, 'unknown'];
  const file = async (args: object) => {
    const made = await ben.call('ContactCard/export', { accountId: ada.id, ids, ...args });
    return textOf(ben, `/jmap/download/${made['blobAccountId']}/${made['blobId']}/contacts`);
  };
  assert.equal((await file({ format: 'vcard' })).match(/BEGIN:VCARD/gu)!.length, 1);
  assert.match(await file({ format: 'ldif' }), /mail: zoe@demo\.example/u);
  const csv = await file({ format: 'csv', layout: 'outlook', language: 'fr', separator: ';' });
  assert.equal(row(csv, ';')['Prénom'], 'Zoé');
  assert.doesNotMatch(csv, /Secret/u);
});
