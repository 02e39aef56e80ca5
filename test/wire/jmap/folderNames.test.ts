import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { create, folder, get, refusal, update } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';
import type { Person, Result } from '../../kit/person.ts';

let app: TestApp;
before(async () => {
  app = await createTestApp();
});
after(() => app.close());

const refuseNew = (person: Person, value: object): Promise<Result> =>
  refusal(person, 'AddressBook/set', { create: { new: value } });

const badNames: readonly [what: string, name: unknown, reason: string | undefined][] = [
  ['an empty name', '', 'nameEmpty'],
  ['no name', undefined, 'nameEmpty'],
  ['a name of spaces', ' \u00a0 ', 'nameEmpty'],
  ['a slash', 'Presse/Radio', 'nameInvalid'],
  ['a colon', 'Presse: Radio', 'nameInvalid'],
  ['a quotation mark', 'La "Presse"', 'nameInvalid'],
  ['a tab', 'Presse\tRadio', 'nameInvalid'],
  ['a line end', 'Presse\nRadio', 'nameInvalid'],
  ['a delete character', 'Presse\u007f', 'nameInvalid'],
  ['a noncharacter', 'Presse\ufffe', 'nameInvalid'],
  ['one dot', '.', 'nameInvalid'],
  ['two dots', '..', 'nameInvalid'],
  ['129 characters', 'x'.repeat(129), 'nameTooLong'],
  ['more than 255 octets', '語'.repeat(100), 'nameTooLong'],
  ['the name of the default folder', 'contacts', 'nameReserved'],
  ['the name of the trash', 'Corbeille', 'nameReserved'],
  ['the name of a system folder in the other language', 'EMAILED CONTACTS', 'nameReserved'],
  ['a number', 7, undefined],
];

for (const [what, name, reason] of badNames) {
  test(`a folder cannot be called: ${what}`, async () => {
    const error = await refuseNew(app.ada, name === undefined ? {} : { name });
    assert.equal(error['type'], 'invalidProperties');
    assert.deepEqual(error['properties'], ['name']);
    assert.equal(error['reason'], reason);
  });
}

test('what other programs forbid is allowed: quotes, stars, backslashes, leading spaces, 128 characters, emoji', async () => {
  for (const name of ["L'équipe", 'a*b', String.raw`a\b`, 'a|b', '  en retrait', 'y'.repeat(128), 'Fête 🎉', '...']) {
    const id = await folder(app.ada, name);
    assert.equal((await get(app.ada, 'AddressBook', id))!['name'], name);
  }
});

test('spaces at the end are cut off, and the server says so', async () => {
  const { created } = await app.ada.call('AddressBook/set', { create: { new: { name: 'Mairies   ' } } });
  assert.equal(created!['new']!['name'], 'Mairies');
});

test('names differ by more than case, accents in another form, or spaces at the end; a free one is proposed', async () => {
  await folder(app.ben, 'Équipe');
  for (const name of ['Équipe', 'équipe', 'ÉQUIPE', 'E\u0301quipe', 'Équipe  ']) {
    const error = await refuseNew(app.ben, { name });
    assert.equal(error['reason'], 'nameTaken', name);
    const proposed: string = error['proposedName']!;
    assert.match(proposed, / \(2\)$/u);
    assert.equal(await get(app.ben, 'AddressBook', 'fnone'), undefined);
  }
  await folder(app.ben, ' Équipe');
  await folder(app.ben, 'Equipe');
});

test('the proposed name of a long one is no longer than a name may be', async () => {
  const name = 'z'.repeat(128);
  await folder(app.ben, name);
  const proposed: string = (await refuseNew(app.ben, { name }))['proposedName']!;
  assert.ok(proposed.length <= 128);
  await folder(app.ben, proposed);
});

test('each parent has names of its own, and reserved words are free below the top', async () => {
  const parentId = await folder(app.chloe, 'Presse');
  await folder(app.chloe, 'Presse', { parentId });
  await folder(app.chloe, 'Corbeille', { parentId });
  assert.equal((await refuseNew(app.chloe, { name: 'PRESSE', parentId }))['reason'], 'nameTaken');
});

test('a folder may change the case of its own name, and not take the one of a sibling', async () => {
  const id = await folder(app.chloe, 'radio');
  await update(app.chloe, 'AddressBook', id, { name: 'Radio' });
  assert.equal((await get(app.chloe, 'AddressBook', id))!['name'], 'Radio');
  const error = await refusal(app.chloe, 'AddressBook/set', { update: { [id]: { name: 'presse' } } });
  assert.deepEqual(
    [error['type'], error['reason'], error['proposedName']],
    ['invalidProperties', 'nameTaken', 'presse (2)'],
  );
});

test('what fails for one folder does not keep the others from being made', async () => {
  const { created, notCreated } = await app.chloe.call('AddressBook/set', {
    create: { good: { name: 'Bonne' }, bad: { name: 'Mau/vaise' }, child: { name: 'Fille', parentId: '#good' } },
  });
  assert.deepEqual(Object.keys(created!).sort(), ['child', 'good']);
  assert.deepEqual(Object.keys(notCreated!), ['bad']);
  assert.equal((await get(app.chloe, 'AddressBook', created!['child']!['id']!))!['parentId'], created!['good']!['id']);
});

const colors: readonly [given: unknown, kept: unknown][] = [
  ['blue', 'blue'],
  ['orange', 'orange'],
  ['#A1b2C3', '#a1b2c3'],
  [null, null],
];

test('a colour is one of the nine names, or #rrggbb, or none', async () => {
  for (const [given, kept] of colors) {
    const id = await folder(app.chloe, `Couleur ${String(given)}`, { color: given });
    assert.equal((await get(app.chloe, 'AddressBook', id))!['color'], kept);
  }
  for (const color of ['azure', '#12', '#gggggg', 3, 'toString']) {
    const error = await refuseNew(app.chloe, { name: 'Sans couleur', color });
    assert.deepEqual([error['type'], error['properties']], ['invalidProperties', ['color']], String(color));
  }
});

test('a description and an order have their limits', async () => {
  const wrong: readonly object[] = [
    { sortOrder: -1 },
    { sortOrder: 1.5 },
    { sortOrder: 2 ** 31 },
    { sortOrder: '1' },
    { description: 'x'.repeat(10_001) },
    { description: 5 },
  ];
  for (const value of wrong) {
    const error = await refuseNew(app.chloe, { name: 'Limites', ...value });
    assert.deepEqual([error['type'], error['properties']], ['invalidProperties', Object.keys(value)]);
  }
  const id = await create(app.chloe, 'AddressBook', {
    name: 'Limites',
    sortOrder: 2 ** 31 - 1,
    description: 'x'.repeat(10_000),
  });
  assert.equal((await get(app.chloe, 'AddressBook', id))!['sortOrder'], 2 ** 31 - 1);
});
