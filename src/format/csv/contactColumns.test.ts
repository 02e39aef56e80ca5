import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card } from '../jscontact/types.ts';
import { contactHeader, contactValues } from './contactColumns.ts';

function valuesOf(card: Partial<Card>): Record<string, string> {
  return Object.fromEntries(contactValues({ '@type': 'Card', version: '1.0', uid: 'x', ...card }));
}

test('a name is taken apart into the columns of the layout', () => {
  const components = [
    { kind: 'title', value: 'Dr' },
    { kind: 'given', value: 'Marie' },
    { kind: 'given2', value: 'Ève' },
    { kind: 'surname', value: 'García' },
    { kind: 'surname2', value: 'Lorca' },
    { kind: 'credential', value: 'PhD' },
  ];
  const expected = {
    namePrefix: 'Dr',
    firstName: 'Marie',
    middleName: 'Ève',
    lastName: 'García Lorca',
    nameSuffix: 'PhD',
  };
  assert.deepEqual(valuesOf({ name: { components, full: 'Dr Marie García Lorca' } }), expected);
});

test('a name without parts is the full name', () => {
  assert.deepEqual(valuesOf({ name: { full: 'Papeterie Dupont' } }), { fullName: 'Papeterie Dupont' });
});

test('e-mail addresses are numbered, the preferred one first', () => {
  const emails = {
    a: { address: 'a@x.example' },
    b: { address: 'b@x.example', pref: 1 },
    c: { address: 'c@x.example' },
  };
  assert.deepEqual(valuesOf({ emails }), { email: 'b@x.example', email2: 'a@x.example', email3: 'c@x.example' });
});

test('phones go to the column of their kind and place', () => {
  const phones = {
    a: { number: '1', features: { mobile: true }, contexts: { work: true } },
    b: { number: '2', contexts: { work: true } },
    c: { number: '3', contexts: { private: true } },
    d: { number: '4', features: { fax: true }, contexts: { work: true } },
    e: { number: 'tel:+33 5', features: { voice: true } },
    f: { number: '6', contexts: { work: true } },
  } as const;
  assert.deepEqual(valuesOf({ phones }), {
    mobilePhone: '1',
    workPhone: '2',
    homePhone: '3',
    workFax: '4',
    otherPhone: '+33 5',
    workPhone2: '6',
  });
});

test('an address fills street, city, postal code and country of its place', () => {
  const components = [
    { kind: 'name', value: 'rue des Lilas' },
    { kind: 'number', value: '12' },
    { kind: 'building', value: 'Bât. B' },
    { kind: 'postcode', value: '59300' },
    { kind: 'locality', value: 'Valenciennes' },
    { kind: 'country', value: 'France' },
  ];
  const expected = {
    workStreet: '12 rue des Lilas\nBât. B',
    workCity: 'Valenciennes',
    workPostalCode: '59300',
    workCountry: 'France',
  };
  assert.deepEqual(valuesOf({ addresses: { a: { components, contexts: { work: true } } } }), expected);
  assert.deepEqual(valuesOf({ addresses: { a: { full: 'Somewhere', countryCode: 'BE' } } }), {
    otherStreet: 'Somewhere',
    otherCountry: 'BE',
  });
});

test('the numbers of the parts of two addresses go together', () => {
  const at = (locality: string, region?: string) => ({
    components: [{ kind: 'locality', value: locality }, ...(region ? [{ kind: 'region', value: region }] : [])],
    contexts: { private: true as const },
  });
  assert.deepEqual(valuesOf({ addresses: { a: at('Lille'), b: at('Gand', 'Flandre') } }), {
    homeCity: 'Lille',
    homeCity2: 'Gand',
    homeState2: 'Flandre',
  });
});

test('dates are ISO, with or without the year', () => {
  const anniversaries = {
    a: { kind: 'birth', date: { year: 1985, month: 4, day: 12 } },
    b: { kind: 'wedding', date: { month: 6, day: 1 } },
  };
  assert.deepEqual(valuesOf({ anniversaries }), { birthday: '1985-04-12', anniversary: '--06-01' });
});

test('the header is the union of what is in use, in one order whatever came first', () => {
  const used = [
    'notes',
    'homeCity',
    'email2',
    'workStreet2',
    'lastName',
    'email',
    'workCity',
    'imAddress1',
    'firstName',
    'workStreet',
  ];
  const expected = [
    'firstName',
    'lastName',
    'email',
    'email2',
    'workStreet',
    'workCity',
    'workStreet2',
    'homeCity',
    'imAddress1',
    'notes',
  ];
  assert.deepEqual(contactHeader(new Set(used)), expected);
  assert.deepEqual(contactHeader(new Set(used.toReversed())), expected);
});

test('an empty folder has a header all the same', () => {
  assert.deepEqual(contactHeader(new Set()), [
    'firstName',
    'lastName',
    'company',
    'jobTitle',
    'email',
    'mobilePhone',
    'workPhone',
  ]);
});

test('one card with very many addresses does not make a table of as many columns', () => {
  const emails = Object.fromEntries(
    Array.from({ length: 5000 }, (_, index) => [`e${index}`, { address: `${index}@x.example` }]),
  );
  assert.equal(Object.keys(valuesOf({ emails })).length, 30);
});
