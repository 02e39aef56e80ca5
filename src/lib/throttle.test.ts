import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkPrefix } from './networkPrefix.ts';
import { beginTry, createThrottle } from './throttle.ts';
import type { Throttle } from './throttle.ts';

const patience = { free: 2, firstWait: 2, longestWait: 10, memory: 100, keys: 3 };

function clock(): { now: () => Date; advance: (seconds: number) => void } {
  let time = 1_000_000;
  return { now: () => new Date(time), advance: (seconds) => (time += seconds * 1000) };
}

/** Tries that fail, with whatever wait there is between them. */
async function fail(throttle: Throttle, key: string, times: number, advance: (seconds: number) => void): Promise<void> {
  for (let made = 0; made < times; made++) {
    advance(await throttle.waitFor(key));
    assert.equal(await throttle.begin(key), 0);
  }
}

test('waits begin after the free failures, double, and have an end', async () => {
  const { now, advance } = clock();
  const throttle = createThrottle(patience, now);
  const waits: number[] = [];
  for (let made = 0; made < 6; made++) {
    await fail(throttle, 'a', 1, advance);
    waits.push(await throttle.waitFor('a'));
  }
  assert.deepEqual(waits, [0, 0, 2, 4, 8, 10]);
  advance(10);
  assert.equal(await throttle.waitFor('a'), 0);
  assert.equal(await throttle.waitFor('b'), 0);
});

test('of tries at the same time no more are made than may be; those that wait are not counted', async () => {
  const { now, advance } = clock();
  const throttle = createThrottle(patience, now);
  const begun = await Promise.all(Array.from({ length: 10 }, () => throttle.begin('a')));
  assert.deepEqual(begun, [0, 0, 0, 2, 2, 2, 2, 2, 2, 2]);
  advance(2);
  assert.equal(await throttle.begin('a'), 0);
  assert.equal(await throttle.waitFor('a'), 4);
});

test('what several count is counted by all of them or by none', async () => {
  const { now, advance } = clock();
  const [one, other] = [createThrottle(patience, now), createThrottle(patience, now)];
  await fail(other, 'b', 3, advance);
  const both = [
    [one, 'a'],
    [other, 'b'],
  ] as const;
  for (let made = 0; made < 5; made++) assert.equal(await beginTry(both), 2);
  assert.equal(await one.waitFor('a'), 0);
});

test('failures are forgotten after a quiet time, and after a success', async () => {
  const { now, advance } = clock();
  const throttle = createThrottle(patience, now);
  await fail(throttle, 'a', 4, advance);
  advance(101);
  await fail(throttle, 'a', 1, advance);
  assert.equal(await throttle.waitFor('a'), 0);
  await fail(throttle, 'a', 4, advance);
  await throttle.forget('a');
  assert.equal(await throttle.waitFor('a'), 0);
});

test('a try that went well is taken back', async () => {
  const { now, advance } = clock();
  const throttle = createThrottle(patience, now);
  await fail(throttle, 'a', 3, advance);
  await throttle.uncount('a');
  assert.equal(await throttle.waitFor('a'), 0);
});

test('memory is bounded: the oldest key goes first', async () => {
  const { now, advance } = clock();
  const throttle = createThrottle(patience, now);
  for (const key of ['a', 'b', 'c']) await fail(throttle, key, 3, advance);
  await fail(throttle, 'd', 1, advance);
  assert.equal(await throttle.waitFor('a'), 0);
  assert.equal(await throttle.waitFor('b'), 2);
});

test('neighbours share a network: /24 of IPv4, /48 of IPv6', () => {
  assert.equal(networkPrefix('192.0.2.17'), '192.0.2');
  assert.equal(networkPrefix('::ffff:192.0.2.99'), '192.0.2');
  assert.equal(networkPrefix('2001:db8:1:2:3:4:5:6'), '2001:db8:1');
  assert.equal(networkPrefix('2001:0db8:1::6'), '2001:db8:1');
  assert.equal(networkPrefix('2001:db8::6'), '2001:db8:0');
  assert.equal(networkPrefix('fe80::1%eth0'), 'fe80:0:0');
  assert.equal(networkPrefix('::1'), '0:0:0');
});
