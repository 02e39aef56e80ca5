import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromVCard } from '../../../src/format/jscontact/fromVCard.ts';
import { toVCard } from '../../../src/format/jscontact/toVCard.ts';
import type { Card } from '../../../src/format/jscontact/types.ts';
import { validateCard } from '../../../src/format/jscontact/validate.ts';
import { parseVCard } from '../../../src/format/vcard/parse.ts';
import { serializeVCard } from '../../../src/format/vcard/serialize.ts';
import { type EntryFieldRow, ownFields, repeatedFields } from '../../fields.ts';
import { cleanedCard } from './card-check.ts';
import type { Draft } from './card-values.ts';
import {
  emptyEntry,
  entriesOf,
  freeKeyOf,
  labelOfEntry,
  textOfEntry,
  withText,
  writeEntryOf,
  writeLabelOf,
} from './entries.ts';
import { dateOfLine, type OwnLine, withDate } from './own-lines.ts';

const all: readonly EntryFieldRow[] = [...repeatedFields, ...ownFields];

/** As it comes back from the server, which keeps the text of a vCard. */
function stored(draft: Draft): Draft {
  const card = { '@type': 'Card', version: '1.0', uid: 'urn:x:1', ...draft } as Card;
  assert.deepEqual(validateCard(card), []);
  return fromVCard(parseVCard(serializeVCard(toVCard(card)))) as Draft;
}

function filled(field: EntryFieldRow): Draft['addresses'] | Readonly<Record<string, unknown>> {
  const empty = emptyEntry(field, 0);
  if (field.editor === 'address') return { ...empty, components: [{ kind: 'locality', value: 'Brest' }] };
  if (field.editor === 'date')
    return withDate(empty as unknown as OwnLine, { month: 2, day: 3 }) as unknown as Readonly<Record<string, unknown>>;
  return withText(field, empty, 'Un, deux; trois');
}

test('two entries of every field come back from the server with their labels, and go without a trace', () => {
  for (const field of all) {
    let card: Draft = {};
    for (const label of ['À moi', 'Autre, aussi']) {
      const key = freeKeyOf(card, field);
      card = writeEntryOf(card, field, key, filled(field) as Readonly<Record<string, unknown>>);
      const entry = entriesOf(card, field).find(([other]) => other === key)!;
      card = writeLabelOf(card, field, entry, label);
    }
    const back = stored(card);
    const entries = entriesOf(back, field);
    assert.deepEqual(
      entries.map(([key, entry]) => [labelOfEntry(back, field, key, entry), textOfEntry(field, entry)]),
      entriesOf(card, field).map(([key, entry]) => [labelOfEntry(card, field, key, entry), textOfEntry(field, entry)]),
      field.label,
    );
    assert.deepEqual(
      entries.map(([key, entry]) => labelOfEntry(back, field, key, entry)),
      ['À moi', 'Autre, aussi'],
      field.label,
    );
    const gone = entries.reduce((before, [key]) => writeEntryOf(before, field, key, undefined), back);
    assert.deepEqual(
      Object.keys(gone).filter((name) => !['@type', 'version', 'uid'].includes(name)),
      [],
      field.label,
    );
  }
});

test('a label that is taken away leaves the entry', () => {
  for (const field of all) {
    let card: Draft = writeEntryOf({}, field, 'k1', filled(field) as Readonly<Record<string, unknown>>);
    card = writeLabelOf(card, field, entriesOf(card, field)[0]!, 'À moi');
    card = writeLabelOf(card, field, entriesOf(card, field)[0]!, '');
    const [key, entry] = entriesOf(card, field)[0]!;
    assert.equal(labelOfEntry(card, field, key, entry), '', field.label);
    assert.ok(!JSON.stringify(card).includes('À moi'), field.label);
  }
});

test('rows that were left empty are not saved, other lines of vCard stay', () => {
  const pet = ['x-pet', {}, 'text', 'Minou'] as const;
  const empty = all.reduce<Draft>(
    (card, field) => writeEntryOf(card, field, freeKeyOf(card, field), emptyEntry(field, 0)),
    { vCardProps: [pet] },
  );
  assert.deepEqual(cleanedCard(empty), { vCardProps: [pet] });
});

test('dates of devices are read with and without their year, and written as they write them', () => {
  const line = (value: string, params = {}): OwnLine => ({ label: '', value, params });
  assert.deepEqual(dateOfLine(line('2001-02-03')), { year: 2001, month: 2, day: 3 });
  assert.deepEqual(dateOfLine(line('20010203')), { year: 2001, month: 2, day: 3 });
  assert.deepEqual(dateOfLine(line('--0203')), { month: 2, day: 3 });
  assert.deepEqual(dateOfLine(line('1604-02-03', { 'x-apple-omit-year': '1604' })), { month: 2, day: 3 });
  const yearless = withDate(line('2001-02-03', { type: 'pref' }), { month: 2, day: 3 });
  assert.deepEqual(yearless, line('1604-02-03', { type: 'pref', 'x-apple-omit-year': '1604' }));
  for (const part of [{ day: 4 }, { month: 3 }, { year: 1999 }, { year: 1999, day: 4 }]) {
    const { month, ...read } = dateOfLine(withDate(line(''), part));
    assert.deepEqual({ ...read, ...(month ? { month } : {}) }, part);
  }
  assert.deepEqual(withDate(yearless, { year: 1999, month: 12, day: 1 }), line('1999-12-01', { type: 'pref' }));
});

test('somebody at a service is an address or a name, never both', () => {
  const field = repeatedFields.find(({ property }) => property === 'onlineServices')!;
  const entry = { service: 'Mastodon', uri: 'https://social.example/@ada', label: 'Public' };
  assert.equal(textOfEntry(field, entry), 'https://social.example/@ada');
  assert.deepEqual(withText(field, entry, '@ada@social.example'), {
    service: 'Mastodon',
    label: 'Public',
    user: '@ada@social.example',
  });
  assert.deepEqual(withText(field, { user: 'x' }, 'xmpp:ada@demo.example'), { uri: 'xmpp:ada@demo.example' });
});
