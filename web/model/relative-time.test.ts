import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relativeTime } from './relative-time.ts';

const now = Date.parse('2026-03-31T12:00:00Z');

test('what has just happened is said as people say it', () => {
  assert.equal(relativeTime('2026-03-31T11:59:30Z', 'fr', now), 'à l’instant');
  assert.equal(relativeTime('2026-03-31T11:59:30Z', 'en', now), 'just now');
  // The clock of the server may be ahead.
  assert.equal(relativeTime('2026-03-31T12:00:05Z', 'fr', now), 'à l’instant');
});

test('older than that it is counted, and after a month the day itself', () => {
  assert.equal(relativeTime('2026-03-31T11:55:00Z', 'fr', now), 'il y a 5 minutes');
  assert.equal(relativeTime('2026-03-30T12:00:00Z', 'fr', now), 'hier');
  assert.equal(relativeTime('2026-02-01T12:00:00Z', 'en', now), 'February 1, 2026');
});
