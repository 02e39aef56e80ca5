import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelAt, textAt } from './field-text.ts';

test('a function is told by its words, not by what kind of title it is', () => {
  const card = { titles: { t: { kind: 'title', name: 'Directrice' } } } as const;
  assert.deepEqual([labelAt('titles/t', card), textAt('titles/t', card, 'fr')], ['jobTitle', 'Directrice']);
});
