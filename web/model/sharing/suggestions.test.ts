import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Suggestion } from '../../../client/src/types.ts';
import { emphasise, matchesText, mergeSuggestions } from './suggestions.ts';

const row = (name: string, email = `${name}@demo.example`): Suggestion => ({
  name,
  email,
  kind: 'individual',
  principalId: name,
  memberCount: null,
});
const marked = (text: string, typed: string) =>
  emphasise(text, typed)
    .map((part) => (part.isMatch ? `[${part.text}]` : part.text))
    .join('');

test('the beginnings of words that were typed are emphasised, without regard to case and accents', () => {
  assert.equal(marked('Chloé Martin', 'chlo'), '[Chlo]é Martin');
  assert.equal(marked('Chloé Martin', 'CHLOE'), '[Chloé] Martin');
  assert.equal(marked('Chloé Martin', 'mar ch'), '[Ch]loé [Mar]tin');
  assert.equal(marked('Jean-Éric Le Goff', 'er'), 'Jean-[Ér]ic Le Goff');
  assert.equal(marked('E\u0301ric', 'e'), '[E\u0301]ric');
  assert.equal(marked('Ada', 'd'), 'Ada');
  assert.equal(marked('Ada', ''), 'Ada');
  assert.equal(marked('ada.lovelace@demo.example', 'love'), 'ada.[love]lace@demo.example');
});

test('what is shown is narrowed at once, by any word in any order', () => {
  assert.equal(matchesText(row('Chloé Martin'), 'mart chl'), true);
  assert.equal(matchesText(row('Chloé Martin'), 'artin'), false);
  assert.equal(matchesText({ name: '', email: 'ben@demo.example' }, 'ben@dem'), true);
});

test('rows that were shown keep their place when the answer comes', () => {
  const [ada, ben, chloe] = [row('ada'), row('ben'), row('chloe')];
  assert.deepEqual(
    mergeSuggestions([chloe, ben], [ada, ben, chloe]).map(({ name }) => name),
    ['chloe', 'ben', 'ada'],
  );
  assert.deepEqual(
    mergeSuggestions([chloe, ben], [ben]).map(({ name }) => name),
    ['ben'],
  );
});
