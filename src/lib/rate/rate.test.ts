import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRate } from './rate.ts';

function clock(): { now: () => Date; advance: (seconds: number) => void } {
  let time = 1_000_000;
  return { now: () => new Date(time), advance: (seconds) => (time += seconds * 1000) };
}

test('turns come back with time, never more than at the beginning, and who has none is told how long to wait', () => {
  const { now, advance } = clock();
  const rate = createRate({ perMinute: 6, burst: 2, keys: 10 }, now);
  assert.deepEqual([rate.take('a'), rate.take('a'), rate.take('a'), rate.take('a')], [0, 0, 10, 10]);
  assert.equal(rate.take('b'), 0, 'others have turns of their own');
  advance(4);
  assert.equal(rate.take('a'), 6);
  advance(6);
  assert.equal(rate.take('a'), 0);
  advance(1000);
  assert.deepEqual([rate.take('a'), rate.take('a'), rate.take('a')], [0, 0, 10]);
});

test('of many keys the one that was used longest ago is forgotten', () => {
  const { now } = clock();
  const rate = createRate({ perMinute: 1, burst: 1, keys: 2 }, now);
  for (const key of ['a', 'b', 'a', 'c']) rate.take(key);
  assert.ok(rate.take('a') > 0);
  assert.equal(rate.take('b'), 0);
});
