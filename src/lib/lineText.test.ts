import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { collations } from './collation.ts';
import { lineNeedle, lineText } from './lineText.ts';

test('values are found over folded lines, escapes, case and marks; pictures and identifiers are left out', () => {
  const card =
    'BEGIN:VCARD\r\nUID:abc\r\nitem1.FN;X="a:b":Éloïse Num\r\n éro\r\nORG:Démo\\, Lyon;État\\;civil\r\nPHOTO;ENCODING=b:QUJD\r\nEND:VCARD\r\n';
  assert.equal(lineText(card), 'eloise numero\ndemo, lyon;etat;civil\n');
  assert.equal(lineNeedle('Démo, L'), 'demo, l');
});

test('whatever a value contains under a collation, its needle is contained in the text', () => {
  const letters = fc.constantFrom(...'aeiosk ,;-ÉéèœŒßſıİKŉǆǅàÅø\u0301ÿ你Σσ9');
  const word = fc.string({ unit: letters, minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(word, word, word, fc.constantFrom(...Object.values(collations)), (before, wanted, after, fold) => {
      const value = before + wanted + after;
      const needle = lineNeedle(wanted);
      if (needle === null || !fold(value).includes(fold(wanted))) return;
      const escaped = value.replace(/[,;]/g, '\\$&');
      assert.ok(lineText(`FN:${escaped.slice(0, 3)}\r\n ${escaped.slice(3)}`).includes(needle), `${value} ${wanted}`);
    }),
    { numRuns: 2000 },
  );
});

test('where the collation says that one text contains another written differently, the needle is contained all the same', () => {
  for (const [value, wanted] of [
    ['ÉTÉ', 'été'],
    ['été', 'E'],
    ['\u212a', 'k'],
    ['ſ', 'S'],
    ['ı', 'I'],
    ['ǆ', 'ǅ'],
    ['e\u0301', 'É'],
    ['ﬁn', 'fi'],
  ] as const) {
    const fold = collations['i;unicode-casemap']!;
    const needle = lineNeedle(wanted);
    if (fold(value).includes(fold(wanted)) && needle !== null)
      assert.ok(lineText(`FN:${value}`).includes(needle), value);
  }
});
