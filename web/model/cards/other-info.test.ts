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
      preferredLanguages: { l1: { language: 'fr', contexts: { work: true } } },
      personalInfo: { h1: { kind: 'hobby', value: 'Voile' } },
      relatedTo: { Bob: { relation: { friend: true, contact: true } } },
      'example.com:shoe': 38,
    }),
  );
  assert.deepEqual(info, [
    { name: 'preferredLanguages', lines: ['fr'] },
    { name: 'personalInfo', lines: ['hobby · Voile'] },
    { name: 'relatedTo', lines: ['friend, contact'] },
    { name: 'example.com:shoe', lines: ['38'] },
  ]);
});

test('what comes after the first of a field, and dates of other kinds, are not lost', () => {
  const info = otherInfo(
    card({
      organizations: { o1: { name: 'Université' }, o2: { name: 'Radio' } },
      titles: {
        t1: { name: 'Chargée', kind: 'title' },
        t2: { name: 'Trésorière', kind: 'role' },
        t3: { name: 'Juge', kind: 'role' },
      },
      speakToAs: { grammaticalGender: 'feminine', pronouns: { p1: { pronouns: 'elle' }, p2: { pronouns: 'iel' } } },
      anniversaries: { a: { kind: 'work', date: { year: 2001 } }, b: { kind: 'birth', date: { year: 1950 } } },
    }),
  );
  assert.deepEqual(
    info.map(({ name, lines }) => [name, ...lines]),
    [
      ['organizations', 'Radio'],
      ['titles', 'Juge · role'],
      ['speakToAs', 'feminine · iel'],
      ['anniversaries', 'work · 2001'],
    ],
  );
});

test('a vCard property is shown as vCard has it', () => {
  assert.deepEqual(otherInfo(card({ vCardProps: [['x-pet', {}, 'text', 'Minou']] })), [
    { name: 'vCardProps', lines: ['X-PET: Minou'] },
  ]);
});

test('lines with a field are not repeated, those without one and labels of nothing are', () => {
  const vCardProps = [
    ['x-abdate', { group: 'd1' }, 'date', '2001-02-03'],
    ['x-ablabel', { group: 'd1' }, 'text', 'Arrivée'],
    ['x-abdate', {}, 'date', '2001-02-03'],
    ['x-ablabel', { group: 'a1' }, 'text', 'Chalet'],
    ['x-ablabel', { group: 'r1' }, 'text', 'Cousin'],
  ];
  const addresses = { a: { full: 'x', vCardParams: { group: 'a1' } } };
  assert.deepEqual(otherInfo(card({ vCardProps, addresses })), [
    { name: 'vCardProps', lines: ['X-ABDATE: 2001-02-03', 'X-ABLABEL: Cousin'] },
  ]);
});
