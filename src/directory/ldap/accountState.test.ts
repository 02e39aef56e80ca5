import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLockedBy } from './accountState.ts';
import { readGeneralizedTime } from './generalizedTime.ts';

const now = new Date('2026-03-02T09:00:00Z');

for (const [attribute, value, isLocked] of [
  ['pwdAccountLockedTime', '000001010000Z', true],
  ['pwdAccountLockedTime', '20260302085900Z', false],
  ['pwdEndTime', '20260302085900Z', true],
  ['pwdEndTime', '20260302090100Z', false],
  ['nsAccountLock', 'TRUE', true],
  ['nsAccountLock', 'false', false],
  ['shadowExpire', '20513', true],
  ['shadowExpire', '20515', false],
  ['shadowExpire', '-1', false],
  ['userAccountControl', '512', false],
  ['userAccountControl', '514', true],
  ['userAccountControl', '66048', false],
  ['userAccountControl', '66050', true],
  ['accountExpires', '0', false],
  ['accountExpires', '9223372036854775807', false],
  ['accountExpires', '134169155000000000', true],
  ['accountExpires', '134170000000000000', false],
  ['supannRessourceEtat', '{COMPTE}I SupannInactif', true],
  ['supannRessourceEtat', '{COMPTE}A', false],
  ['supannRessourceEtat', '{MAIL}I', false],
  ['ourOwnLock', 'oui', true],
  ['ourOwnLock', 'non', false],
] as const) {
  test(`${attribute}: ${value} ${isLocked ? 'locks' : 'does not lock'}`, () => {
    assert.equal(isLockedBy(attribute, value, now), isLocked);
  });
}

test('times of directories are read with fractions and zones', () => {
  for (const text of [
    '20260302090000Z',
    '20260302090000.0Z',
    '202603021000+0100',
    '2026030209Z',
    '20260302093000,5+0030',
  ])
    assert.deepEqual(readGeneralizedTime(text), now, text);
  assert.equal(readGeneralizedTime('yesterday'), null);
});
