// The figures of RFC 9553 are valid Cards, and come back whole from vCard 4.0 and from an edited 3.0 card.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromVCard } from '../../src/format/jscontact/fromVCard.ts';
import { applyPatch } from '../../src/format/jscontact/json.ts';
import { normalizeCard } from '../../src/format/jscontact/normalize.ts';
import { toVCard } from '../../src/format/jscontact/toVCard.ts';
import type { Json, JsonObject, PatchObject } from '../../src/format/jscontact/types.ts';
import { validateCard } from '../../src/format/jscontact/validate.ts';
import { parseVCard } from '../../src/format/vcard/parse.ts';
import { serializeVCard } from '../../src/format/vcard/serialize.ts';
import { readLines, wholeCard } from '../kit/cardExample.ts';
import { addresses, figures, localized } from '../fixtures/cards/rfc9553.ts';

const bases = {
  'vCard 4.0': undefined,
  'a 3.0 card': readLines(
    [
      'UID:a',
      'FN:Ann Demo',
      'N:Demo;Ann;;;',
      'TEL;TYPE=CELL:06',
      'item1.URL:https://demo.example',
      'item1.X-ABLabel:x',
    ],
    '3.0',
  ),
};

for (const [name, part] of Object.entries({ ...figures, ...addresses, ...localized })) {
  const card = wholeCard(part);

  test(`${name} is a valid Card`, () => assert.deepEqual(validateCard(card), []));

  for (const [where, base] of Object.entries(bases))
    test(`${name} comes back from ${where}`, () => {
      const written = serializeVCard(toVCard(card, base));
      assert.deepEqual(fromVCard(parseVCard(written)), JSON.parse(JSON.stringify(normalizeCard(card))) as Json);
    });
}

const inLanguage = (part: JsonObject, language: string): JsonObject => {
  const { localizations, ...original } = part;
  return applyPatch(original, (localizations as JsonObject)[language] as PatchObject)!;
};

test('Figure 39, a localization of the whole name takes its place', () => {
  const figure = localized['Figure 39, localizing a top-level property']!;
  const { name } = inLanguage(figure, 'uk-Cyrl') as { name: { components: { value: string }[] } };
  assert.equal(name.components.map(({ value }) => value).join(' '), 'г-н Иван Петрович Васильев');
});

test('Figure 40, a localization inside a title leaves the rest of it', () => {
  const figure = localized['Figure 40, localizing a nested property']!;
  assert.deepEqual(inLanguage(figure, 'es')['titles'], { t1: { kind: 'title', name: 'escritor' } });
});

test('Figure 6 is written with its order, and with a full name made of it', () => {
  const written = serializeVCard(toVCard(wholeCard(figures['Figure 6, a basic Card']!)));
  assert.match(written, /^N;JSCOMPS=";1;0":Doe;John;;;\r$/m);
  assert.match(written, /^FN;DERIVED=TRUE:John Doe\r$/m);
});
