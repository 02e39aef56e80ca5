import { createBreath } from '../../lib/breath.ts';

/** A key that several have, and who they are. */
export type SharedKey = { readonly key: number; readonly owners: readonly number[] };

/** Keys are numbers of 52 bits, spread evenly. */
const keySpace = 2 ** 52;
const keysPerHeap = 64;
const heapsInARow = 200;

/**
 * The keys that from two to `most` have; `owners` says whose each key is. They are put on heaps by their first bits, and each
 * heap is sorted by itself: memory is twelve octets a key, and everybody else has their turn in between.
 */
export async function sharedKeys(
  keys: readonly number[],
  owners: readonly number[],
  most: number,
): Promise<SharedKey[]> {
  const heaps = Math.max(1, Math.ceil(keys.length / keysPerHeap));
  const heapOf = (key: number) => Math.floor((key / keySpace) * heaps);
  const ends = new Uint32Array(heaps + 1);
  for (const key of keys) ends[heapOf(key) + 1]! += 1;
  for (let heap = 1; heap <= heaps; heap++) ends[heap]! += ends[heap - 1]!;
  const next = ends.slice();
  const places = new Uint32Array(keys.length);
  for (const [place, key] of keys.entries()) places[next[heapOf(key)]!++] = place;
  const shared: SharedKey[] = [];
  const breathe = createBreath(heapsInARow);
  for (let heap = 0; heap < heaps; heap++) {
    await breathe();
    const sorted = places.subarray(ends[heap], ends[heap + 1]).sort((one, other) => keys[one]! - keys[other]!);
    for (let start = 0, end = 0; start < sorted.length; start = end) {
      const key = keys[sorted[start]!]!;
      while (end < sorted.length && keys[sorted[end]!] === key) end += 1;
      if (end - start < 2 || end - start > most) continue;
      shared.push({ key, owners: Array.from(sorted.subarray(start, end), (place) => owners[place]!) });
    }
  }
  return shared;
}
