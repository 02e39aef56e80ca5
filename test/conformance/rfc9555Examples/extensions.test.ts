// The figures of RFC 9555 §2.15 and §3.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toVCard } from '../../../src/format/jscontact/toVCard.ts';
import { serializeVCard } from '../../../src/format/vcard/serialize.ts';
import { testBothWays, testReading, testWriting, wholeCard } from '../../kit/cardExample.ts';

testBothWays('Figure 45, vCardProps', {
  vcard: ['item1.X-FOO;X-BAR=Hello:World!'],
  card: { vCardProps: [['x-foo', { 'x-bar': 'Hello', group: 'item1' }, 'unknown', 'World!']] },
});

testBothWays('Figure 46, vCardParams', {
  vcard: ['EMAIL;X-FOO=Bar:jane_doe@example.com'],
  card: { emails: { email1: { address: 'jane_doe@example.com', vCardParams: { 'x-foo': 'Bar' } } } },
});

testBothWays('Figure 47, vCardName', {
  vcard: ['IMPP:xmpp:alice@example.com'],
  card: { onlineServices: { os1: { uri: 'xmpp:alice@example.com', vCardName: 'impp' } } },
});

testBothWays('Figure 48, an unknown property', {
  vcard: ['JSPROP;JSPTR="someUnknownProperty":true'],
  card: { someUnknownProperty: true },
});

testBothWays('Figure 49, a vendor-specific property', {
  vcard: ['JSPROP;JSPTR="example.com:foo":{"bar":1234}'],
  card: { 'example.com:foo': { bar: 1234 } },
});

// The TEL of the figure lacks the PROP-ID that its JSPTR needs, and the VALUE=uri that a tel: URI needs.
testBothWays('Figure 50, a nested vendor-specific property', {
  vcard: [
    'TEL;PROP-ID=phone1;VALUE=uri:tel:+33-01-23-45-67',
    'JSPROP;JSPTR="phones/phone1/example.com:foo~1bar":"tux hux"',
  ],
  card: { phones: { phone1: { number: 'tel:+33-01-23-45-67', 'example.com:foo/bar': 'tux hux' } } },
});

testReading(
  'Figure 50, a pointer to nothing',
  ['TEL:tel:+33-01-23-45-67', 'JSPROP;JSPTR="phones/phone1/example.com:foo~1bar":"tux hux"'],
  { phones: { p1: { number: 'tel:+33-01-23-45-67' } } },
);

testBothWays('Figure 51, order without a second index', {
  vcard: ['N;JSCOMPS=";1;0":Doe;Jane;;;;;;', 'FN;DERIVED=TRUE:Jane Doe'],
  card: {
    name: {
      components: [
        { kind: 'given', value: 'Jane' },
        { kind: 'surname', value: 'Doe' },
      ],
      isOrdered: true,
    },
  },
  written: ['N;JSCOMPS=";1;0":Doe;Jane;;;'],
});

test('Figure 51, FN is derived from the ordered components', () => {
  const name = {
    components: [
      { kind: 'given', value: 'Jane' },
      { kind: 'surname', value: 'Doe' },
    ],
    isOrdered: true,
  };
  assert.match(serializeVCard(toVCard(wholeCard({ name }))), /^FN;DERIVED=TRUE:Jane Doe\r$/m);
});

const stevenson = {
  name: {
    components: [
      { kind: 'given', value: 'John' },
      { kind: 'given2', value: 'Philip' },
      { kind: 'given2', value: 'Paul' },
      { kind: 'surname', value: 'Stevenson' },
      { kind: 'generation', value: 'Jr.' },
      { kind: 'credential', value: 'M.D.' },
    ],
    isOrdered: true,
  },
};
testReading(
  'Figure 52, positional entries',
  ['N;JSCOMPS=";1;2;2,1;0;6;4,1":Stevenson;John;Philip,Paul;;Jr.,M.D.;;Jr.'],
  stevenson,
);
// The generation is repeated behind the credentials, so the second index of the credential is 0 and not written.
testWriting('Figure 52, positional entries', stevenson, [
  'N;JSCOMPS=";1;2;2,1;0;6;4":Stevenson;John;Philip,Paul;;M.D.,Jr.;;Jr.',
]);

// The figure has the street's name in place 10 and its number in place 11: RFC 9554 §2.1 has them the other way round.
testBothWays('Figure 53, separator entries', {
  vcard: ['ADR;JSCOMPS="s,\\, ;10;s, ;11;3":;;54321 Oak St;Reston;;;;;;;54321;Oak St;;;;;;'],
  card: {
    addresses: {
      a1: {
        components: [
          { kind: 'number', value: '54321' },
          { kind: 'separator', value: ' ' },
          { kind: 'name', value: 'Oak St' },
          { kind: 'locality', value: 'Reston' },
        ],
        defaultSeparator: ', ',
        isOrdered: true,
      },
    },
  },
});

// As printed, the entries still point at values that exist, with the kinds that their places give.
testReading(
  'Figure 53, as printed',
  ['ADR;JSCOMPS="s,\\, ;11;s, ;10;3":;;54321 Oak St;Reston;;;;;;;Oak St;54321;;;;;;'],
  {
    addresses: {
      a1: {
        components: [
          { kind: 'name', value: '54321' },
          { kind: 'separator', value: ' ' },
          { kind: 'number', value: 'Oak St' },
          { kind: 'locality', value: 'Reston' },
        ],
        defaultSeparator: ', ',
        isOrdered: true,
      },
    },
  },
);
