import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decodeVCardBytes } from '../vcard/decodeBytes.ts';
import { parseVCard } from '../vcard/parse.ts';
import { serializeVCard } from '../vcard/serialize.ts';
import { fromVCard } from './fromVCard.ts';
import { toVCard } from './toVCard.ts';
import type { Card } from './types.ts';
import { validateCard } from './validate.ts';

const folder = new URL('../../../test/fixtures/cards/', import.meta.url);
const readText = (name: string): string => decodeVCardBytes(readFileSync(new URL(name, folder)));

for (const name of ['apple', 'outlook', 'modern']) {
  const text = readText(`${name}.vcf`);
  const expected = JSON.parse(readText(`${name}.json`)) as Card;

  test(`${name}.vcf reads as ${name}.json, which is a valid card`, () => {
    assert.deepEqual(fromVCard(parseVCard(text)), expected);
    assert.deepEqual(validateCard(expected), []);
  });

  test(`${name}.vcf is written as it was read`, () => {
    assert.equal(serializeVCard(parseVCard(text)), text);
  });

  test(`${name}.json alone, or with one note more, survives the way through vCard`, () => {
    assert.deepEqual(fromVCard(parseVCard(serializeVCard(toVCard(expected)))), expected);
    const edited: Card = { ...expected, notes: { ...expected.notes, more: { note: 'Encore' } } };
    assert.deepEqual(fromVCard(parseVCard(serializeVCard(toVCard(edited, parseVCard(text))))), edited);
  });
}
