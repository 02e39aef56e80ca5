import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sameJson } from '../jscontact/json.ts';
import type { Card, Json } from '../jscontact/types.ts';
import { followChanges } from './followChanges.ts';

type Draft = Partial<Card>;

const jean: Draft = {
  uid: 'urn:x:1',
  name: {
    components: [
      { kind: 'given', value: 'Jean' },
      { kind: 'surname', value: 'Dupont' },
    ],
    full: 'Jean Dupont',
  },
  emails: { e1: { address: 'jean@demo.example' }, e2: { address: 'jd@demo.example' } },
  phones: { p1: { number: '0556000001' } },
  titles: { t1: { name: 'Attaché' } },
};
const copy: Draft = { ...jean, uid: 'urn:x:2', keywords: { vip: true } };

test('what changed in the original comes into the copy, and what was changed in the copy stays', () => {
  const mine: Draft = { ...copy, phones: { ...jean.phones, p2: { number: '0600000002' } } };
  const theirs: Draft = { ...jean, titles: { t1: { name: 'Directeur' } }, emails: { e1: jean.emails!['e1']! } };
  const { card, conflicts } = followChanges(jean, mine, theirs);
  assert.deepEqual(conflicts, []);
  assert.deepEqual(card, { ...mine, titles: theirs.titles, emails: theirs.emails });
});

test('what both changed stays as the copy has it, and is named', () => {
  const mine: Draft = { ...copy, titles: { t1: { name: 'Mon attaché' } } };
  const { card, conflicts } = followChanges(jean, mine, { ...jean, titles: { t1: { name: 'Directeur' } } });
  assert.deepEqual([card.titles, conflicts], [mine.titles, ['titles/t1']]);
  // Said once: with the next change it is the copy's own.
  const next = followChanges({ ...jean, titles: { t1: { name: 'Directeur' } } }, mine, {
    ...jean,
    titles: { t1: { name: 'Directeur' } },
    phones: {},
  });
  assert.deepEqual([next.card.titles, next.card.phones, next.conflicts], [mine.titles, {}, []]);
});

test('entries that a program counted anew are the same entries', () => {
  const theirs: Draft = { ...jean, emails: { e1: { address: 'jd@demo.example' } } };
  const mine: Draft = { ...copy, emails: { e1: jean.emails!['e1']!, e2: { address: 'prive@demo.example' } } };
  const { card, conflicts } = followChanges(jean, { ...copy }, theirs);
  assert.deepEqual([Object.values(card.emails!).map(({ address }) => address), conflicts], [['jd@demo.example'], []]);
  const edited = followChanges(jean, mine, theirs);
  assert.deepEqual(
    Object.values(edited.card.emails!).map(({ address }) => address),
    ['prive@demo.example'],
  );
});

test('both add a number: both stay', () => {
  const more = (number: string): Draft => ({ ...copy, phones: { ...jean.phones, p2: { number } } });
  const { card, conflicts } = followChanges(jean, more('1'), { ...more('2'), uid: 'urn:x:1' });
  assert.deepEqual(
    Object.values(card.phones!)
      .map(({ number }) => number)
      .toSorted(),
    ['0556000001', '1', '2'],
  );
  assert.deepEqual([conflicts, card.uid], [[], 'urn:x:2']);
});

const emails = fc.dictionary(
  fc.constantFrom('e1', 'e2', 'e3', '__proto__'),
  fc.record({ address: fc.constantFrom('a', 'b', 'c') }),
  { noNullPrototype: true },
);
const drafts = fc.record({ emails, titles: fc.record({ t1: fc.record({ name: fc.constantFrom('x', 'y', 'z') }) }) });
const addresses = ({ emails: map }: Draft) =>
  Object.values(map ?? {})
    .map(({ address }) => address)
    .toSorted();

test('whoever edits alone has all of it: the original in an untouched copy, the copy where the original rests', () => {
  fc.assert(
    fc.property(drafts, drafts, (base, other) => {
      const followed = followChanges(base, base, other);
      assert.deepEqual(addresses(followed.card), addresses(other));
      assert.equal(followed.card.titles?.['t1']?.name, other.titles.t1.name);
      assert.deepEqual(followed.conflicts, []);
      const rested = followChanges(base, other, base);
      assert.ok(sameJson(rested.card as unknown as Json, other as unknown as Json), JSON.stringify(rested.card));
      assert.deepEqual(rested.conflicts, []);
    }),
  );
});
