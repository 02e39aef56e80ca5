import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLedger } from './ledger.ts';

test('an acknowledged write that is lost, is old again, or that nobody has made, is found', () => {
  const ledger = openLedger();
  for (const place of ['lost', 'old', 'kept']) {
    ledger.begin(place, 'one')('acknowledged');
    ledger.begin(place, 'two')('acknowledged');
  }
  ledger.compare(new Map(Object.entries({ old: 'one', kept: 'two', stranger: 'three' })));
  assert.deepEqual(ledger.problems, [
    'lost: at the end null, but it must be two',
    'old: at the end one, but it must be two',
    'stranger: at the end three, but nobody has written it',
  ]);
});

test('an unclear write may be there or not, and once it was read it is there', () => {
  for (const [end, problems] of [
    ['one', 0],
    ['two', 0],
    ['three', 1],
  ] as const) {
    const ledger = openLedger();
    ledger.begin('place', 'one')('acknowledged');
    ledger.begin('place', 'two')('unclear');
    ledger.begin('place', 'three')('refused');
    ledger.seen('place', 'one');
    ledger.compare(new Map([['place', end]]));
    assert.equal(ledger.problems.length, problems, end);
  }
  const ledger = openLedger();
  ledger.begin('place', 'one')('acknowledged');
  ledger.begin('place', 'two')('unclear');
  ledger.seen('place', 'two');
  ledger.seen('place', 'one');
  assert.deepEqual(ledger.problems, ['place: read one, but it must be two']);
});

test('what was deleted stays away', () => {
  const ledger = openLedger();
  ledger.begin('place', 'one')('acknowledged');
  ledger.begin('place', null)('acknowledged');
  ledger.compare(new Map([['place', 'one']]));
  assert.deepEqual(ledger.problems, ['place: at the end one, but it must be ']);
});
