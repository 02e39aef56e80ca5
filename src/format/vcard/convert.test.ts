import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertVCard } from './convert.ts';
import { parseVCard } from './parse.ts';
import { serializeVCard } from './serialize.ts';

function convert(from: string, to: '3.0' | '4.0', ...lines: readonly string[]): string[] {
  const text = ['BEGIN:VCARD', `VERSION:${from}`, ...lines, 'END:VCARD', ''].join('\r\n');
  return serializeVCard(convertVCard(parseVCard(text), to))
    .replaceAll('\r\n ', '')
    .trim()
    .split('\r\n')
    .slice(1, -1);
}

/** What 3.0 and 4.0 write differently: RFC 6350 against RFC 2426. */
const pairs: readonly [what: string, v3: readonly string[], v4: readonly string[]][] = [
  ['preference', ['EMAIL;TYPE=work,pref:a@demo.example'], ['EMAIL;TYPE=work;PREF=1:a@demo.example']],
  ['photos', ['PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgo='], ['PHOTO:data:image/png;base64,iVBORw0KGgo=']],
  [
    'photo addresses',
    ['PHOTO;VALUE=uri;TYPE=GIF:https://demo.example/a'],
    ['PHOTO;MEDIATYPE=image/gif:https://demo.example/a'],
  ],
  [
    'address labels',
    ['ADR;TYPE=home:;;1 rue A;Lyon;;69001;France', 'LABEL;TYPE=home:1 rue A\\nLyon'],
    ['ADR;TYPE=home;LABEL=1 rue A^nLyon:;;1 rue A;Lyon;;69001;France'],
  ],
  ['sorting', ["N:d'Arc;Jeanne;;;", 'SORT-STRING:Arc'], ["N;SORT-AS=Arc:d'Arc;Jeanne;;;"]],
  [
    'groups',
    ['X-ADDRESSBOOKSERVER-KIND:group', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1'],
    ['KIND:group', 'MEMBER:urn:uuid:1'],
  ],
  ['birthdays without year', ['BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15'], ['BDAY:--0415']],
  ['places', ['GEO:48.85;2.35'], ['GEO:geo:48.85,2.35']],
  ['time zones', ['TZ:-05:00'], ['TZ;VALUE=utc-offset:-0500']],
  ["Apple's countries", ['item1.ADR:;;1 High St;;;;', 'item1.X-ABADR:gb'], ['item1.ADR;CC=GB:;;1 High St;;;;']],
  ['chat services', ['IMPP;X-SERVICE-TYPE=Skype:skype:a'], ['IMPP;SERVICE-TYPE=Skype:skype:a']],
];

test('each difference of the versions goes both ways', () => {
  const withoutNames = (lines: readonly string[]) =>
    lines.filter((line) => !/^(VERSION|FN|N;DERIVED)/.test(line)).toSorted();
  for (const [what, v3, v4] of pairs) {
    assert.deepEqual(withoutNames(convert('3.0', '4.0', 'FN:x', ...v3)), v4.toSorted(), `${what} to 4.0`);
    assert.deepEqual(
      withoutNames(convert('4.0', '3.0', 'FN:x', ...v4)),
      v3.map((line) => line.replace('work,pref', 'work;TYPE=pref')).toSorted(),
      `${what} to 3.0`,
    );
  }
});

test('a 3.0 card always has FN and N', () => {
  assert.deepEqual(convert('4.0', '3.0', 'FN:Ada, Countess'), [
    'VERSION:3.0',
    'N;DERIVED=TRUE:;Ada\\, Countess;;;',
    'FN:Ada, Countess',
  ]);
  assert.ok(convert('4.0', '3.0', 'N:Doe;Jane;;;').includes('FN;DERIVED=TRUE:Jane Doe'));
});

test('a name that was made up for 3.0 does not come back', () => {
  assert.deepEqual(convert('3.0', '4.0', 'FN:Ada', 'N;DERIVED=TRUE:;Ada;;;'), ['VERSION:4.0', 'FN:Ada']);
});

test('2.1 becomes 4.0: charsets, quoted-printable, bare types, commas that are commas', () => {
  const lines = convert(
    '2.1',
    '4.0',
    'N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:L=F3pez;Jos=E9',
    'ADR;HOME:;;1 High St, Flat 2;Leeds',
    'TEL;CELL;PREF:1',
    'NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab',
  );
  assert.deepEqual(lines, [
    'VERSION:4.0',
    'FN;DERIVED=TRUE:José López',
    'N:López;José',
    'ADR;TYPE=HOME:;;1 High St\\, Flat 2;Leeds',
    'TEL;TYPE=CELL;PREF=1:1',
    'NOTE:a\\nb',
  ]);
});

test('a card that has the version already is the same card', () => {
  const card = parseVCard('BEGIN:VCARD\r\nVERSION:4.0\r\nFN:x\r\nEND:VCARD\r\n');
  assert.equal(convertVCard(card, '4.0'), card);
});
