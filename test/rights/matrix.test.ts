import assert from 'node:assert/strict';
import { test } from 'node:test';
import { halfOfStates, matrix, testMatrix } from './matrix.ts';
import { states } from './states.ts';

test('the matrix has a row for every state and no other', () => {
  assert.deepEqual(Object.keys(matrix).sort(), states.map((state) => state.name).sort());
});

testMatrix(halfOfStates(0));
