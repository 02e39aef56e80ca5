import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { makeLine, makeParam, paramValue } from './line.ts';
import { parseVCard } from './parse.ts';
import { serializeVCard } from './serialize.ts';
import { escapeText, readStructured, unescapeText, writeStructured } from './text.ts';

test('lines fold at 75 octets and never inside a character', () => {
  const text = serializeVCard({
    version: '4.0',
    lines: [makeLine('VERSION', '4.0'), makeLine('NOTE', 'é𝄞日'.repeat(60))],
  });
  for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75);
  assert.ok(!text.includes('\ufffd'));
  assert.equal(parseVCard(text).lines[1]!.value, 'é𝄞日'.repeat(60));
});

test('any text and any parameter value that vCard can hold comes back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (value, param) => {
      const line = makeLine('NOTE', escapeText(value), [makeParam('X-P', param)]);
      const read = parseVCard(serializeVCard({ version: '4.0', lines: [makeLine('VERSION', '4.0'), line] })).lines[1]!;
      assert.equal(unescapeText(read.value), value.replace(/\r\n?/g, '\n'));
      assert.equal(paramValue(read, 'X-P'), param.replace(/\r\n?/g, '\n'));
    }),
    { numRuns: 200 },
  );
});

test('structured values keep their components and lists', () => {
  const values = [['a;b', 'c,d'], [''], ['e\\n\nf']];
  assert.deepEqual(readStructured(writeStructured(values)), values);
});

test('control characters and a lone CR never reach the text', () => {
  const text = serializeVCard({
    version: '3.0',
    lines: [makeLine('VERSION', '3.0'), makeLine('FN', 'a\u0000b\rEND:VCARD', [makeParam('X-P', 'q"\nr')])],
  });
  assert.match(text, /FN;X-P=q' r:ab\\nEND:VCARD/);
});
