import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Phone } from '../../../src/format/jscontact/types.ts';
import { validateCard } from '../../../src/format/jscontact/validate.ts';
import { addressLines, fullNameField, phoneKinds, repeatedFields, textFields } from '../../fields.ts';
import {
  addressText,
  contextOf,
  type Draft,
  isRealDate,
  type PhoneKind,
  phoneKindOf,
  readAddressLine,
  readText,
  withContext,
  withPhoneKind,
  writeAddressLine,
  writeDate,
  writeEntry,
  writeText,
} from './card-values.ts';

const field = (label: string) => textFields.find((row) => row.label === label)!.path;
const valid = (draft: Draft) => validateCard({ '@type': 'Card', version: '1.0', uid: 'urn:uuid:1', ...draft });

test('every text field reads what it wrote, and an emptied one leaves no trace', () => {
  for (const row of [...textFields, fullNameField]) {
    const needed = row.needs ? writeText({}, field(row.needs), 'Nom') : {};
    const card = writeText(needed, row.path, 'Texte');
    assert.equal(readText(card, row.path), 'Texte', row.label);
    assert.deepEqual(valid(card), [], row.label);
    assert.deepEqual(writeText(card, row.path, ''), needed, row.label);
  }
});

test('the full name follows its parts, in the order in which a name is said', () => {
  let card = writeText({}, field('surname'), 'Démo');
  card = writeText(card, field('given'), 'Ada');
  assert.deepEqual(card.name, {
    components: [
      { kind: 'given', value: 'Ada' },
      { kind: 'surname', value: 'Démo' },
    ],
    full: 'Ada Démo',
  });
});

test('a changed part keeps the separators of an ordered name, a new part gives them up', () => {
  const components = [
    { kind: 'surname', value: 'Démo' },
    { kind: 'separator', value: ', ' },
    { kind: 'given', value: 'Ada' },
  ];
  const card: Draft = { name: { components, isOrdered: true, full: 'Démo, Ada' } };
  assert.equal(writeText(card, field('given'), 'Aïda').name?.full, 'Démo, Aïda');
  const longer = writeText(card, field('title'), 'Dr').name;
  assert.equal(longer?.isOrdered, undefined);
  assert.equal(longer?.full, 'Dr Ada Démo');
});

test('a department without its company stays, and the second department too', () => {
  const card: Draft = {
    organizations: { o1: { name: 'Université', units: [{ name: 'Communication' }, { name: 'Presse' }] } },
  };
  assert.deepEqual(writeText(card, field('company'), '').organizations, {
    o1: { units: [{ name: 'Communication' }, { name: 'Presse' }] },
  });
  assert.deepEqual(writeText(card, field('department'), 'Édition').organizations?.['o1']?.units, [
    { name: 'Édition' },
    { name: 'Presse' },
  ]);
});

test('the job title is not the role', () => {
  const card: Draft = { titles: { r: { name: 'Trésorière', kind: 'role' } } };
  assert.equal(readText(card, field('jobTitle')), '');
  assert.deepEqual(writeText(card, field('jobTitle'), 'Chargée').titles, {
    r: { name: 'Trésorière', kind: 'role' },
    t1: { name: 'Chargée' },
  });
});

test('every kind of phone is read back as it was chosen', () => {
  for (const kind of Object.keys(phoneKinds) as PhoneKind[])
    assert.equal(phoneKindOf(withPhoneKind({ number: '1' }, kind)), kind);
});

test('a phone keeps features and contexts that the form does not know', () => {
  const phone: Phone = {
    number: '1',
    features: { mobile: true, text: true },
    contexts: { work: true, 'example.com:desk': true },
  };
  assert.deepEqual(withPhoneKind(phone, 'private'), {
    number: '1',
    features: { text: true },
    contexts: { 'example.com:desk': true, private: true },
  });
  assert.equal(contextOf(withContext(phone, 'other')), 'other');
});

test('an address shows its number before its street and is edited line by line', () => {
  const address = {
    components: [
      { kind: 'name', value: 'rue des Essais' },
      { kind: 'number', value: '12' },
      { kind: 'locality', value: 'Lille' },
      { kind: 'postcode', value: '59000' },
    ],
    full: 'old',
    coordinates: 'geo:50,3',
  };
  assert.deepEqual(addressText(address), ['12 rue des Essais', '59000 Lille']);
  const [street, postcode] = addressLines;
  const moved = writeAddressLine(address, street, '3 place Neuve')!;
  assert.equal(readAddressLine(moved, street), '3 place Neuve');
  assert.equal(readAddressLine(moved, postcode), '59000');
  assert.equal(moved.full, undefined);
  assert.equal(moved.coordinates, 'geo:50,3');
  assert.deepEqual(valid({ addresses: { a1: moved } }), []);
});

test('an address without any line is gone', () => {
  const [street] = addressLines;
  assert.equal(writeAddressLine({ components: [{ kind: 'name', value: 'x' }] }, street, ''), undefined);
});

test('removing the last entry removes its property', () => {
  assert.deepEqual(writeEntry({ emails: { e1: { address: 'a@demo.example' } } }, 'emails', 'e1', undefined), {});
  assert.equal(
    repeatedFields.every((row) => row.prefix.length === 1),
    true,
  );
});

test('a birthday may lack its year, and must exist', () => {
  const card = writeDate({}, 'birth', { month: 2, day: 29 });
  assert.deepEqual(card.anniversaries, { b1: { kind: 'birth', date: { month: 2, day: 29 } } });
  assert.deepEqual(valid(card), []);
  assert.equal(isRealDate({ month: 2, day: 29 }), true);
  assert.equal(isRealDate({ year: 2025, month: 2, day: 29 }), false);
  assert.equal(isRealDate({ month: 4, day: 31 }), false);
  assert.equal(isRealDate({ day: 3 }), false);
  assert.deepEqual(writeDate(card, 'birth', undefined), {});
});
