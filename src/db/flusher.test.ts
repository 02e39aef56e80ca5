import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFlusher } from './flusher.ts';

/** A disk whose every flush ends when the test says so. */
function openDisk() {
  const flushes: PromiseWithResolvers<void>[] = [];
  const flusher = createFlusher(() => {
    const flush = Promise.withResolvers<void>();
    flushes.push(flush);
    return flush.promise;
  });
  return { flusher, flushes };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('all who wrote before a flush are told by it, and those who wrote during it by the next one', async () => {
  const { flusher, flushes } = openDisk();
  const told: string[] = [];
  const write = (name: string) => {
    flusher.note();
    return flusher.settled().then(() => told.push(name));
  };
  const all = [write('first'), write('second')];
  await turn();
  assert.equal(flushes.length, 1);
  all.push(write('third'), write('fourth'));
  flushes[0]!.resolve();
  await turn();
  // The flush under way began when only the first was written.
  assert.deepEqual(told, ['first']);
  assert.equal(flushes.length, 2);
  flushes[1]!.resolve();
  await Promise.all(all);
  assert.deepEqual(told, ['first', 'second', 'third', 'fourth']);
  await flusher.settled();
  assert.equal(flushes.length, 2, 'what is on the disk is not flushed again');
});

test('after a flush that failed nobody is told that anything is safe, and nothing more is taken', async () => {
  const { flusher, flushes } = openDisk();
  flusher.note();
  const told = flusher.settled();
  flushes[0]!.reject(new Error('EIO'));
  await assert.rejects(told, /did not reach the disk/u);
  flusher.note();
  await assert.rejects(flusher.settled(), /did not reach the disk/u);
  assert.throws(flusher.requireSound, /did not reach the disk/u);
  assert.equal(flushes.length, 1);
});
