import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseVCard } from '../vcard/parse.ts';
import { fromVCard } from './fromVCard.ts';
import type { Card, JsonObject } from './types.ts';

function read(version: string, ...lines: readonly string[]): Card {
  return fromVCard(parseVCard(['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n')));
}

/** The card without what every card has, and with the values of its maps in a list: keys are free. */
function essence(card: Card): JsonObject {
  const { '@type': _, version: __, uid: ___, ...others } = card as unknown as JsonObject;
  const maps = new Set([
    'emails',
    'phones',
    'addresses',
    'titles',
    'organizations',
    'notes',
    'anniversaries',
    'onlineServices',
    'links',
    'media',
    'nicknames',
    'personalInfo',
    'directories',
    'calendars',
    'preferredLanguages',
    'schedulingAddresses',
    'cryptoKeys',
  ]);
  return Object.fromEntries(
    Object.entries(others).map(([key, value]) => [key, maps.has(key) ? Object.values(value as JsonObject) : value]),
  );
}

/** RFC 9555 §2, with other people in it. */
const conversions: readonly [what: string, lines: readonly string[], expected: JsonObject][] = [
  [
    'a name with all its parts',
    ['FN:Dr. Ana Ruiz', 'N;SORT-AS="Ruiz,Ana Maria":Ruiz,Gil;Ana;Maria,Luz;Dr.;Jr.,M.D.;Gil;Jr.'],
    {
      name: {
        full: 'Dr. Ana Ruiz',
        components: [
          { kind: 'surname', value: 'Ruiz' },
          { kind: 'given', value: 'Ana' },
          { kind: 'given2', value: 'Maria' },
          { kind: 'given2', value: 'Luz' },
          { kind: 'title', value: 'Dr.' },
          { kind: 'credential', value: 'M.D.' },
          { kind: 'surname2', value: 'Gil' },
          { kind: 'generation', value: 'Jr.' },
        ],
        sortAs: { surname: 'Ruiz', given: 'Ana Maria' },
      },
    },
  ],
  [
    'order and separators',
    ['N;JSCOMPS="s,\\, ;1;s, ;0":Doe;Jane;;;'],
    {
      name: {
        components: [
          { kind: 'given', value: 'Jane' },
          { kind: 'separator', value: ' ' },
          { kind: 'surname', value: 'Doe' },
        ],
        isOrdered: true,
        defaultSeparator: ', ',
      },
    },
  ],
  [
    'an order that does not fit is ignored',
    ['N;JSCOMPS=";1;7":Doe;Jane;;;'],
    {
      name: {
        components: [
          { kind: 'surname', value: 'Doe' },
          { kind: 'given', value: 'Jane' },
        ],
      },
    },
  ],
  [
    'an address in the old form',
    ['ADR;TYPE=home;GEO="geo:1,2";TZ=Europe/Paris;CC=FR;LABEL="1 rue A^nLyon":;Apt 2;1 rue A;Lyon;;69001;France'],
    {
      addresses: [
        {
          components: [
            { kind: 'apartment', value: 'Apt 2' },
            { kind: 'name', value: '1 rue A' },
            { kind: 'locality', value: 'Lyon' },
            { kind: 'postcode', value: '69001' },
            { kind: 'country', value: 'France' },
          ],
          contexts: { private: true },
          full: '1 rue A\nLyon',
          coordinates: 'geo:1,2',
          timeZone: 'Europe/Paris',
          countryCode: 'FR',
        },
      ],
    },
  ],
  [
    'an address in the new form',
    ['ADR:;;12 rue Haute;Lyon;;;;;;;12;rue Haute;;;;;;'],
    {
      addresses: [
        {
          components: [
            { kind: 'locality', value: 'Lyon' },
            { kind: 'number', value: '12' },
            { kind: 'name', value: 'rue Haute' },
          ],
        },
      ],
    },
  ],
  [
    'GEO and TZ belong to the address',
    ['ADR:;;x;;;;', 'GEO:geo:1,2', 'TZ;VALUE=utc-offset:-0500'],
    {
      addresses: [{ components: [{ kind: 'name', value: 'x' }], coordinates: 'geo:1,2', timeZone: 'Etc/GMT+5' }],
    },
  ],
  [
    'phones',
    ['TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+33-1-02', 'TEL;TYPE=cell,work,x-odd:06'],
    {
      phones: [
        { number: 'tel:+33-1-02', contexts: { private: true }, features: { voice: true }, pref: 1 },
        { number: '06', contexts: { work: true }, features: { mobile: true } },
      ],
    },
  ],
  [
    'labels by group',
    ['item1.EMAIL:a@demo.example', 'item1.X-ABLabel:Chalet'],
    { emails: [{ address: 'a@demo.example', label: 'Chalet' }] },
  ],
  [
    'a label that JSContact has no place for stays tied by its group',
    ['item1.ADR:;;x;;;;', 'item1.X-ABLabel:Chalet'],
    {
      addresses: [{ components: [{ kind: 'name', value: 'x' }], vCardParams: { group: 'item1' } }],
      vCardProps: [['x-ablabel', { group: 'item1' }, 'text', 'Chalet']],
    },
  ],
  [
    'organisations and units',
    ['ORG;SORT-AS="ABC,Sales":ABC\\, Inc.;Sales;', 'ORG:;Lonely unit'],
    {
      organizations: [
        { name: 'ABC, Inc.', units: [{ name: 'Sales', sortAs: 'Sales' }], sortAs: 'ABC' },
        { units: [{ name: 'Lonely unit' }] },
      ],
    },
  ],
  [
    'births, deaths and weddings',
    [
      'BDAY:--0415',
      'BIRTHPLACE:Lyon',
      'DEATHDATE:19960415',
      'DEATHPLACE;VALUE=uri:geo:1,2',
      'ANNIVERSARY:20090808T143000-0500',
    ],
    {
      anniversaries: [
        { kind: 'birth', date: { month: 4, day: 15 }, place: { full: 'Lyon' } },
        { kind: 'death', date: { year: 1996, month: 4, day: 15 }, place: { coordinates: 'geo:1,2' } },
        { kind: 'wedding', date: { '@type': 'Timestamp', utc: '2009-08-08T19:30:00Z' } },
      ],
    },
  ],
  [
    'dates without a place in JSContact',
    ['BDAY;VALUE=text:circa 1800', 'DEATHDATE:---15'],
    {
      vCardProps: [
        ['bday', {}, 'text', 'circa 1800'],
        ['deathdate', {}, 'unknown', '---15'],
      ],
    },
  ],
  [
    'relations and members',
    ['KIND:Group', 'RELATED;TYPE=friend,co-worker:urn:uuid:1', 'RELATED;VALUE=text:Ask\\, John', 'MEMBER:urn:uuid:2'],
    {
      kind: 'group',
      members: { 'urn:uuid:2': true },
      relatedTo: { 'urn:uuid:1': { relation: { friend: true, 'co-worker': true } }, 'Ask, John': { relation: {} } },
    },
  ],
  [
    'online services',
    [
      'IMPP;PREF=1:xmpp:a@demo.example',
      'SOCIALPROFILE;SERVICE-TYPE=Mastodon:https://demo.example/@a',
      'SOCIALPROFILE;VALUE=text;SERVICE-TYPE=Chat:ann',
    ],
    {
      onlineServices: [
        { uri: 'xmpp:a@demo.example', pref: 1, vCardName: 'impp' },
        { service: 'Mastodon', uri: 'https://demo.example/@a' },
        { service: 'Chat', user: 'ann' },
      ],
    },
  ],
  [
    'personal information',
    ['EXPERTISE;LEVEL=Beginner;INDEX=2:chess', 'HOBBY;LEVEL=HIGH:reading'],
    {
      personalInfo: [
        { kind: 'expertise', value: 'chess', level: 'low', listAs: 2 },
        { kind: 'hobby', value: 'reading', level: 'high' },
      ],
    },
  ],
  [
    'notes, keywords, pronouns',
    ['NOTE;CREATED=20221123T150132Z;AUTHOR-NAME="Jo":Hi\\, all', 'CATEGORIES:a,b\\,c', 'GRAMGENDER:NEUTER'],
    {
      notes: [{ note: 'Hi, all', created: '2022-11-23T15:01:32Z', author: { name: 'Jo' } }],
      keywords: { a: true, 'b,c': true },
      speakToAs: { grammaticalGender: 'neuter' },
    },
  ],
  [
    'resources',
    [
      'SOURCE:https://demo.example/1',
      'ORG-DIRECTORY;INDEX=1:https://demo.example/2',
      'CALURI;MEDIATYPE=text/calendar:https://demo.example/3',
      'FBURL:https://demo.example/4',
      'CONTACT-URI:mailto:a@demo.example',
      'LOGO:https://demo.example/5',
    ],
    {
      directories: [
        { kind: 'entry', uri: 'https://demo.example/1' },
        { kind: 'directory', uri: 'https://demo.example/2', listAs: 1 },
      ],
      calendars: [
        { kind: 'calendar', uri: 'https://demo.example/3', mediaType: 'text/calendar' },
        { kind: 'freeBusy', uri: 'https://demo.example/4' },
      ],
      links: [{ kind: 'contact', uri: 'mailto:a@demo.example' }],
      media: [{ kind: 'logo', uri: 'https://demo.example/5' }],
    },
  ],
  [
    'times and product',
    ['CREATED:19940930T143510Z', 'REV:1995-10-31T22:27:10Z', 'PRODID:-//Demo//1', 'LANGUAGE:de-AT'],
    {
      created: '1994-09-30T14:35:10Z',
      updated: '1995-10-31T22:27:10Z',
      prodId: '-//Demo//1',
      language: 'de-AT',
    },
  ],
  [
    'unknown properties and parameters',
    ['item2.X-FOO;X-BAR=Hello:World!', 'EMAIL;X-P=q;PID=1.1:a@demo.example', 'GENDER:O;it'],
    {
      emails: [{ address: 'a@demo.example', vCardParams: { 'x-p': 'q', pid: '1.1' } }],
      vCardProps: [
        ['x-foo', { 'x-bar': 'Hello', group: 'item2' }, 'unknown', 'World!'],
        ['gender', {}, 'text', ['O', 'it']],
      ],
    },
  ],
  [
    'languages',
    ['FN;LANGUAGE=en:Jane', 'TITLE;PROP-ID=t1;ALTID=1;LANGUAGE=en:Boss', 'TITLE;ALTID=1;LANGUAGE=fr:Patronne'],
    {
      language: 'en',
      name: { full: 'Jane' },
      titles: [{ kind: 'title', name: 'Boss' }],
      localizations: { fr: { 'titles/t1/name': 'Patronne' } },
    },
  ],
  [
    'sounds of a name',
    [
      'LANGUAGE:zh-Hant',
      'N;ALTID=1;LANGUAGE=zh-Hant:孫;中山;;;',
      'N;ALTID=1;PHONETIC=jyut;SCRIPT=Latn;LANGUAGE=yue:syun1;zung1saan1;;;',
    ],
    {
      language: 'zh-Hant',
      name: {
        components: [
          { kind: 'surname', value: '孫' },
          { kind: 'given', value: '中山' },
        ],
      },
      localizations: {
        yue: {
          'name/phoneticSystem': 'jyut',
          'name/phoneticScript': 'Latn',
          'name/components/0/phonetic': 'syun1',
          'name/components/1/phonetic': 'zung1saan1',
        },
      },
    },
  ],
  [
    'JSContact properties inside vCard',
    [
      'JSPROP;JSPTR="demo.example:foo":{"bar":1}',
      'TEL;PROP-ID=p1:1',
      'JSPROP;JSPTR="phones/p1/demo.example:a~1b":"c\\,d"',
    ],
    {
      'demo.example:foo': { bar: 1 },
      phones: [{ number: '1', 'demo.example:a/b': 'c,d' }],
    },
  ],
  [
    'empty values say nothing',
    ['FN:', 'N:;;;;', 'ADR;TYPE=home:;;;;;;', 'ORG:;', 'EMAIL:', 'CATEGORIES:', 'NOTE:', 'X-ABLabel:'],
    { vCardProps: [['x-ablabel', {}, 'text', '']] },
  ],
];

for (const [what, lines, expected] of conversions) {
  test(`4.0: ${what}`, () => assert.deepEqual(essence(read('4.0', ...lines)), expected));
}

test("an iPhone's 3.0 card reads as a right card", () => {
  const card = essence(
    read(
      '3.0',
      'N:Roy;Anna;;;',
      'FN:Anna Roy',
      'EMAIL;type=INTERNET;type=HOME;type=pref:a@demo.example',
      'item1.TEL:06',
      'item1.X-ABLabel:_$!<Other>!$_',
      'item2.ADR;type=WORK:;;1 rue A;Lyon;;69001;',
      'item2.X-ABADR:fr',
      'item3.X-ABDATE;type=pref:2009-08-08',
      'item3.X-ABLabel:_$!<Anniversary>!$_',
      'item4.X-ABRELATEDNAMES:Paul Roy',
      'item4.X-ABLabel:_$!<Spouse>!$_',
      'BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-03',
      'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ',
    ),
  );
  assert.deepEqual(card, {
    name: {
      components: [
        { kind: 'surname', value: 'Roy' },
        { kind: 'given', value: 'Anna' },
      ],
      full: 'Anna Roy',
    },
    emails: [{ address: 'a@demo.example', contexts: { private: true }, pref: 1 }],
    phones: [{ number: '06', label: '_$!<Other>!$_' }],
    addresses: [
      {
        components: [
          { kind: 'name', value: '1 rue A' },
          { kind: 'locality', value: 'Lyon' },
          { kind: 'postcode', value: '69001' },
        ],
        contexts: { work: true },
        countryCode: 'FR',
      },
    ],
    anniversaries: [
      { kind: 'wedding', date: { year: 2009, month: 8, day: 8 } },
      { kind: 'birth', date: { month: 2, day: 3 } },
    ],
    relatedTo: { 'Paul Roy': { relation: { spouse: true } } },
    media: [{ kind: 'photo', uri: 'data:image/jpeg;base64,/9j/4AAQ' }],
  });
});
