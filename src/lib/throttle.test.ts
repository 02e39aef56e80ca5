import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkPrefix } from './networkPrefix.ts';
import { createThrottle } from './throttle.ts';

const patience = { free: 2, firstWait: 2, longestWait: 10, memory: 100, keys: 3 };

function clock(): { now: () => Date; advance: (seconds: number) => void } {
  let time = 1_000_000;
  return { now: () => new Date(time), advance: (seconds) => (time += seconds * 1000) };
}

test('waits begin after the free failures, double, and have an end', () => {
  const { now, advance } = clock();
  const throttle = createThrottle(patience, now);
  const waits = Array.from({ length: 6 }, () => {
    throttle.count('a');
    return throttle.waitFor('a');
  });
  assert.deepEqual(waits, [0, 0, 2, 4, 8, 10]);
  advance(10);
  assert.equal(throttle.waitFor('a'), 0);
  assert.equal(throttle.waitFor('b'), 0);
});

test('failures are forgotten after a quiet time, and after a success', () => {
  const { now, advance } = clock();
  const throttle = createThrottle(patience, now);
  for (let i = 0; i < 4; i++) throttle.count('a');
  advance(101);
  throttle.count('a');
  assert.equal(throttle.waitFor('a'), 0);
  for (let i = 0; i < 4; i++) throttle.count('a');
  throttle.forget('a');
  assert.equal(throttle.waitFor('a'), 0);
});

test('a try that went well is taken back', () => {
  const throttle = createThrottle(patience, clock().now);
  for (let i = 0; i < 3; i++) throttle.count('a');
  throttle.uncount('a');
  assert.equal(throttle.waitFor('a'), 0);
});

test('memory is bounded: the oldest key goes first', () => {
  const throttle = createThrottle(patience, clock().now);
  for (const key of ['a', 'b', 'c']) for (let i = 0; i < 3; i++) throttle.count(key);
  throttle.count('d');
  assert.equal(throttle.waitFor('a'), 0);
  assert.equal(throttle.waitFor('b'), 2);
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
