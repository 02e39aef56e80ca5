import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { spliceIds } from './splice-ids.ts';

const _ = undefined;

/** A list with gaps, what changed, and the list afterwards. */
const table: readonly [
  what: string,
  before: (string | undefined)[],
  Parameters<typeof spliceIds>[1],
  after: (string | undefined)[] | null,
][] = [
  ['nothing', ['a', _, 'c'], { removed: [], added: [], total: 3 }, ['a', _, 'c']],
  ['one moves', ['a', 'b', 'c'], { removed: ['a'], added: [{ id: 'a', index: 2 }], total: 3 }, ['b', 'c', 'a']],
  ['one leaves a gap', ['a', _, _, 'd'], { removed: ['b'], added: [], total: 3 }, ['a', _, 'd']],
  ['one of two gaps', ['a', _, 'c', _, 'e'], { removed: ['x'], added: [], total: 4 }, ['a', _, _, 'e']],
  [
    'one comes into a gap',
    ['a', _, _, 'd'],
    { removed: [], added: [{ id: 'n', index: 2 }], total: 5 },
    ['a', _, 'n', _, 'd'],
  ],
  ['an id that was never there', ['a', 'b'], { removed: ['z'], added: [], total: 2 }, ['a', 'b']],
  ['more left than can have', ['a', 'b'], { removed: ['z'], added: [], total: 1 }, null],
  ['an index behind the end', ['a'], { removed: [], added: [{ id: 'b', index: 5 }], total: 2 }, null],
];

test('what changed is spliced in, and gaps stay gaps', () => {
  for (const [what, before, delta, after] of table) assert.deepEqual(spliceIds(before, delta), after, what);
});

test('wherever the list is known afterwards it is the list of the server', () => {
  const ids = fc.uniqueArray(fc.nat({ max: 60 }), { maxLength: 30 });
  fc.assert(
    fc.property(ids, ids, fc.array(fc.boolean(), { maxLength: 30 }), (before, after, loaded) => {
      const held = before.map((id, index) => (loaded[index] ? String(id) : undefined));
      // What kept its place relative to the others is not mentioned; everything else leaves and comes in again.
      const still = longestCommon(before, after);
      const removed = before.filter((id) => !still.has(id)).map(String);
      const added = after.flatMap((id, index) => (still.has(id) ? [] : [{ id: String(id), index }]));
      const result = spliceIds(held, { removed, added, total: after.length });
      assert.ok(result);
      assert.equal(result.length, after.length);
      for (const [index, id] of result.entries()) if (id !== undefined) assert.equal(id, String(after[index]));
      for (const { id, index } of added) assert.equal(result[index], id);
    }),
  );
});

/** Ids that stand in both lists in one order; which of several such sets does not matter here. */
function longestCommon(before: readonly number[], after: readonly number[]): ReadonlySet<number> {
  const places = new Map(after.map((id, index) => [id, index]));
  const common = new Set<number>();
  let last = -1;
  for (const id of before) {
    const place = places.get(id);
    if (place === undefined || place < last) continue;
    common.add(id);
    last = place;
  }
  return common;
}
