import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedKeys } from './sharedKeys.ts';

const most = 2 ** 52 - 1;

test('keys that several have are found with all who have them, wherever they lie', async () => {
  const keys = [0, most, 12, most, 0, 0, 12, 5];
  const owners = [0, 0, 1, 2, 3, 4, 5, 6];
  assert.deepEqual(await sharedKeys(keys, owners, 200), [
    { key: 0, owners: [0, 3, 4] },
    { key: 12, owners: [1, 5] },
    { key: most, owners: [0, 2] },
  ]);
  assert.deepEqual(await sharedKeys(keys, owners, 2), [
    { key: 12, owners: [1, 5] },
    { key: most, owners: [0, 2] },
  ]);
  assert.deepEqual(await sharedKeys([], [], 200), []);
});

test('among ten thousand keys those that are shared are the same as by comparing each with each', async () => {
  const keys = Array.from({ length: 10_000 }, (_, index) => ((index * 7919) % 9_001) * 500_000_000_001);
  const owners = keys.map((_, index) => index);
  const byKey = [...Map.groupBy(owners, (owner) => keys[owner]!)].filter(([, some]) => some.length > 1);
  const found = await sharedKeys(keys, owners, 200);
  const sorted = (pairs: Iterable<readonly [number, readonly number[]]>) => [...pairs].sort(([a], [b]) => a - b);
  assert.deepEqual(
    sorted(found.map(({ key, owners: some }) => [key, [...some].sort((a, b) => a - b)] as const)),
    sorted(byKey),
  );
});
