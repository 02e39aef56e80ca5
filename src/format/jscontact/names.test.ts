import assert from 'node:assert/strict';
import { test } from 'node:test';
import { displayLabel, displayName, fileAs, givenName, surname, surname2 } from './names.ts';

const parts = [
  { kind: 'surname', value: 'Roy' },
  { kind: 'given', value: 'Ann' },
  { kind: 'surname2', value: 'Gil' },
  { kind: 'title', value: 'Dr.' },
];

test('a name without order is shown as people say it, an ordered one as it is', () => {
  assert.equal(displayName({ name: { components: parts } }), 'Dr. Ann Roy Gil');
  assert.equal(
    displayName({
      name: {
        components: [parts[0]!, { kind: 'separator', value: '-' }, parts[2]!, parts[1]!],
        isOrdered: true,
        defaultSeparator: ', ',
      },
    }),
    'Roy-Gil, Ann',
  );
  assert.equal(displayName({ name: { full: 'Annie', components: parts } }), 'Annie');
});

test('without a name, the organisation or the first address stands for it', () => {
  assert.equal(
    displayName({ organizations: { o: { units: [{ name: 'Unit' }] } }, phones: { p: { number: '1' } } }),
    'Unit',
  );
  assert.equal(displayName({ uid: 'u' }), 'u');
  assert.equal(displayName({}), '');
});

test('cards are filed under « Nom, Prénom », organisations under their name', () => {
  assert.equal(fileAs({ name: { components: parts } }), 'Roy Gil, Ann');
  assert.equal(fileAs({ name: { full: 'Only Full' } }), 'Only Full');
  assert.equal(
    fileAs({ organizations: { o: { name: 'Demo' } }, emails: { e: { address: 'a@demo.example' } } }),
    'Demo',
  );
});

test('the first component of each kind', () => {
  assert.deepEqual(
    [givenName, surname, surname2].map((read) => read({ name: { components: parts } })),
    ['Ann', 'Roy', 'Gil'],
  );
  assert.equal(givenName({}), '');
});

test("Apple's built-in labels lose their marks for display", () => {
  assert.equal(displayLabel('_$!<HomePage>!$_'), 'HomePage');
  assert.equal(displayLabel('Chalet'), 'Chalet');
});
