import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Draft, writeText } from './card-values.ts';
import { labelAt, textAt } from './field-text.ts';
import { withFieldOf } from '../../../src/format/merging/mergeChanges.ts';
import { mergeCards } from './merge-card.ts';

const ada: Draft = {
  uid: 'urn:x:ada',
  name: {
    components: [
      { kind: 'given', value: 'Ada' },
      { kind: 'surname', value: 'Démo' },
    ],
    full: 'Ada Démo',
  },
  emails: { e1: { address: 'ada@demo.example', contexts: { work: true } }, e2: { address: 'a@demo.example' } },
  titles: { t1: { name: 'Maire' } },
  keywords: { Presse: true },
  vCardProps: [
    ['x-abdate', { group: 'd1' }, 'unknown', '2001-02-03'],
    ['x-ablabel', { group: 'd1' }, 'unknown', 'Arrivée'],
  ],
};

const given = ['name', 'components', { component: 'given' }] as const;
const surname = ['name', 'components', { component: 'surname' }] as const;

test('what each of two people changed is there', () => {
  const mine: Draft = {
    ...ada,
    emails: { ...ada.emails, e1: { ...ada.emails!['e1']!, address: 'mine@demo.example' } },
    keywords: { Presse: true, Élus: true },
  };
  const theirs: Draft = {
    ...ada,
    updated: '2026-01-01T00:00:00Z',
    emails: { ...ada.emails, e1: { ...ada.emails!['e1']!, contexts: { private: true } } },
    phones: { p1: { number: '1' } },
    keywords: { Presse: true, Sport: true },
    'example.com:x': 1,
  } as Draft;
  const { card, conflicts } = mergeCards(ada, mine, theirs);
  assert.deepEqual(conflicts, []);
  assert.deepEqual(card, {
    ...theirs,
    emails: { e1: { address: 'mine@demo.example', contexts: { private: true } }, e2: ada.emails!['e2'] },
    keywords: { Presse: true, Élus: true, Sport: true },
  });
});

test('parts of a name are fields of their own, and the full name follows both', () => {
  const { card, conflicts } = mergeCards(ada, writeText(ada, given, 'Adèle'), writeText(ada, surname, 'Exemple'));
  assert.deepEqual(conflicts, []);
  assert.equal(card.name?.full, 'Adèle Exemple');
});

test('the same field changed in two ways is a conflict: mine stands until theirs is taken', () => {
  const [mine, theirs] = [writeText(ada, given, 'Adèle'), writeText(ada, given, 'Adélaïde')];
  const { card, conflicts } = mergeCards(ada, mine, theirs);
  assert.equal(card.name?.full, 'Adèle Démo');
  const [conflict] = conflicts;
  assert.deepEqual(
    conflicts.map(({ field }) => field),
    ['name/components/given'],
  );
  assert.equal(labelAt(conflict!.field, mine), 'given');
  assert.deepEqual([textAt(conflict!.field, mine, 'fr'), textAt(conflict!.field, theirs, 'fr')], ['Adèle', 'Adélaïde']);
  const taken = withFieldOf(card, conflict!.field, theirs);
  assert.deepEqual([taken.name?.full, taken.emails], ['Adélaïde Démo', ada.emails]);
});

test('changed by one and removed by the other is a conflict, and either can be had', () => {
  const { titles: _titles, ...theirs } = ada;
  const mine = { ...ada, titles: { t1: { name: 'Mairesse' } } };
  const { card, conflicts } = mergeCards(ada, mine, theirs);
  assert.deepEqual([card.titles, conflicts.length], [mine.titles, 1]);
  assert.equal(withFieldOf(card, conflicts[0]!.field, theirs).titles, undefined);
  const other = mergeCards(ada, theirs, mine);
  assert.deepEqual([other.card.titles, other.conflicts.length], [undefined, 1]);
  assert.deepEqual(withFieldOf(other.card, other.conflicts[0]!.field, mine).titles, mine.titles);
});

test('two people who each add a first phone both keep theirs', () => {
  const { card, conflicts } = mergeCards(
    ada,
    { ...ada, phones: { p1: { number: '1' } } },
    { ...ada, phones: { p1: { number: '2' } } },
  );
  assert.deepEqual([card.phones, conflicts], [{ p1: { number: '2' }, p2: { number: '1' } }, []]);
});

test('lines of vCard are merged line by line', () => {
  const [date, label] = ada.vCardProps!;
  const mine: Draft = { ...ada, vCardProps: [['x-abdate', { group: 'd1' }, 'unknown', '2002-02-03'], label!] };
  const theirs: Draft = { ...ada, vCardProps: [date!, label!, ['x-pet', {}, 'text', 'Minou']] };
  const { card, conflicts } = mergeCards(ada, mine, theirs);
  assert.deepEqual(conflicts, []);
  assert.deepEqual(card.vCardProps, [mine.vCardProps![0], label, theirs.vCardProps![2]]);
  const clash = mergeCards(ada, mine, {
    ...ada,
    vCardProps: [['x-abdate', { group: 'd1' }, 'unknown', '2003-02-03'], label!],
  });
  assert.equal(clash.conflicts.length, 1);
  assert.equal(labelAt(clash.conflicts[0]!.field, mine), 'otherDate');
});
