import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roleOf } from '../../sharing/rights.ts';
import { rightsOfLetters } from './rightsOfLetters.ts';

const rows: readonly (readonly [letters: string, role: string, isExact: boolean])[] = [
  ['r', 'viewer', true],
  ['rwidx', 'manager', true],
  ['rwid', 'manager', true],
  ['rwidxa', 'admin', true],
  ['rp', 'viewer', true],
  ['', 'none', true],
  ['ri', 'contributor', false],
  ['rw', 'viewer', false],
  ['rd', 'viewer', false],
  ['rwi', 'contributor', false],
  ['ra', 'custom', true],
  ['wid', 'none', false],
];

for (const [letters, role, isExact] of rows)
  test(`« ${letters} » of Zimbra is ${role} here${isExact ? '' : ', which is told to be less'}`, () => {
    const taken = rightsOfLetters(letters);
    assert.deepEqual([roleOf(taken.rights), taken.isExact], [role, isExact]);
  });
