import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchTokens } from './searchText.ts';
import type { Card } from './types.ts';

const empty: Card = { '@type': 'Card', version: '1.0', uid: 'u' };

test('names, organisations, titles, keywords and notes are found by their folded words', () => {
  const tokens = searchTokens({
    ...empty,
    name: { full: 'Éloïse Lœw' },
    organizations: { o: { name: 'Mairie', units: [{ name: 'État civil' }] } },
    titles: { t: { name: 'Maître' } },
    keywords: { 'à revoir': true },
    notes: { n: { note: 'Straße 5' } },
  });
  assert.deepEqual(tokens, ['eloise', 'loew', 'mairie', 'etat', 'civil', 'maitre', 'a', 'revoir', 'strasse', '5']);
});

test('an address is found whole, by its sides and by its words', () => {
  assert.deepEqual(searchTokens({ ...empty, emails: { e: { address: 'Jean.Martin@Demo.example' } } }), [
    'jean.martin@demo.example',
    'jean.martin',
    'demo.example',
    'jean',
    'martin',
    'demo',
    'example',
  ]);
});

test('national and international forms of a number meet', () => {
  const phones = (number: string) => searchTokens({ ...empty, phones: { p: { number } } });
  assert.ok(phones('+33 6 12 34 56 78').includes('612345678'));
  assert.ok(phones('06.12.34.56.78').includes('612345678'));
  assert.deepEqual(phones('tel:+33-1-02;ext=99'), ['33102']);
});

test('no token is too long and no card has too many', () => {
  const tokens = searchTokens({
    ...empty,
    name: { full: 'x'.repeat(100) },
    notes: { n: { note: Array.from({ length: 900 }, (_, index) => `w${index}`).join(' ') } },
  });
  assert.equal(tokens.length, 400);
  assert.equal(tokens[0]!.length, 64);
});

test('names in other languages are found too', () => {
  assert.deepEqual(searchTokens({ ...empty, name: { full: 'Ivan' }, localizations: { uk: { 'name/full': 'Іван' } } }), [
    'ivan',
    'іван',
  ]);
});
