import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unzipSync, zipSync } from 'fflate';
import { listZip, readZipEntry, writeZip, ZipError } from './zip.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test('files come out of an archive as they went in, folders are left out', async () => {
  const archive = zipSync({ dossier: { 'élèves.csv': Buffer.from('Nom\nÉlodie\n') }, 'b.vcf': Buffer.from('x') });
  assert.deepEqual(
    listZip(archive).map(({ name, size }) => [name, size]),
    [
      ['dossier/élèves.csv', 12],
      ['b.vcf', 1],
    ],
  );
  assert.equal(text(await readZipEntry(archive, 'dossier/élèves.csv')), 'Nom\nÉlodie\n');
});

test('an archive that is none is an error of its own', () => {
  assert.throws(() => listZip(Buffer.from('PK\u0003\u0004 no archive')), ZipError);
  assert.throws(() => listZip(zipSync({ a: Buffer.from('abc') }).subarray(0, 30)), ZipError);
});

test('an entry that says it is small does not become large', async () => {
  const archive = zipSync({ 'bomb.csv': new Uint8Array(5_000_000) });
  const view = new DataView(archive.buffer);
  for (let at = 0; at < archive.length - 4; at++) {
    const signature = view.getUint32(at, true);
    if (signature === 0x04034b50) view.setUint32(at + 22, 100, true);
    if (signature === 0x02014b50) view.setUint32(at + 24, 100, true);
  }
  assert.equal(listZip(archive)[0]!.size, 100);
  const data = await readZipEntry(archive, 'bomb.csv').catch((error: unknown) => {
    assert.ok(error instanceof ZipError);
    return new Uint8Array();
  });
  assert.ok(data.length <= 100);
});

test('an archive is written piece by piece; names that occur twice get a number', async () => {
  async function* body(...parts: string[]) {
    yield* parts;
  }
  const pieces: Uint8Array[] = [];
  const files = [
    { name: 'Contacts.csv', body: body('Nom\n', 'Élodie\n') },
    { name: 'contacts.csv', body: body() },
  ];
  for await (const piece of writeZip(files)) pieces.push(piece);
  const files2 = unzipSync(Buffer.concat(pieces));
  assert.deepEqual(Object.keys(files2), ['Contacts.csv', 'contacts (2).csv']);
  assert.equal(text(files2['Contacts.csv']!), 'Nom\nÉlodie\n');
});
