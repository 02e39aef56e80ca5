import assert from 'node:assert/strict';
import { test } from 'node:test';
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
