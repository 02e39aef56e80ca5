import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCard, cleanedCard, isEmptyCard } from './card-check.ts';

test('an address without @ and a day that does not exist are found where they are', () => {
  const problems = checkCard({
    emails: { e1: { address: 'ada@demo.example' }, e2: { address: 'ada' }, e3: { address: '' } },
    links: { l1: { uri: 'www.demo.example' }, l2: { uri: 'http://' } },
    anniversaries: { b1: { kind: 'birth', date: { month: 4, day: 31 } } },
  });
  assert.deepEqual(
    [...problems],
    [
      ['emails/e2', 'invalidEmail'],
      ['links/l2', 'invalidUrl'],
      ['anniversaries/b1', 'invalidDate'],
    ],
  );
});

test('rows that were left empty are not saved', () => {
  const cleaned = cleanedCard({
    emails: { e1: { address: ' ada@demo.example ' }, e2: { address: '', contexts: { work: true } } },
    phones: { p1: { number: '  ' } },
    addresses: { a1: { contexts: { work: true } }, a2: { components: [{ kind: 'locality', value: 'Lille' }] } },
    links: { l1: { uri: 'www.demo.example' } },
  });
  assert.deepEqual(cleaned, {
    emails: { e1: { address: 'ada@demo.example' } },
    addresses: { a2: { components: [{ kind: 'locality', value: 'Lille' }] } },
    links: { l1: { uri: 'https://www.demo.example' } },
  });
});

test('a card whose rows are all empty says nothing', () => {
  assert.equal(isEmptyCard(cleanedCard({ '@type': 'Card', uid: 'u', emails: { e1: { address: ' ' } } })), true);
  assert.equal(isEmptyCard({ notes: { n1: { note: 'x' } } }), false);
});
