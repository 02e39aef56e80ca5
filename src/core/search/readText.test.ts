import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readText } from './readText.ts';

/** The terms in short: words joined by +, phrases in quotes, numbers as #starts. */
function read(text: string): string[] | null {
  return (
    readText(text)?.map((term) => {
      if (term.kind === 'number') return `#${term.starts.join('|')}`;
      return term.isPhrase ? `"${term.words.join(' ')}"` : term.words.join('+');
    }) ?? null
  );
}

test('white space divides what is looked for, and so do commas', () => {
  assert.deepEqual(read(' Jean  MARTIN,Éloïse;x '), ['jean', 'martin', 'eloise', 'x']);
  assert.deepEqual(read('jean jean'), ['jean']);
});

test('what is written together stays together', () => {
  assert.deepEqual(read("jean-pierre l'Été a.b@demo.example"), ['jean+pierre', 'l+ete', 'a+b+demo+example']);
});

test('matched quotes make a phrase, of either kind', () => {
  assert.deepEqual(read(`"jean martin" 'rue de la paix' x`), ['"jean martin"', '"rue de la paix"', 'x']);
  assert.deepEqual(read(`'rue d'Anne' x`), ['"rue d anne"', 'x']);
});

test('apostrophes inside of words and quotes that nothing closes are no phrases', () => {
  assert.deepEqual(read(`l'équipe d'Anne`), ['l+equipe', 'd+anne']);
  assert.deepEqual(read(`"jean martin`), ['jean', 'martin']);
});

test('a backslash takes the meaning from the quote behind it', () => {
  assert.deepEqual(read(String.raw`"le \"grand\" jean" x`), ['"le grand jean"', 'x']);
  assert.deepEqual(read(String.raw`\"jean martin\"`), ['jean', 'martin']);
  assert.deepEqual(read(String.raw`'l\' ete' "a\\" b`), ['"l ete"', '"a"', 'b']);
});

test('a number is one thing however it is divided, and national and international forms are looked for', () => {
  assert.deepEqual(read('Jean 06 12.34-56 78'), ['jean', '#0612345678|612345678']);
  assert.deepEqual(read('+33 (0)6 12 34 56 78'), ['#330612345678|612345678']);
  assert.deepEqual(read('0033 6 12'), ['#0033612|33612']);
  assert.deepEqual(read('06'), ['06']);
});

test('nothing is asked for by an empty text, and nothing found by signs alone', () => {
  assert.deepEqual(read('  '), []);
  assert.equal(read('?! @'), null);
  assert.deepEqual(read('Dupont & fils'), ['dupont', 'fils']);
});
