import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseVCard } from '../vcard/parse.ts';
import { serializeVCard } from '../vcard/serialize.ts';
import { fromVCard } from './fromVCard.ts';
import { toVCard } from './toVCard.ts';
import type { Card } from './types.ts';

const empty: Card = { '@type': 'Card', version: '1.0', uid: 'urn:uuid:4c1c7a1e-0000-4000-8000-000000000001' };
const text = (version: string, ...lines: readonly string[]): string =>
  ['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n');

/** The unfolded lines of a written card, without its frame. */
function linesOf(card: Card, base?: string): string[] {
  const written = serializeVCard(toVCard(card, base === undefined ? undefined : parseVCard(base)));
  return written.replaceAll('\r\n ', '').trim().split('\r\n').slice(2, -1);
}

test('FN is the full name', () => {
  assert.deepEqual(linesOf({ ...empty, name: { full: 'Ann Roy, Ing.' } }), [
    'UID:urn:uuid:4c1c7a1e-0000-4000-8000-000000000001',
    'FN:Ann Roy\\, Ing.',
  ]);
});

test('without a full name FN is derived, from the best there is', () => {
  const cases: [Partial<Card>, string][] = [
    [
      {
        name: {
          components: [
            { kind: 'surname', value: 'Roy' },
            { kind: 'given', value: 'Ann' },
          ],
        },
      },
      'Ann Roy',
    ],
    [
      {
        name: {
          isOrdered: true,
          defaultSeparator: ', ',
          components: [
            { kind: 'surname', value: 'Roy' },
            { kind: 'given', value: 'Ann' },
          ],
        },
      },
      'Roy\\, Ann',
    ],
    [{ organizations: { o: { name: 'Demo' } }, emails: { e: { address: 'a@demo.example' } } }, 'Demo'],
    [{ nicknames: { n: { name: 'Nono' } }, emails: { e: { address: 'a@demo.example' } } }, 'Nono'],
    [{ emails: { e: { address: 'a@demo.example' } }, phones: { p: { number: '1' } } }, 'a@demo.example'],
    [{ phones: { p: { number: '1' } } }, '1'],
    [{}, empty.uid],
  ];
  for (const [parts, name] of cases)
    assert.ok(linesOf({ ...empty, ...parts }).includes(`FN;DERIVED=TRUE:${name}`), name);
});

test('a full name that is set later replaces the derived one, and a derived one follows its sources', () => {
  const base = text('4.0', 'UID:u', 'FN;DERIVED=TRUE:Demo', 'ORG;PROP-ID=o:Demo');
  const card = fromVCard(parseVCard(base));
  assert.deepEqual(linesOf({ ...card, organizations: { o: { name: 'New' } } }, base), [
    'UID:u',
    'FN;DERIVED=TRUE:New',
    'ORG;PROP-ID=o:New',
  ]);
  assert.deepEqual(linesOf({ ...card, name: { full: 'Ann' } }, base), ['UID:u', 'ORG;PROP-ID=o:Demo', 'FN:Ann']);
});

test('order, separators and repeated parts of a name are written as RFC 9555 says', () => {
  const components = [
    { kind: 'given', value: 'John' },
    { kind: 'given2', value: 'Philip' },
    { kind: 'given2', value: 'Paul' },
    { kind: 'surname', value: 'Roy' },
    { kind: 'surname2', value: 'Gil' },
    { kind: 'generation', value: 'Jr.' },
  ];
  assert.ok(
    linesOf({ ...empty, name: { components, isOrdered: true } }).includes(
      'N;JSCOMPS=";1;2;2,1;0;5;6":Roy,Gil;John;Philip,Paul;;Jr.;Gil;Jr.',
    ),
  );
});

test('an address takes the new form only when it has newer parts', () => {
  const old = {
    components: [
      { kind: 'name', value: '1 rue A' },
      { kind: 'locality', value: 'Lyon' },
    ],
    countryCode: 'FR',
  };
  const recent = {
    components: [
      { kind: 'locality', value: 'Lyon' },
      { kind: 'number', value: '12' },
      { kind: 'name', value: 'rue A' },
    ],
  };
  assert.ok(linesOf({ ...empty, addresses: { a: old } }).includes('ADR;PROP-ID=a;CC=FR:;;1 rue A;Lyon;;;'));
  assert.ok(
    linesOf({ ...empty, addresses: { a: recent } }).includes('ADR;PROP-ID=a:;;12 rue A;Lyon;;;;;;;12;rue A;;;;;;'),
  );
});

test('a uid that is no URI says that it is text', () => {
  assert.ok(linesOf({ ...empty, uid: 'my, card' }).includes('UID;VALUE=text:my\\, card'));
});

test('what vCard has no word for goes into JSPROP', () => {
  const card = {
    ...empty,
    name: { full: 'Ann' },
    phones: { p: { number: '1', 'demo.example:a/b': 'c' } },
    'demo.example:top': [1, 2],
  } as Card;
  assert.deepEqual(linesOf(card).slice(2), [
    'TEL;PROP-ID=p:1',
    'JSPROP;JSPTR="phones/p/demo.example:a~1b":"c"',
    'JSPROP;JSPTR="demo.example:top":[1\\,2]',
  ]);
});

test('a title held at an organisation shares its group, a label hangs on a group of its own', () => {
  const card: Card = {
    ...empty,
    organizations: { o: { name: 'Demo' } },
    titles: { t: { kind: 'role', name: 'Lead', organizationId: 'o' } },
    emails: { e: { address: 'a@demo.example', label: 'Chalet' } },
  };
  assert.deepEqual(linesOf(card).slice(2), [
    'item1.ORG;PROP-ID=o:Demo',
    'item1.ROLE;PROP-ID=t:Lead',
    'item2.EMAIL;PROP-ID=e:a@demo.example',
    'item2.X-ABLabel:Chalet',
  ]);
});

test('other languages become alternatives', () => {
  const card: Card = {
    ...empty,
    titles: { t: { kind: 'title', name: 'Boss' } },
    localizations: { fr: { 'titles/t/name': 'Patronne' } },
  };
  assert.deepEqual(linesOf(card).slice(2), ['TITLE;PROP-ID=t;ALTID=1:Boss', 'TITLE;ALTID=1;LANGUAGE=fr:Patronne']);
});

const apple = text(
  '3.0',
  'PRODID:-//Apple Inc.//iOS//EN',
  'N:Roy;Anna;;;',
  'FN:Anna Roy',
  'item1.EMAIL;type=INTERNET;type=HOME;type=pref:a@demo.example',
  'item1.X-ABLabel:_$!<Other>!$_',
  'TEL;type=CELL;type=VOICE:06 12',
  'X-SOCIALPROFILE;type=x;x-user=ann:https://demo.example/ann',
  'item2.ADR;type=WORK:;;1 rue A;Lyon;;69001;',
  'item2.X-ABADR:fr',
  'NOTE:a note that',
  '  is folded',
  'BDAY;value=date:1980-01-02',
  'X-CUSTOM;X-P=1:kept',
  'UID:u',
);

test('writing back what was read changes nothing', () => {
  assert.equal(serializeVCard(toVCard(fromVCard(parseVCard(apple)), parseVCard(apple))), apple);
});

test('an edit rewrites its own line and no other', () => {
  const card = fromVCard(parseVCard(apple));
  const [key] = Object.keys(card.phones!);
  const edited: Card = { ...card, phones: { [key!]: { ...card.phones![key!]!, number: '07 99' } } };
  const merged = serializeVCard(toVCard(edited, parseVCard(apple)));
  const [before, after] = [apple.split('\r\n'), merged.split('\r\n')];
  assert.deepEqual(
    after.filter((line) => !before.includes(line)),
    [`TEL;PROP-ID=${key};TYPE=cell,voice:07 99`],
  );
  assert.equal(
    after.indexOf(`TEL;PROP-ID=${key};TYPE=cell,voice:07 99`),
    before.indexOf('TEL;type=CELL;type=VOICE:06 12'),
  );
  assert.equal(after.length, before.length);
  assert.deepEqual(fromVCard(parseVCard(merged)), edited);
});

test('group, label and foreign types stay on an edited line', () => {
  const card = fromVCard(parseVCard(apple));
  const [key] = Object.keys(card.emails!);
  const lines = linesOf({ ...card, emails: { [key!]: { ...card.emails![key!]!, address: 'b@demo.example' } } }, apple);
  assert.ok(lines.includes(`item1.EMAIL;PROP-ID=${key};TYPE=home;TYPE=pref:b@demo.example`), lines.join('\n'));
  assert.ok(lines.includes('item1.X-ABLabel:_$!<Other>!$_'));
  assert.ok(
    linesOf(
      {
        ...fromVCard(parseVCard(text('4.0', 'UID:u', 'TEL;PROP-ID=p;TYPE=x-boat,cell:1'))),
        phones: { p: { number: '2', features: { mobile: true } } },
      },
      text('4.0', 'UID:u', 'TEL;PROP-ID=p;TYPE=x-boat,cell:1'),
    ).includes('TEL;PROP-ID=p;TYPE=cell,x-boat:2'),
  );
});

test("a birthday without year is Apple's in a 3.0 card", () => {
  const card = fromVCard(parseVCard(apple));
  const [key] = Object.keys(card.anniversaries!);
  const lines = linesOf({ ...card, anniversaries: { [key!]: { kind: 'birth', date: { month: 1, day: 2 } } } }, apple);
  assert.ok(lines.includes(`BDAY;PROP-ID=${key};X-APPLE-OMIT-YEAR=1604:1604-01-02`), lines.join('\n'));
});

test('removing an entry removes its lines, the label too', () => {
  const { emails: _, ...card } = fromVCard(parseVCard(apple));
  const lines = linesOf(card, apple);
  assert.ok(!lines.some((line) => line.startsWith('item1.')));
  assert.equal(lines.length, 12 - 2 + 1);
});

test('one nickname of a line that has several can change', () => {
  const base = text('4.0', 'UID:u', 'FN:x', 'NICKNAME:Bob,Bobby', 'X-A:1');
  const card = fromVCard(parseVCard(base));
  const [first, second] = Object.keys(card.nicknames!);
  const edited: Card = { ...card, nicknames: { [first!]: { name: 'Rob' }, [second!]: { name: 'Bobby' } } };
  assert.deepEqual(fromVCard(toVCard(edited, parseVCard(base))), edited);
  assert.deepEqual(
    linesOf(edited, base).filter((line) => line.includes('NICKNAME')),
    [`NICKNAME;PROP-ID=${first}:Rob`, 'NICKNAME:Bobby'],
  );
});

test('an edited 2.1 card becomes 4.0', () => {
  const base = text('2.1', 'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Roy;L=C3=A9a', 'TEL;CELL:1');
  const card = { ...fromVCard(parseVCard(base)), notes: { n: { note: 'New' } } };
  const merged = toVCard(card, parseVCard(base));
  assert.equal(merged.version, '4.0');
  assert.deepEqual(fromVCard(parseVCard(serializeVCard(merged))), card);
});
