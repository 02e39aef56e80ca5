import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldText, foldWords } from './fold.ts';

test('accents, case and ligatures do not count', () => {
  assert.equal(foldText('Éloïse ŒUVRE Straße Łódź'), 'eloise oeuvre strasse lodz');
});

test('composed and decomposed letters fold to the same', () => {
  assert.equal(foldText('e\u0301'), foldText('é'));
});

test('words are letters and digits', () => {
  assert.deepEqual(foldWords("L'école n° 12, rue-haute"), ['l', 'ecole', 'n', '12', 'rue', 'haute']);
  assert.deepEqual(foldWords('  '), []);
});

test('a capital İ and full-width letters meet their plain forms', () => {
  assert.equal(foldText('İstanbul ＡＢＣ'), 'istanbul abc');
});
