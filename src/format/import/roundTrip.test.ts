import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { contactValues } from '../csv/contactColumns.ts';
import { contactTable, writtenLayouts } from '../csv/layouts/contactTable.ts';
import type { WrittenLayout } from '../csv/layouts/contactTable.ts';
import { byteOrderMark, csvRecord } from '../csv/writeCsv.ts';
import type { Card } from '../jscontact/types.ts';
import { ldifStart, writeLdifEntry } from '../ldif/writeLdif.ts';
import { cellReader } from './cardFromFields.ts';
import { fileEntries, openFile } from './readFile.ts';

const word = fc
  .array(fc.constantFrom('é', 'Ł', 'œ', 'a', 'B', ' ', ';', ',', '"', "'", '-', '=', '+', '@', '/', '你', '😀'), {
    minLength: 1,
    maxLength: 12,
  })
  .map((letters) => letters.join('').trim())
  .filter((text) => /[\p{L}\p{N}]/u.test(text) && !text.startsWith("'"));
const number = fc
  .array(fc.constantFrom(...'0123456789 '), { minLength: 8, maxLength: 14 })
  .map((x) => `+33${x.join('')}0`);
const date = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2020-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const uri = fc.constantFrom('https://a.demo.example/x?y=1', 'http://b.demo.example');

/** What every layout can say. */
const common = {
  firstName: word,
  lastName: word,
  company: word,
  jobTitle: word,
  email: fc.constantFrom('a@demo.example', 'élodie@demo.example'),
  mobilePhone: number,
  workPhone: number,
  homePhone: number,
  workFax: number,
  pager: number,
  homeStreet: word,
  homeCity: word,
  homePostalCode: fc.constant('59000'),
  homeCountry: word,
  workStreet: word,
  workCity: word,
  birthday: date,
  workURL: uri,
  notes: fc.tuple(word, word).map((lines) => lines.join('\n')),
};

const fields = fc.record(common, { requiredKeys: ['firstName', 'lastName', 'email'] });

function cardOf(values: Readonly<Record<string, string>>): Card {
  const names = Object.keys(values);
  const { card } = cellReader({ headings: names, fields: names, dates: 'dmy' })(Object.values(values));
  return { '@type': 'Card', version: '1.0', uid: 'urn:uuid:1', ...card } as Card;
}

function csvOf(cards: readonly Card[], layout: WrittenLayout, language: 'fr' | 'en'): string {
  const table = contactTable(layout, language);
  const used = new Set(cards.flatMap((card) => [...table.values(card).keys()]));
  const columns = table.columns(used);
  const rows = cards.map((card) => {
    const values = table.values(card);
    return csvRecord(
      columns.map(({ key }) => values.get(key) ?? ''),
      ';',
    );
  });
  return `${byteOrderMark}${csvRecord(
    columns.map(({ heading }) => heading),
    ';',
  )}${rows.join('')}`;
}

function readBack(text: string): Record<string, string>[] {
  const file = openFile(Buffer.from(text));
  assert.ok('text' in file);
  return [...fileEntries(file, () => 'urn:uuid:2')].map((entry) => {
    assert.ok('card' in entry && entry.card, JSON.stringify(entry));
    return Object.fromEntries(contactValues(entry.card as Card));
  });
}

const normal = (card: Card) => Object.fromEntries(contactValues(card));

for (const layout of writtenLayouts) {
  for (const language of ['fr', 'en'] as const) {
    test(`what is exported as ${layout} (${language}) is recognised and comes back the same`, () => {
      fc.assert(
        fc.property(fc.array(fields, { minLength: 1, maxLength: 4 }), (rows) => {
          const cards = rows.map((row) => cardOf(row as Record<string, string>));
          assert.deepEqual(readBack(csvOf(cards, layout, language)), cards.map(normal));
        }),
        { numRuns: 60 },
      );
    });
  }
}

test('what is exported as LDIF comes back the same', () => {
  fc.assert(
    fc.property(fc.array(fields, { minLength: 1, maxLength: 4 }), (rows) => {
      const cards = rows.map((row) => cardOf(row as Record<string, string>));
      assert.deepEqual(readBack(ldifStart + cards.map(writeLdifEntry).join('')), cards.map(normal));
    }),
    { numRuns: 100 },
  );
});
