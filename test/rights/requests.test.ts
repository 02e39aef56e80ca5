import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Operation } from './attempts.ts';
import { requestOperations } from './requestOperations.ts';
import { states } from './states.ts';
import { testRow } from './testRow.ts';

/**
 * Those who own the folder, those who may know of it, and everybody else. What a role allows does not count here, so one
 * state of each kind is tried.
 */
const owner = 'y y y y y y y a';
const reader = 'a y f f f f f a';
const nobody = 'a a a a a a a a';

const rows: Readonly<Record<string, string>> = {
  owner,
  'admin, accepted': reader,
  'viewer, accepted': reader,
  'manager, waiting': reader,
  'member of a group that is manager': reader,
  'guest who contributes': reader,
  'admin, declined': nobody,
  'manager, past the end date': nobody,
  'guest, ended by the owner': nobody,
  stranger: nobody,
};

const tried = states.filter(({ name }) => name in rows);

test('every row is a state of the matrix', () => {
  assert.deepEqual(Object.keys(rows).sort(), tried.map(({ name }) => name).sort());
});

/** Of what only its owner is told nothing is known, whatever one may read. */
const secret = new Set([
  'hands another folder of the owner over',
  'withdraws an offer',
  'grants somebody else access who asked for it',
]);

/** Guests look for nothing, and are told so. */
const outside = new Set(['asks for another folder of the owner that nobody is to find']);

for (const state of tried) {
  const otherwise = ({ name }: Operation, usual: Answer): Answer => {
    if (outside.has(name) && state.name.startsWith('guest')) return 'forbidden';
    return usual === 'forbidden' && secret.has(name) ? 'absent' : usual;
  };
  testRow(state, rows[state.name]!, otherwise, requestOperations);
}
