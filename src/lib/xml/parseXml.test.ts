import assert from 'node:assert/strict';
import { test } from 'node:test';
import { processorSeconds } from '../../../test/kit/cost.ts';
import { parseXml, XmlError } from './parseXml.ts';
import { textOf } from './xmlElement.ts';

const octets = (text: string) => Buffer.from(text);

test('what a declaration calls the encoding does not matter', () => {
  const declared = `<?xml version="1.0" encoding="utf-16" standalone='yes'?><a>é</a>`;
  assert.equal(textOf(parseXml(octets(declared))), 'é');
  assert.equal(textOf(parseXml(Buffer.from(`\ufeff${declared}`, 'utf16le'))), 'é');
});

test('a document type is refused, and with it every entity of its own', () => {
  const bomb = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>';
  assert.throws(() => parseXml(octets(bomb)), XmlError);
  const file = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>';
  assert.throws(() => parseXml(octets(file)), XmlError);
});

for (const [what, text] of [
  ['a declaration of blanks', `<?xml ${' '.repeat(400_000)}?><a/>`],
  ['a declaration that does not end', `<?xml${'\t'.repeat(400_000)}`],
  ['elements in elements', '<a>'.repeat(400_000)],
  ['attributes', `<a ${Array.from({ length: 50_000 }, (_, number) => `b${number}=""`).join(' ')}/>`],
] as const)
  test(`${what} without end cost no more than their length`, async () => {
    const seconds = await processorSeconds(() => {
      try {
        parseXml(octets(text));
      } catch (error) {
        assert.ok(error instanceof XmlError);
      }
    });
    assert.ok(seconds < 3, `${seconds} s`);
  });
