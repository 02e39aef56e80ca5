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

test('the short way for Latin letters says what Unicode says of every one of them', () => {
  for (const [from, to] of [
    [0x80, 0x36f],
    [0x2000, 0x206f],
  ] as const) {
    for (let code = from; code <= to; code++) {
      // Beside a letter of another alphabet a text goes the long way.
      const letter = String.fromCodePoint(code);
      assert.equal(`${foldText(`a${letter}Z`)}\u0434`, foldText(`a${letter}Z\u0434`), code.toString(16));
      assert.deepEqual([...foldWords(`a${letter}Z`), '\u0434'], foldWords(`a${letter}Z \u0434`), code.toString(16));
    }
  }
});
