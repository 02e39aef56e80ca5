import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ArchiveError, readTgz, writeTgz } from './tgz.ts';
import type { NewFile } from './tgz.ts';

const text = (value: string) => new TextEncoder().encode(value);
const pack = (files: readonly NewFile[]) => writeTgz(files, 10_000_000);

async function names(data: Uint8Array<ArrayBuffer>, most = 10_000_000): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of readTgz(new Blob([data]).stream(), most)) found.push(name);
  return found;
}

function reasonOf(reading: Promise<unknown>): Promise<string> {
  return reading.then(
    () => 'nothing',
    (error: unknown) => {
      if (error instanceof ArchiveError) return error.reason;
      throw error;
    },
  );
}

test('what is written is read back, whichever files are passed over', async () => {
  const long = `${'d'.repeat(90)}/${'é'.repeat(80)}.meta`;
  const packed = await pack([
    { name: 'a', data: text('one') },
    { name: long, data: new Uint8Array(70_000).fill(7) },
    { name: 'empty', data: new Uint8Array() },
    { name: 'last', data: text('end') },
  ]);
  const read: [string, number][] = [];
  for await (const entry of readTgz(new Blob([packed]).stream(), 1_000_000))
    if (entry.name !== 'a') read.push([entry.name, (await entry.read(100_000)).length]);
  assert.deepEqual(read, [
    [long, 70_000],
    ['empty', 0],
    ['last', 3],
  ]);
});

test('an archive that is cut off, damaged, or none is told as such', async () => {
  const packed = await pack([{ name: 'a', data: new Uint8Array(5_000).fill(1) }]);
  assert.equal(await reasonOf(names(packed.slice(0, -12))), 'archiveBroken');
  assert.equal(await reasonOf(names(packed.map((byte, at) => (at === 30 ? byte ^ 255 : byte)))), 'archiveBroken');
  assert.equal(await reasonOf(names(text('x'.repeat(2_000)))), 'archiveBroken');
  assert.equal(await reasonOf(names(new Uint8Array())), 'archiveBroken');
});

test('no more comes out of an archive than is taken, and no file is read that is larger than wanted', async () => {
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(20_000_000)));
  assert.ok(bomb.length < 30_000);
  assert.equal(await reasonOf(names(bomb, 1_000_000)), 'archiveTooLarge');
  const large = await pack([{ name: 'large', data: new Uint8Array(5_000_000) }]);
  assert.equal(await reasonOf(names(large, 1_000_000)), 'archiveTooLarge');
  for await (const entry of readTgz(new Blob([large]).stream(), 10_000_000))
    assert.equal(await reasonOf(entry.read(1_000)), 'archiveTooLarge');
  assert.equal(
    await reasonOf(writeTgz([{ name: 'noise', data: crypto.getRandomValues(new Uint8Array(60_000)) }], 1_000)),
    'archiveTooLarge',
  );
});

test('what an old program leaves behind the end is none of the archive', async () => {
  const header = Buffer.alloc(512);
  header.write('a.txt');
  header.write('0000644\0', 100);
  header.write('00000000000\0', 124);
  header.write('00000000000\0', 136);
  header.write('0', 156);
  header.write('        ', 148);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  const tar = Buffer.concat([header, Buffer.alloc(1024), Buffer.alloc(9_000, 'garbage')]);
  assert.deepEqual(await names(new Uint8Array(gzipSync(tar))), ['a.txt']);
});
