import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContactCard } from '../../../client/src/types.ts';
import { mergeRows, usualChoices } from './merge-rows.ts';

const card = (id: string, rest: object): ContactCard => ({
  id,
  uid: `urn:x:${id}`,
  addressBookIds: { f1: true },
  fileAs: id,
  addedByMe: true,
  created: `2026-01-0${id.slice(1)}T00:00:00Z`,
  ...rest,
});
const jean = card('c1', {
  name: { full: 'J. DUPONT' },
  emails: { e: { address: 'jean@demo.example' } },
  media: { m: { kind: 'photo', blobId: 'B1' } },
});
const dupont = card('c2', {
  name: {
    components: [
      { kind: 'given', value: 'Jean' },
      { kind: 'surname', value: 'Dupont' },
    ],
  },
  emails: { a: { address: 'JEAN@demo.example' }, b: { address: 'jd@demo.example' } },
  anniversaries: { b: { kind: 'birth', date: { year: 1980, month: 2, day: 9 } } },
  keywords: { vip: true },
});

test('fields stand in the order of a card, and those that differ are marked', () => {
  const rows = mergeRows([jean, dupont]);
  assert.deepEqual(
    rows.map(({ field, isSingle, isDifferent }) => [field, isSingle, isDifferent]),
    [
      ['photo', true, false],
      ['name', true, true],
      ['emails', false, true],
      ['birth', true, false],
      ['keywords', false, true],
    ],
  );
  const birth = rows.find(({ field }) => field === 'birth')!;
  assert.deepEqual(
    birth.cells.map((values) => values.map(({ text }) => text)),
    [[], ['09/02/1980']],
  );
});

test('the same address is the same however it is written', () => {
  const [emails] = mergeRows([jean, dupont]).filter(({ field }) => field === 'emails');
  const [first, second] = emails!.cells;
  assert.equal(second![0]!.identity, first![0]!.identity);
  assert.notEqual(second![1]!.identity, first![0]!.identity);
});

test('what the server would choose is what is shown, whichever card is kept', () => {
  assert.deepEqual(
    [...usualChoices([jean, dupont], 0)],
    [
      ['name', 1],
      ['photo', 0],
      ['birth', 1],
    ],
  );
  assert.deepEqual(usualChoices([jean, dupont], 1).get('name'), 1);
  const twice = [
    card('c1', { media: { m: { kind: 'photo', blobId: 'B1' } } }),
    card('c2', { media: { m: { kind: 'photo', blobId: 'B2' } } }),
  ];
  assert.equal(usualChoices(twice, 1).get('photo'), 1);
});
