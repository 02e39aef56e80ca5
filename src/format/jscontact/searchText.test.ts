import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchWords } from './searchText.ts';
import type { Card } from './types.ts';

const empty: Card = { '@type': 'Card', version: '1.0', uid: 'u' };

/** The tokens as `field:word`. */
function tokensOf(card: Partial<Card>): string[] {
  return searchWords({ ...empty, ...card }).tokens.map(({ field, token }) => `${field}:${token}`);
}

test('names, organisations, titles, keywords and notes are found by their folded words, each in its field', () => {
  const tokens = tokensOf({
    name: { full: 'Éloïse Lœw' },
    organizations: { o: { name: 'Mairie', units: [{ name: 'État civil' }] } },
    titles: { t: { name: 'Maître' } },
    keywords: { 'à revoir': true },
    notes: { n: { note: 'Straße 5' } },
  });
  const expected = [
    'n:eloise',
    'n:loew',
    'o:mairie',
    'x:etat',
    'x:civil',
    'x:maitre',
    'x:a',
    'x:revoir',
    'b:strasse',
    'b:5',
  ];
  assert.deepEqual(tokens, expected);
});

test('a word of a given name or surname is not repeated for the whole name', () => {
  const components = [
    { kind: 'title', value: 'Dr' },
    { kind: 'given', value: 'Jean' },
    { kind: 'surname', value: 'Martin' },
    { kind: 'surname2', value: 'Ruiz' },
  ];
  const tokens = tokensOf({ name: { components, full: 'Dr Jean Martin Ruiz' } });
  assert.deepEqual(tokens, ['n:dr', 'g:jean', 's:martin', 't:ruiz']);
});

test('an address is found by its words', () => {
  assert.deepEqual(tokensOf({ emails: { e: { address: 'Jean.Martin@Demo.example', label: 'Bureau' } } }), [
    'e:jean',
    'e:martin',
    'e:demo',
    'e:example',
    'e:bureau',
  ]);
});

test('national and international forms of a number meet', () => {
  const phones = (number: string) => tokensOf({ phones: { p: { number } } });
  assert.ok(phones('+33 6 12 34 56 78').includes('p:612345678'));
  assert.ok(phones('06.12.34.56.78').includes('p:612345678'));
  assert.ok(phones('tel:+33-1-02;ext=99').includes('p:33102'));
});

test('values of several words keep their order for phrases', () => {
  const { phrases } = searchWords({
    ...empty,
    name: {
      components: [
        { kind: 'given', value: 'Anne-Laure' },
        { kind: 'surname', value: 'Roy' },
      ],
    },
    nicknames: { k: { name: 'Nano' } },
  });
  assert.equal(phrases, ' g.anne g.laure | n.anne n.laure n.roy |');
});

test('no token is too long and no card has too many', () => {
  const note = Array.from({ length: 1900 }, (_, index) => `w${index}`).join(' ');
  const tokens = tokensOf({
    name: { full: 'x'.repeat(100) },
    notes: { n: { note: note.slice(0, 9000) }, m: { note: note.slice(5000) } },
  });
  assert.equal(tokens.length, 1000);
  assert.equal(tokens[0]!.length, 'n:'.length + 64);
});

test('names in other languages are found too', () => {
  const tokens = tokensOf({ name: { full: 'Ivan' }, localizations: { uk: { 'name/full': 'Іван' } } });
  assert.deepEqual(tokens, ['n:ivan', 'x:іван']);
});
