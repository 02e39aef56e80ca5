import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arbitraryCard } from '../../../../test/fixtures/cards/arbitraryCard.ts';
import { toVCard } from '../../jscontact/toVCard.ts';
import { convertVCard } from '../convert.ts';
import { makeLine } from '../line.ts';
import { parseVCard } from '../parse.ts';
import { serializeVCard } from '../serialize.ts';
import type { VCard } from '../types.ts';
import { keepUnseen } from './keepUnseen.ts';
import { isNewParameter, isNewProperty } from './sameLine.ts';

const text = (version: string, lines: readonly string[]) =>
  ['BEGIN:VCARD', `VERSION:${version}`, 'UID:u1', ...lines, 'END:VCARD', ''].join('\r\n');
const card = (version: string, ...lines: readonly string[]) => parseVCard(text(version, lines));
const linesOf = (kept: VCard) =>
  serializeVCard(kept)
    .replaceAll(/\r\n[ \t]/gu, '')
    .trim()
    .split('\r\n')
    .slice(2, -1)
    .filter((line) => line !== 'UID:u1');

/** What is stored, what a program sends back in 3.0, and what is to be kept of both. */
const examples: readonly [what: string, stored: readonly string[], sent: readonly string[], kept: readonly string[]][] =
  [
    [
      'an added note takes nothing away',
      ['FN:Ada B', 'N:B;Ada;;;;Second;Jr.', 'TEL;VALUE=uri;PREF=2:tel:+331', 'GENDER:F'],
      ['FN:Ada B', 'N:B;Ada;;;', 'TEL;PREF=2:+331', 'GENDER:F', 'NOTE:x'],
      ['FN:Ada B', 'N:B;Ada;;;;Second;Jr.', 'TEL;VALUE=uri;PREF=2:tel:+331', 'GENDER:F', 'NOTE:x'],
    ],
    [
      'a telephone that knows no new words',
      [
        'FN:Ada',
        'N:;Ada;;;',
        'EMAIL;PROP-ID=e1;TYPE=work;PREF=1:a@demo.example',
        'PRONOUNS:elle',
        'LANG:fr',
        'JSPROP;JSPTR="x":1',
      ],
      ['FN:Ada', 'N:;Ada;;;', 'EMAIL;type=INTERNET;type=WORK;type=pref:a@demo.example', 'TEL:1'],
      [
        'FN:Ada',
        'N:;Ada;;;',
        'EMAIL;PROP-ID=e1;TYPE=work;PREF=1:a@demo.example',
        'PRONOUNS:elle',
        'LANG:fr',
        'JSPROP;JSPTR="x":1',
        'TEL:1',
      ],
    ],
    [
      'who knows some of the new words takes others away',
      ['FN:Ada', 'N:;Ada;;;;;III', 'PRONOUNS:elle', 'LANG:fr'],
      ['FN:Ada', 'N:;Ada;;;', 'LANG:fr'],
      ['FN:Ada', 'N:;Ada;;;;;III', 'LANG:fr'],
    ],
    [
      'what every program knows is taken away',
      ['FN:Ada', 'N:;Ada;;;;;III', 'EMAIL:a@demo.example', 'TEL;PREF=1:1', 'TEL;PREF=2:2'],
      ['FN:Ada', 'N:;Ada;;;', 'TEL:1'],
      ['FN:Ada', 'N:;Ada;;;;;III', 'TEL:1'],
    ],
    [
      'a changed value keeps what identifies it',
      ['FN:Ada', 'N:B;Ada;;;;Second;', 'TEL;PROP-ID=t1;ALTID=1;TYPE=cell:1', 'TEL;PROP-ID=t2;TYPE=home:2'],
      ['FN:Ada', 'N:B;Ada;;;', 'TEL;TYPE=CELL:9', 'TEL;TYPE=HOME:2'],
      ['FN:Ada', 'N:B;Ada;;;;Second;', 'TEL;TYPE=CELL;PROP-ID=t1;ALTID=1:9', 'TEL;PROP-ID=t2;TYPE=home:2'],
    ],
    [
      'parts of a name that 3.0 has no place for stay as long as the part that repeats them',
      ['FN:Ada', 'N:B Second;Ada;;;Jr.;Second;Jr.'],
      ['FN:Adèle', 'N:B Second;Adèle;;;'],
      ['FN:Adèle', 'N:B Second;Adèle;;;;Second;'],
    ],
    [
      'and of an address',
      [
        'FN:A',
        'ADR:;;1 rue A;Lyon;;69001;France;;;;;1;rue A;;;;;',
        'ADR;TYPE=home:;;2 rue B;Lyon;;69001;France;;;;;2;rue B;;;;;',
      ],
      ['FN:A', 'N:A;;;;', 'ADR:;;1 rue A;Lyon;;69002;France', 'ADR;TYPE=home:;;3 rue C;Lyon;;69001;France'],
      [
        'FN:A',
        'ADR:;;1 rue A;Lyon;;69002;France;;;;;1;rue A;;;;;',
        'ADR;TYPE=home:;;3 rue C;Lyon;;69001;France',
        'N:A;;;;',
      ],
    ],
    [
      'a name made up for 3.0 is none',
      ['FN:Démo SARL', 'KIND:location'],
      ['N;DERIVED=TRUE:;Démo SARL;;;', 'FN:Démo SARL', 'NOTE:x'],
      ['FN:Démo SARL', 'KIND:location', 'NOTE:x'],
    ],
    [
      'how a name sounds where 3.0 cannot say it',
      ['FN:孫', 'N;ALTID=1;LANGUAGE=zh-Hant:孫;中山;;;', 'N;ALTID=1;PHONETIC=jyut;SCRIPT=Latn:syun1;zung1saan1;;;'],
      ['FN:孫', 'N;ALTID=1;LANGUAGE=zh-Hant:孫;中山;;;', 'NOTE:x'],
      [
        'FN:孫',
        'N;ALTID=1;LANGUAGE=zh-Hant:孫;中山;;;',
        'N;ALTID=1;PHONETIC=jyut;SCRIPT=Latn:syun1;zung1saan1;;;',
        'NOTE:x',
      ],
    ],
    [
      'groups that the program numbers anew',
      ['FN:A', 'item1.TEL;PREF=3:1', 'item1.X-ABLabel:Bureau', 'item2.GENDER:F'],
      [
        'FN:A',
        'N:A;;;;',
        'item1.EMAIL:a@demo.example',
        'item1.X-ABLabel:Perso',
        'item2.TEL:1',
        'item2.X-ABLabel:Bureau',
      ],
      [
        'FN:A',
        'item2.TEL;PREF=3:1',
        'item2.X-ABLabel:Bureau',
        'kept1.GENDER:F',
        'N:A;;;;',
        'item1.EMAIL:a@demo.example',
        'item1.X-ABLabel:Perso',
      ],
    ],
  ];

for (const [what, stored, sent, kept] of examples) {
  test(`a 3.0 program writes a 4.0 card back: ${what}`, () => {
    assert.deepEqual(linesOf(keepUnseen(card('4.0', ...stored), card('3.0', ...sent))), kept);
  });
}

test('what says everything is kept as it was sent; so is what has the version of the record', () => {
  const sent = card('3.0', 'FN:Ada', 'N:;Ada;;;', 'TEL:2');
  assert.equal(keepUnseen(card('4.0', 'FN:Ada', 'N:;Ada;;;', 'TEL:1'), sent), sent);
  assert.equal(keepUnseen(card('3.0', 'FN:Ada', 'N:;Ada;;;;x', 'GENDER:F'), sent), sent);
});

const stored = arbitraryCard.map((one) => parseVCard(serializeVCard(toVCard(one))));
const withNote = (shown: VCard): VCard => ({ ...shown, lines: [...shown.lines, makeLine('X-TEST', 'added')] });
const sorted = (lines: readonly string[]) => lines.toSorted();

test('whatever a card of 4.0 holds, a 3.0 program that adds a line takes nothing away', () => {
  fc.assert(
    fc.property(stored, (before) => {
      const sent = parseVCard(serializeVCard(withNote(convertVCard(before, '3.0'))));
      const kept = keepUnseen(before, sent);
      // Where nothing was hidden, what was sent is kept, and says the same.
      const lines = kept === sent ? linesOf(convertVCard(sent, '4.0')) : linesOf(kept);
      const expected =
        kept === sent
          ? linesOf(convertVCard(withNote(convertVCard(before, '3.0')), '4.0'))
          : [...linesOf(before), 'X-TEST:added'];
      assert.deepEqual(sorted(lines), sorted(expected));
    }),
    { numRuns: 100 },
  );
});

test('nor does one that knows no new words', () => {
  fc.assert(
    fc.property(stored, (before) => {
      const shown = convertVCard(before, '3.0');
      const lines = shown.lines
        .filter((line) => !isNewProperty(line))
        .map((line) => ({ ...line, params: line.params.filter((param) => !isNewParameter(param)) }));
      const kept = keepUnseen(before, parseVCard(serializeVCard(withNote({ ...shown, lines }))));
      if (kept.version === '3.0') return;
      const missing = linesOf(before).filter((line) => !linesOf(kept).includes(line));
      assert.deepEqual(missing, []);
    }),
    { numRuns: 100 },
  );
});

test('a card as large as any may be takes no time that grows with its square', () => {
  const many = (count: number) => {
    const numbers = Array.from({ length: count }, (_, at) => `i${at}.TEL;PREF=2;PROP-ID=t:1`);
    return card('4.0', 'FN:A', 'N:A;;;;;;', ...numbers);
  };
  const cost = (count: number) => {
    const before = many(count);
    const sent = parseVCard(serializeVCard(withNote(convertVCard(before, '3.0'))));
    const started = process.cpuUsage();
    assert.ok(keepUnseen(before, sent).lines.length > count);
    const { user, system } = process.cpuUsage(started);
    return user + system;
  };
  const least = (count: number) => Math.min(cost(count), cost(count), cost(count));
  cost(100);
  assert.ok(least(8000) < 40 * least(800), 'ten times as much takes about ten times as long');
});
