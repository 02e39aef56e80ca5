import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { openCardReader } from './cardReader.ts';
import type { CardReader } from './cardReader.ts';
import { readCard } from './readCard.ts';

const picture = Buffer.from('GIF89a small picture').toString('base64');
const text = (...lines: string[]) =>
  ['BEGIN:VCARD', 'VERSION:4.0', 'UID:a', 'FN:Zoé Martin', ...lines, 'END:VCARD', ''].join('\r\n');
const ask = (reader: CardReader, vcard: string, strict = false) =>
  reader.ahead({ vcard, strict }, async (read) => read ?? null);
/** Asks while somebody else writes. */
const askBeside = (reader: CardReader, vcard: string, strict = false) =>
  reader.ahead({ vcard: text(), strict: false }, () => ask(reader, vcard, strict));

/** Waits for the thread, which is started by whoever asks first. */
async function openStarted(rest?: number): Promise<CardReader & AsyncDisposable> {
  const reader = openCardReader({ report: assert.ifError, ...(rest === undefined ? {} : { rest }) });
  while ((await askBeside(reader, text())) === null) await wait(5);
  return { ...reader, [Symbol.asyncDispose]: reader.close };
}

test('what is read in the other thread is what would be read in this one', async () => {
  await using reader = await openStarted();
  const cards = [
    text('N:Martin;Zoé;;;', 'EMAIL:zoe@demo.example', 'TEL:+33 1 23 45 67 89', 'NOTE:a\\, b\\nc', 'CATEGORIES:presse'),
    text(
      `PHOTO:data:image/gif;base64,${picture}`,
      `PHOTO:data:image/gif;base64,${picture}`,
      'PHOTO:https://demo.example/p',
    ),
    'BEGIN:VCARD\nVERSION:3.0\nUID:b\nN:Durand;Élodie;;;\nEND:VCARD',
    text('KIND:group', 'MEMBER:urn:uuid:1', 'REV:20240102T030405Z', 'CREATED:20240102T030405Z'),
  ];
  for (const card of cards) {
    const { contents, ...rest } = (await askBeside(reader, card))!;
    const { blobs, ...here } = readCard(card, false).contents;
    assert.deepEqual({ ...contents, blobs: undefined }, { ...here, blobs: undefined });
    assert.deepEqual(
      contents.blobs.map(({ bytes, ...blob }) => [blob, [...bytes]]),
      blobs.map(({ bytes, ...blob }) => [blob, [...bytes]]),
    );
    assert.deepEqual({ ...rest, contents: null }, { ...readCard(card, false), contents: null });
  }
});

test('who has been alone for a while, and what is very long, is not sent to another thread', async () => {
  await using reader = await openStarted();
  // Just after others, however often the machine stands still between the two.
  do await askBeside(reader, text());
  while ((await ask(reader, text())) === null);
  await wait(50);
  assert.equal(await ask(reader, text()), null);
  assert.equal(await askBeside(reader, text(`NOTE:${'long '.repeat(20_000)}`)), null);
});

test('what is no card, and what a strict reader would not take, is left to whoever writes it', async () => {
  await using reader = await openStarted();
  assert.equal(await askBeside(reader, 'hello'), null);
  assert.equal(await askBeside(reader, text().replace('4.0', '2.1')), null);
  const withoutName = text().replace(/FN.*\r\n/u, '');
  assert.equal(await askBeside(reader, withoutName, true), null);
  assert.notEqual(await askBeside(reader, withoutName), null);
});

test('the thread ends when there is nothing to do, and comes back when there is', async () => {
  await using reader = await openStarted(50);
  while ((await askBeside(reader, text())) !== null) await wait(200);
  while ((await askBeside(reader, text())) === null) await wait(5);
});

test('a thread that fails is told of once, and not begun again at once', async () => {
  const faults: string[] = [];
  const program = new URL('data:text/javascript,throw new Error("broken")');
  const reader = openCardReader({ report: (error) => void faults.push(String(error)), rest: 2_000, program });
  while (faults.length === 0) {
    assert.equal(await askBeside(reader, text()), null);
    await wait(5);
  }
  for (let round = 0; round < 20; round += 1) assert.equal(await askBeside(reader, text()), null);
  await wait(50);
  assert.deepEqual(faults, ['Error: broken']);
  while (faults.length === 1) {
    assert.equal(await askBeside(reader, text()), null);
    await wait(5);
  }
  await reader.close();
});

test('whoever waits while the thread ends is told nothing, and goes on', async () => {
  const reader = await openStarted();
  const asked = Array.from({ length: 200 }, () => askBeside(reader, text('NOTE:one of many')));
  await Promise.all([reader.close(), ...asked]);
  assert.equal(await askBeside(reader, text()), null);
  await reader.close();
});
