import assert from 'node:assert/strict';
import { test } from 'node:test';
import { processorSeconds } from '../../../test/kit/cost.ts';
import { csvRecords, guessDelimiter } from './csvRecords.ts';

const read = (text: string, delimiter = ';') =>
  [...csvRecords(text, delimiter)].map(({ line, cells }) => [line, cells?.join('|') ?? null]);

test('the sign between the cells is the one that cuts all lines into as many', () => {
  assert.equal(guessDelimiter('Nom;Adresse\nA;"1, rue X, Lille"\nB;"2, rue Y"\n'), ';');
  assert.equal(guessDelimiter('Name,Notes\nA,"a; b; c"\nB,d\n'), ',');
  assert.equal(guessDelimiter('Nom\tPrénom\nA, B\tC\n'), '\t');
  assert.equal(guessDelimiter('Nom|Prénom\nA|B\n'), '|');
  assert.equal(guessDelimiter('un seul mot\n'), ',');
});

test('lines are numbered as an editor does, whatever their ends and whatever is quoted', () => {
  assert.deepEqual(read('a;b\r\n"x\r\ny";2\r\n\r\n3;4'), [
    [1, 'a|b'],
    [2, 'x\ny|2'],
    [5, '3|4'],
  ]);
  assert.deepEqual(read('a;b\rc;d\r'), [
    [1, 'a|b'],
    [2, 'c|d'],
  ]);
});

test('pages join without a line lost, repeated or misnumbered', () => {
  const rows = Array.from({ length: 1234 }, (_, index) => `${index};"a\nb"`);
  const found = read(`${rows.join('\n')}\n`);
  assert.equal(found.length, 1234);
  assert.deepEqual(found[600], [1201, '600|a\nb']);
  assert.deepEqual(found.at(-1), [2467, '1233|a\nb']);
});

test('quotes that never close cost their lines, and too many of them end the file', () => {
  assert.deepEqual(read('a;b\n"c;d\ne;f\n'), [
    [1, 'a|b'],
    [2, null],
    [3, 'e|f'],
  ]);
  assert.ok(read('"a\n'.repeat(2001)).length < 2001);
});

test('a file of many pieces is read as one, also where a quoted cell goes on in the next piece', () => {
  const cell = `"${'x\ny'.repeat(100_000)}"`;
  const rows = Array.from({ length: 12 }, (_, index) => `${index};${cell}`);
  const found = read(`${rows.join('\n')}\nend;z\n`);
  assert.equal(found.length, 13);
  assert.ok(found.every(([, text]) => text !== null));
  assert.deepEqual(found.at(-1), [12 * 100_001 + 1, 'end|z']);
  const long = read(`${'a;b\n'.repeat(400_000)}c;${'d'.repeat(2_000_000)}\ne;f`);
  assert.equal(long.length, 400_002);
  assert.deepEqual(long.at(-1), [400_002, 'e|f']);
});

test('a quote that never closes is not looked for to the end of a long file each time', async () => {
  const text = `Name;Note\n${'a;"b\n'.repeat(500_000)}`;
  const seconds = await processorSeconds(() => assert.ok(read(text).length < 100));
  assert.ok(seconds < 8, `${seconds} s`);
});
