import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromVCard } from '../jscontact/fromVCard.ts';
import { toVCard } from '../jscontact/toVCard.ts';
import { convertVCard } from './convert.ts';
import { readVCards } from './parse.ts';
import { serializeVCard } from './serialize.ts';

const crumb = fc.oneof(
  fc.constantFrom(
    'BEGIN:VCARD\r\n',
    'END:VCARD\r\n',
    'VERSION:2.1\r\n',
    'VERSION:3.0\r\n',
    'VERSION:4.0\r\n',
    '\r\n',
    '\n',
    '\r',
    ' ',
    '\t',
    ':',
    ';',
    ',',
    '=',
    '"',
    '^',
    '\\',
    '.',
  ),
  fc.constantFrom(
    'FN',
    'N',
    'ADR',
    'ORG',
    'TEL',
    'PHOTO',
    'AGENT',
    'LABEL',
    'BDAY',
    'RELATED',
    'JSPROP',
    'item1.X-ABLabel',
    'GEO',
    'TZ',
    'KIND',
    'X-ABDATE',
    'IMPP',
    'X-JABBER',
    'X-SOCIALPROFILE',
    'X-PHONETIC-FIRST-NAME',
    'X-ABShowAs',
    'item1.X-ABRELATEDNAMES',
    'TITLE',
  ),
  fc.constantFrom(
    'TYPE=',
    'ALTID=1',
    'LANGUAGE=fr',
    'PROP-ID=a',
    'JSPTR=',
    'JSCOMPS=";0;1"',
    'ENCODING=QUOTED-PRINTABLE',
    'ENCODING=b',
    'VALUE=uri',
    'PHONETIC=ipa',
    'CHARSET=x',
    'PREF',
    '{"a":1}',
    'name/full',
    '__proto__',
  ),
  fc.string({ maxLength: 6 }),
);
const lines = fc
  .array(
    fc.array(crumb, { maxLength: 8 }).map((parts) => parts.join('')),
    { maxLength: 8 },
  )
  .map((all) => all.join('\r\n'));
const texts = fc.oneof(
  fc.array(crumb, { maxLength: 40 }).map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom('2.1', '3.0', '4.0'), lines)
    .map(([version, body]) => `BEGIN:VCARD\r\nVERSION:${version}\r\n${body}\r\nEND:VCARD\r\n`),
);

test('whatever the text, reading and converting neither throws nor changes what was read', () => {
  fc.assert(
    fc.property(texts, (text) => {
      for (const card of readVCards(text).cards) {
        const contact = fromVCard(card);
        assert.deepEqual(fromVCard(toVCard(contact)), contact);
        serializeVCard(convertVCard(card, '3.0'));
        serializeVCard(convertVCard(card, '4.0'));
        const again = readVCards(serializeVCard(card));
        assert.deepEqual(again.errors, []);
        assert.deepEqual(fromVCard(again.cards[0]!), contact);
      }
    }),
    { numRuns: 3000, interruptAfterTimeLimit: 5000 },
  );
});

test('hostile cards take time in proportion to their size', () => {
  const bodies = [
    'NOTE:' + '\\'.repeat(300_000),
    `N:${';'.repeat(300_000)}`,
    `X;A="${'^'.repeat(300_000)}":x`,
    `NOTE:${'a\r\n '.repeat(100_000)}`,
    'EMAIL:same\r\n'.repeat(9_000),
    'TEL;TYPE=' + 'home,'.repeat(100_000) + ':1',
    'RELATED;TYPE=a:urn:x\r\n'.repeat(9_000),
    `JSPROP;JSPTR="${'a/'.repeat(50_000)}":1`,
  ];
  for (const body of bodies) {
    const start = process.cpuUsage();
    for (const card of readVCards(`BEGIN:VCARD\r\nVERSION:4.0\r\n${body}\r\nEND:VCARD\r\n`).cards) fromVCard(card);
    assert.ok(process.cpuUsage(start).user < 5_000_000, body.slice(0, 20));
  }
});
