// The figures of RFC 9555 §2.3.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromVCard } from '../../../src/format/jscontact/fromVCard.ts';
import { toVCard } from '../../../src/format/jscontact/toVCard.ts';
import { serializeVCard } from '../../../src/format/vcard/serialize.ts';
import { readLines, testBothWays, testReading, testWriting, wholeCard } from '../../kit/cardExample.ts';

// Keeping a group is allowed, not required: where nothing else is in it, the group is no part of the Card.
testReading('Figure 1, group of a property', ['item1.TEL;VALUE=uri:tel:+1-555-555-5555'], {
  phones: { p1: { number: 'tel:+1-555-555-5555' } },
});

testWriting(
  'Figure 1, group in vCardParams',
  { phones: { p1: { number: 'tel:+1-555-555-5555', vCardParams: { group: 'item1' } } } },
  // The group of the line would do; the JSPROP says that the Card itself names it.
  ['item1.TEL;VALUE=uri:tel:+1-555-555-5555', 'JSPROP;JSPTR="phones/p1/vCardParams":{"group":"item1"}'],
);

testBothWays('Figure 2, group in vCardProps', {
  vcard: ['item2.X-FOO:bar'],
  card: { vCardProps: [['x-foo', { group: 'item2' }, 'unknown', 'bar']] },
});

test('Figure 1, the group of a line stays when the card is edited', () => {
  const base = readLines(['UID:a', 'item1.TEL;VALUE=uri:tel:+1-555-555-5555']);
  const card = fromVCard(base);
  const edited = serializeVCard(toVCard({ ...card, notes: { n: { note: 'New' } } }, base));
  assert.match(edited, /^item1\.TEL;VALUE=uri:tel:\+1-555-555-5555\r$/m);
});

testBothWays('Figure 3, one dominant language', {
  vcard: ['FN;LANGUAGE=EN:John Doe', 'TITLE;ALTID=1;LANGUAGE=EN:Boss', 'TITLE;ALTID=1;LANGUAGE=fr:Patron'],
  card: {
    language: 'en',
    name: { full: 'John Doe' },
    titles: { t1: { kind: 'title', name: 'Boss' } },
    localizations: { fr: { 'titles/t1/name': 'Patron' } },
  },
  // Language tags are compared without case, and kept as they were written.
  read: {
    language: 'EN',
    name: { full: 'John Doe' },
    titles: { t1: { kind: 'title', name: 'Boss' } },
    localizations: { fr: { 'titles/t1/name': 'Patron' } },
  },
  // RFC 9554 §3.3: the LANGUAGE property says it once for the whole card.
  written: ['LANGUAGE:en', 'FN:John Doe', 'TITLE;ALTID=1:Boss', 'TITLE;ALTID=1;LANGUAGE=fr:Patron'],
});

testBothWays('Figure 4, a property without language', {
  vcard: ['FN:John Doe', 'TITLE;ALTID=1:Boss', 'TITLE;ALTID=1;LANGUAGE=fr:Patron'],
  card: {
    name: { full: 'John Doe' },
    titles: { t1: { kind: 'title', name: 'Boss' } },
    localizations: { fr: { 'titles/t1/name': 'Patron' } },
  },
});

// The figure has LANGUAGE=zh-Hant for the property: a slip.
testBothWays('Figure 5, PHONETIC', {
  vcard: [
    'LANGUAGE:zh-Hant',
    'N;ALTID=1;LANGUAGE=zh-Hant:孫;中山;文,逸仙;;',
    'N;ALTID=1;PHONETIC=jyut;SCRIPT=Latn;LANGUAGE=yue:syun1;zung1saan1;man4,jat6sin1;;',
  ],
  card: {
    language: 'zh-Hant',
    name: {
      components: [
        { kind: 'surname', value: '孫' },
        { kind: 'given', value: '中山' },
        { kind: 'given2', value: '文' },
        { kind: 'given2', value: '逸仙' },
      ],
    },
    localizations: {
      yue: {
        'name/phoneticSystem': 'jyut',
        'name/phoneticScript': 'Latn',
        'name/components/0/phonetic': 'syun1',
        'name/components/1/phonetic': 'zung1saan1',
        'name/components/2/phonetic': 'man4',
        'name/components/3/phonetic': 'jat6sin1',
      },
    },
  },
  written: [
    'LANGUAGE:zh-Hant',
    'N:孫;中山;文,逸仙;;',
    'N;PHONETIC=jyut;SCRIPT=Latn;LANGUAGE=yue:syun1;zung1saan1;man4,jat6sin1;;',
  ],
});

testBothWays('Figure 6, PROP-ID', {
  vcard: [
    'TEL;PROP-ID=PHONE-A;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1-555-555-5555;ext=5555',
    'TEL;PROP-ID=PHONE-B;VALUE=uri;TYPE=home:tel:+33-01-23-45-67',
  ],
  card: {
    phones: {
      'PHONE-A': {
        contexts: { private: true },
        features: { voice: true },
        number: 'tel:+1-555-555-5555;ext=5555',
        pref: 1,
      },
      'PHONE-B': { contexts: { private: true }, number: 'tel:+33-01-23-45-67' },
    },
  },
});

test('Figure 6, PROP-ID is the key, both ways', () => {
  const lines = ['TEL;PROP-ID=PHONE-B;VALUE=uri;TYPE=home:tel:+33-01-23-45-67'];
  assert.deepEqual(Object.keys(fromVCard(readLines(lines)).phones ?? {}), ['PHONE-B']);
  const card = wholeCard({ phones: { 'PHONE-B': { number: 'tel:+33-01-23-45-67' } } });
  assert.match(serializeVCard(toVCard(card)), /^TEL;PROP-ID=PHONE-B;/m);
});
