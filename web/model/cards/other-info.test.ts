import assert from 'node:assert/strict';
import { test } from 'node:test';
import { otherInfo } from './other-info.ts';

const card = (content: object) => ({
  id: 'c',
  uid: 'u',
  addressBookIds: { b: true as const },
  fileAs: 'x',
  ...content,
});

test('a card with everyday fields has no other information', () => {
  assert.deepEqual(
    otherInfo(
      card({ '@type': 'Card', version: '1.0', name: { full: 'Ada' }, emails: { e: { address: 'a@demo.example' } } }),
    ),
    [],
  );
});

test('what the form cannot show is listed, by name', () => {
  const info = otherInfo(
    card({
      keywords: { presse: true, radio: true },
      onlineServices: { s1: { service: 'Mastodon', user: '@ada', contexts: { work: true } } },
      'example.com:shoe': 38,
    }),
  );
  assert.deepEqual(info, [
    { name: 'keywords', lines: ['presse, radio'] },
    { name: 'onlineServices', lines: ['Mastodon · @ada'] },
    { name: 'example.com:shoe', lines: ['38'] },
  ]);
});

test('a second organisation, a role and a day of death are not lost', () => {
  const info = otherInfo(
    card({
      organizations: { o1: { name: 'Université' }, o2: { name: 'Radio' } },
      titles: { t1: { name: 'Chargée', kind: 'title' }, t2: { name: 'Trésorière', kind: 'role' } },
      anniversaries: { a: { kind: 'death', date: { year: 2001 } }, b: { kind: 'birth', date: { year: 1950 } } },
    }),
  );
  assert.deepEqual(
    info.map(({ name, lines }) => [name, ...lines]),
    [
      ['organizations', 'Radio'],
      ['titles', 'Trésorière · role'],
      ['anniversaries', 'death · 2001'],
    ],
  );
});

test('a vCard property is shown as vCard has it', () => {
  assert.deepEqual(otherInfo(card({ vCardProps: [['x-pet', {}, 'text', 'Minou']] })), [
    { name: 'vCardProps', lines: ['X-PET: Minou'] },
  ]);
});
