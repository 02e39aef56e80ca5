// The complete cards of RFC 6350.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromVCard } from '../../src/format/jscontact/fromVCard.ts';
import { toVCard } from '../../src/format/jscontact/toVCard.ts';
import type { JsonObject } from '../../src/format/jscontact/types.ts';
import { convertVCard } from '../../src/format/vcard/convert.ts';
import { parseVCard } from '../../src/format/vcard/parse.ts';
import { serializeVCard } from '../../src/format/vcard/serialize.ts';
import { essence, readLines, testReading } from '../kit/cardExample.ts';

type Example = { readonly name: string; readonly vcard: readonly string[]; readonly card: JsonObject };

const abcMarketing = {
  organizations: {
    o: { name: 'ABC, Inc.', units: [{ name: 'North American Division' }, { name: 'Marketing' }] },
  },
};
const pidMap = (number: number, uuid: string): string => `CLIENTPIDMAP:${number};urn:uuid:${uuid}`;

const examples: readonly Example[] = [
  {
    name: '§6.1.4 a person',
    vcard: ['KIND:individual', 'FN:Jane Doe', 'ORG:ABC\\, Inc.;North American Division;Marketing'],
    card: { kind: 'individual', name: { full: 'Jane Doe' }, ...abcMarketing },
  },
  {
    name: '§6.1.4 an organisation',
    vcard: ['KIND:org', 'FN:ABC Marketing', 'ORG:ABC\\, Inc.;North American Division;Marketing'],
    card: { kind: 'org', name: { full: 'ABC Marketing' }, ...abcMarketing },
  },
  {
    name: '§6.6.5 a group whose members are addresses',
    vcard: [
      'KIND:group',
      'FN:Funky distribution list',
      'MEMBER:mailto:subscriber1@example.com',
      'MEMBER:xmpp:subscriber2@example.com',
      'MEMBER:sip:subscriber3@example.com',
      'MEMBER:tel:+1-418-555-5555',
    ],
    card: {
      kind: 'group',
      name: { full: 'Funky distribution list' },
      members: {
        'mailto:subscriber1@example.com': true,
        'xmpp:subscriber2@example.com': true,
        'sip:subscriber3@example.com': true,
        'tel:+1-418-555-5555': true,
      },
    },
  },
  {
    name: '§7.2.5 a card two devices edited',
    vcard: [
      'UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
      'FN:J. Doe',
      'N:Doe;J.;;;',
      'EMAIL;PID=1.1:jdoe@example.com',
      'EMAIL;PID=2.1:boss@example.com',
      'TEL;PID=1.1;VALUE=uri:tel:+1-555-555-5555',
      'TEL;PID=2.1,2.2;VALUE=uri:tel:+1-666-666-6666',
      pidMap(1, '53e374d9-337e-4727-8803-a1e9c14e0556'),
      pidMap(2, '1f762d2b-03c4-4a83-9a03-75ff658a6eee'),
    ],
    card: {
      uid: 'urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
      name: {
        full: 'J. Doe',
        components: [
          { kind: 'surname', value: 'Doe' },
          { kind: 'given', value: 'J.' },
        ],
      },
      emails: {
        a: { address: 'jdoe@example.com', vCardParams: { pid: '1.1' } },
        b: { address: 'boss@example.com', vCardParams: { pid: '2.1' } },
      },
      phones: {
        a: { number: 'tel:+1-555-555-5555', vCardParams: { pid: '1.1' } },
        b: { number: 'tel:+1-666-666-6666', vCardParams: { pid: ['2.1', '2.2'] } },
      },
      vCardProps: [
        ['clientpidmap', {}, 'text', ['1', 'urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556']],
        ['clientpidmap', {}, 'text', ['2', 'urn:uuid:1f762d2b-03c4-4a83-9a03-75ff658a6eee']],
      ],
    },
  },
  {
    name: "§8 the author's card",
    vcard: [
      'FN:Simon Perreault',
      'N:Perreault;Simon;;;ing. jr,M.Sc.',
      'BDAY:--0203',
      'ANNIVERSARY:20090808T1430-0500',
      'GENDER:M',
      'LANG;PREF=1:fr',
      'LANG;PREF=2:en',
      'ORG;TYPE=work:Viagenie',
      'ADR;TYPE=work:;Suite D2-630;2875 Laurier;Quebec;QC;G1V 2M2;Canada',
      'TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+1-418-656-9254;ext=102',
      'TEL;VALUE=uri;TYPE="work,cell,voice,video,text":tel:+1-418-262-6501',
      'EMAIL;TYPE=work:simon.perreault@viagenie.ca',
      'GEO;TYPE=work:geo:46.772673,-71.282945',
      'KEY;TYPE=work;VALUE=uri:http://www.viagenie.ca/simon.perreault/simon.asc',
      'TZ:-0500',
      'URL;TYPE=home:http://nomis80.org',
    ],
    card: {
      name: {
        full: 'Simon Perreault',
        components: [
          { kind: 'surname', value: 'Perreault' },
          { kind: 'given', value: 'Simon' },
          { kind: 'credential', value: 'ing. jr' },
          { kind: 'credential', value: 'M.Sc.' },
        ],
      },
      anniversaries: {
        b: { kind: 'birth', date: { month: 2, day: 3 } },
        w: { kind: 'wedding', date: { '@type': 'Timestamp', utc: '2009-08-08T19:30:00Z' } },
      },
      preferredLanguages: { f: { language: 'fr', pref: 1 }, e: { language: 'en', pref: 2 } },
      organizations: { o: { name: 'Viagenie', contexts: { work: true } } },
      addresses: {
        a: {
          components: [
            { kind: 'apartment', value: 'Suite D2-630' },
            { kind: 'name', value: '2875 Laurier' },
            { kind: 'locality', value: 'Quebec' },
            { kind: 'region', value: 'QC' },
            { kind: 'postcode', value: 'G1V 2M2' },
            { kind: 'country', value: 'Canada' },
          ],
          contexts: { work: true },
          coordinates: 'geo:46.772673,-71.282945',
          timeZone: 'Etc/GMT+5',
        },
      },
      phones: {
        a: {
          number: 'tel:+1-418-656-9254;ext=102',
          contexts: { work: true },
          features: { voice: true },
          pref: 1,
        },
        b: {
          number: 'tel:+1-418-262-6501',
          contexts: { work: true },
          features: { mobile: true, voice: true, video: true, text: true },
        },
      },
      emails: { e: { address: 'simon.perreault@viagenie.ca', contexts: { work: true } } },
      cryptoKeys: { k: { uri: 'http://www.viagenie.ca/simon.perreault/simon.asc', contexts: { work: true } } },
      links: { l: { uri: 'http://nomis80.org', contexts: { private: true } } },
      vCardProps: [['gender', {}, 'text', 'M']],
    },
  },
];

for (const { name, vcard, card } of examples) {
  testReading(name, vcard, card);

  test(`${name}, is written as it was read, and keeps every other line when a note is added`, () => {
    // A card without UID gets one: every Card needs it.
    const base = readLines('uid' in card ? vcard : [...vcard, 'UID:urn:uuid:7c0b0a5e-4a0f-4a53-8a43-9d3a6b9f7c11']);
    const text = serializeVCard(base);
    const read = fromVCard(base);
    assert.equal(serializeVCard(toVCard(read, base)), text);
    const edited = serializeVCard(toVCard({ ...read, notes: { n: { note: 'New' } } }, base)).split('\r\n');
    assert.deepEqual(
      text.split('\r\n').filter((line) => !edited.includes(line)),
      [],
    );
  });

  test(`${name}, says the same after a trip through 3.0`, () => {
    const base = readLines(vcard);
    const { vCardProps: _, ...before } = essence(fromVCard(base));
    const old = parseVCard(serializeVCard(convertVCard(base, '3.0')));
    const { vCardProps: __, ...after } = essence(fromVCard(old));
    assert.deepEqual(valuesOf(after), valuesOf(before));
  });
}

/** What the card says, without the keys that are made of the text of the lines. */
function valuesOf(card: JsonObject): string {
  return JSON.stringify(card)
    .replace(/"[a-z][0-9a-f]{8}":/g, '')
    .replaceAll('tel:', '');
}

test('§6.6.5 the members of a group are the uids of the others', () => {
  const group = fromVCard(
    readLines([
      'KIND:group',
      'FN:The Doe family',
      'MEMBER:urn:uuid:03a0e51f-d1aa-4385-8a53-e29025acd8af',
      'MEMBER:urn:uuid:b8767877-b4a1-4c70-9acc-505d3819e519',
    ]),
  );
  const others = ['03a0e51f-d1aa-4385-8a53-e29025acd8af', 'b8767877-b4a1-4c70-9acc-505d3819e519'].map((uuid) =>
    fromVCard(readLines(['FN:Doe', `UID:urn:uuid:${uuid}`])),
  );
  assert.deepEqual(
    Object.keys(group.members ?? {}),
    others.map(({ uid }) => uid),
  );
});
