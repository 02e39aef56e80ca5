import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convertVCard } from '../vcard/convert.ts';
import { parseVCard } from '../vcard/parse.ts';
import { serializeVCard } from '../vcard/serialize.ts';
import { fromVCard } from './fromVCard.ts';
import { toVCard } from './toVCard.ts';

const versions = ['2.1', '3.0', '4.0'] as const;
type Version = (typeof versions)[number];

const runs = { numRuns: Number(process.env['RUNS'] ?? 150) };
const word = fc.stringMatching(/^[A-Za-zÀ-ÿ0-9 ]{1,12}$/u);
const name = fc.stringMatching(/^[A-Z][A-Z0-9-]{0,8}$/u);
const group = fc.option(fc.constantFrom('item1', 'item2', 'HOME'), { nil: undefined });

/** A line that says nothing to Coterie: another program's, or of a standard to come. */
const unknownLine = fc
  .record({ group, name, parameter: fc.option(fc.record({ name, value: word }), { nil: undefined }), value: word })
  .map(({ group: before, name: last, parameter, value }) => {
    const place = before === undefined ? '' : `${before}.`;
    const extra = parameter === undefined ? '' : `;X-${parameter.name}="${parameter.value}"`;
    return `${place}X-DEMO-${last}${extra}:${value}`;
  });

/** Lines that are known, as each version writes them. */
const known: Readonly<Record<Version, readonly string[]>> = {
  '2.1': [
    'TEL;CELL;VOICE:+33 6 12',
    'EMAIL;INTERNET:ann@demo.example',
    'ORG:Mairie;Voirie',
    'ADR;WORK:;;1 rue A;Lyon;;69001;FR',
  ],
  '3.0': [
    'TEL;TYPE=cell,voice:+33 6 12',
    'item7.EMAIL;TYPE=INTERNET:ann@demo.example',
    'item7.X-ABLabel:_$!<Other>!$_',
    'ORG:Mairie;Voirie',
    'BDAY:1990-04-01',
    'IMPP;X-SERVICE-TYPE=Jabber:xmpp:ann@demo.example',
    'NICKNAME:Nan,Annie',
  ],
  '4.0': [
    'TEL;PREF=1;TYPE=cell:+33 6 12',
    'EMAIL;PROP-ID=e1:ann@demo.example',
    'ANNIVERSARY:20200229',
    'RELATED;TYPE=friend:urn:uuid:1',
    'ALTID_IS_KEPT_AS_IT_IS;ALTID=1;LANGUAGE=fr:x',
    'LANG;PREF=1:fr',
    'GENDER:F',
  ],
};

function textOf(version: Version, lines: readonly string[]): string {
  return [
    'BEGIN:VCARD',
    `VERSION:${version}`,
    'UID:urn:x:ann',
    'N:Demo;Ann;;;',
    'FN:Ann Demo',
    ...lines,
    'END:VCARD',
    '',
  ].join('\r\n');
}

const linesOf = (text: string) => text.replaceAll('\r\n ', '').trim().split('\r\n');
/** What a line says: whether a value that needs none stands in quotes is nobody's concern. */
const meaning = (line: string) => line.toUpperCase().replaceAll('"', '');

/** A card without the keys of its maps, which are made of the lines that they come from. */
const withoutKeys = (card: object) =>
  Object.entries(card).map(([property, value]) => [
    property,
    typeof value === 'object' && property !== 'name' ? Object.values(value as object) : value,
  ]);

const isOther = (line: string) => line.includes('X-DEMO-');

for (const version of versions) {
  const lines = fc
    .tuple(fc.subarray([...known[version]]), fc.array(unknownLine, { maxLength: 6 }))
    .chain(([some, others]) => fc.shuffledSubarray([...some, ...others], { minLength: some.length + others.length }));

  test(`what a ${version} card has that is not understood stays as it is, in its order, when the card is edited`, () => {
    fc.assert(
      fc.property(lines, word, (all, note) => {
        const base = parseVCard(textOf(version, all));
        const before = fromVCard(base);
        const after = { ...before, notes: { n1: { note: `Met: ${note}` } } };
        const written = serializeVCard(toVCard(after, base));
        const expected = all.filter(isOther).map((line) => meaning(line));
        const kept = linesOf(written)
          .filter(isOther)
          .map((line) => meaning(line));
        assert.deepEqual(kept, expected);
        const { notes, ...rest } = fromVCard(parseVCard(written));
        const { notes: _none, ...same } = before;
        assert.deepEqual(rest, same, 'nothing else changed');
        assert.equal(Object.values(notes ?? {})[0]?.note, after.notes.n1.note);
      }),
      runs,
    );
  });

  test(`a ${version} card means the same after it went through another version and back`, () => {
    fc.assert(
      fc.property(lines, (all) => {
        const base = parseVCard(textOf(version, all));
        const contact = fromVCard(base);
        for (const through of ['3.0', '4.0'] as const) {
          const there = parseVCard(serializeVCard(convertVCard(base, through)));
          assert.deepEqual(linesOf(serializeVCard(there)).filter(isOther).length, all.filter(isOther).length);
          const back = parseVCard(serializeVCard(convertVCard(there, version === '3.0' ? '3.0' : '4.0')));
          assert.deepEqual(withoutKeys(fromVCard(back)), withoutKeys(contact), through);
        }
      }),
      runs,
    );
  });
}
