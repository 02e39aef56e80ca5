import { createBreath } from '../../lib/breath.ts';

/** A key that several have, and who they are. */
export type SharedKey = { readonly key: number; readonly owners: readonly number[] };

/** Keys are numbers of 52 bits, spread evenly. */
const keySpace = 2 ** 52;
const keysPerHeap = 4;
/** Up to so many on a heap each is put in its place among those before it: nothing is faster. */
const smallHeap = 32;
const heapsInARow = 5_000;

/**
 * The keys that between two and `most` owners share; `owners` says whose each key is. Keys are divided into buckets by
 * their first bits, and each bucket is sorted separately: that takes twelve bytes of memory per key, and other work
 * gets its turn in between.
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
  for (let place = 0; place < keys.length; place++) places[next[heapOf(keys[place]!)]!++] = place;
  const shared: SharedKey[] = [];
  const breathe = createBreath(1);
  for (let heap = 0; heap < heaps; heap++) {
    if (heap % heapsInARow === 0) await breathe();
    const [from, to] = [ends[heap]!, ends[heap + 1]!];
    if (to - from < 2) continue;
    sortPart(places, from, to, keys);
    for (let start = from, end = from; start < to; start = end) {
      const key = keys[places[start]!]!;
      while (end < to && keys[places[end]!] === key) end += 1;
      if (end - start < 2 || end - start > most) continue;
      shared.push({ key, owners: Array.from(places.subarray(start, end), (place) => owners[place]!) });
    }
  }
  return shared;
}

/** Sorts a part of the places by their keys. */
function sortPart(places: Uint32Array, from: number, to: number, keys: readonly number[]): void {
  if (to - from > smallHeap) {
    places.subarray(from, to).sort((one, other) => keys[one]! - keys[other]!);
    return;
  }
  for (let next = from + 1; next < to; next++) {
    const place = places[next]!;
    const key = keys[place]!;
    let at = next;
    for (; at > from && keys[places[at - 1]!]! > key; at--) places[at] = places[at - 1]!;
    places[at] = place;
  }
}
