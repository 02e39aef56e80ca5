import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arbitraryCard } from '../../../test/fixtures/cards/arbitraryCard.ts';
import { convertVCard } from '../vcard/convert.ts';
import { parseVCard } from '../vcard/parse.ts';
import { serializeVCard } from '../vcard/serialize.ts';
import type { VCard } from '../vcard/types.ts';
import { fromVCard } from './fromVCard.ts';
import { toVCard } from './toVCard.ts';

const reread = (card: VCard): VCard => parseVCard(serializeVCard(card));

test('a card that became a vCard and was written out comes back as it was', () => {
  fc.assert(
    fc.property(arbitraryCard, (card) => {
      assert.deepEqual(fromVCard(reread(toVCard(card))), card);
    }),
    { numRuns: Number(process.env['RUNS'] ?? 40) },
  );
});

test('a card merged into the vCard of another comes back as it was', () => {
  fc.assert(
    fc.property(arbitraryCard, arbitraryCard, (before, after) => {
      const base = reread(toVCard(before));
      assert.deepEqual(fromVCard(reread(toVCard(after, base))), after);
    }),
    { numRuns: Number(process.env['RUNS'] ?? 40) },
  );
});

test('a card merged into a 3.0 card comes back as it was, and stays 3.0', () => {
  fc.assert(
    fc.property(arbitraryCard, arbitraryCard, (before, after) => {
      const base = reread(convertVCard(toVCard(before), '3.0'));
      const merged = reread(toVCard(after, base));
      assert.equal(merged.version, '3.0');
      assert.deepEqual(fromVCard(merged), after);
    }),
    { numRuns: Number(process.env['RUNS'] ?? 40) },
  );
});

test('a name that was made of another value stays, also where that value came back in another place', () => {
  const organizations = { k1: { name: '\u0000' }, constructor: { name: ' ' } };
  const base = reread(toVCard({ '@type': 'Card', version: '1.0', uid: 'Jean Martin', organizations }));
  assert.equal(serializeVCard(toVCard(fromVCard(base), base)), serializeVCard(base));
});

test('writing back what was read changes no octet', () => {
  fc.assert(
    fc.property(arbitraryCard, (card) => {
      const base = reread(toVCard(card));
      assert.equal(serializeVCard(toVCard(fromVCard(base), base)), serializeVCard(base));
    }),
    { numRuns: Number(process.env['RUNS'] ?? 40) },
  );
});
