import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newId } from '../../lib/ids.ts';
import { packedIds } from './packedIds.ts';

const idOf = (number: number) => `c${String(number).padStart(20, '0')}`;
const change = fc.record({
  // How many ids stand together: within one part of the list, or over several.
  gone: fc.array(fc.nat(), { maxLength: 20 }),
  come: fc.array(fc.nat(), { maxLength: 20 }),
});

test('a list of ids has the length that packing relies on', () => {
  assert.equal(packedIds(newId('c', new Date())).length, 1);
  assert.throws(() => packedIds('c1'), /Something else/u);
});

test('whatever comes and goes, the packed list is what an array would be', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_500 }), fc.array(change, { maxLength: 8 }), (size, changes) => {
      let next = size;
      let plain = Array.from({ length: size }, (_, index) => idOf(index));
      let packed = packedIds(plain.join(''));
      for (const { gone, come } of changes) {
        const ids = gone.map((number) => (plain.length === 0 ? idOf(0) : plain[number % plain.length]!));
        const others = [...ids, idOf(999_999), 'short'];
        plain = plain.filter((id) => !ids.includes(id));
        packed = packed.without(others);
        const added = come
          .map((number) => number % (plain.length + 1))
          .sort((a, b) => a - b)
          .map((index) => ({ id: idOf(next++), index }));
        for (const { id, index } of added.toReversed()) plain.splice(index, 0, id);
        packed = packed.with(added);
        assert.deepEqual(packed.slice(0, packed.length), plain);
        assert.equal(packed.length, plain.length);
        const middle = Math.floor(plain.length / 2);
        assert.deepEqual(packed.slice(middle, middle + 70), plain.slice(middle, middle + 70));
        const some = [...plain.slice(middle, middle + 3), idOf(999_999)].reverse();
        const places = plain.slice(middle, middle + 3).map((id, at) => ({ id, index: middle + at }));
        assert.deepEqual(packed.placesOf(some), places);
        assert.deepEqual(
          packed.placesOf([...plain, 'short']),
          plain.map((id, index) => ({ id, index })),
        );
        assert.equal(packed.indexOf(idOf(999_999)), -1);
      }
    }),
    { numRuns: 60 },
  );
});
