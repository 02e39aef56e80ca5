import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AddressBook, Share } from '../../../client/src/types.ts';
import { overviewOf, sharesWithin } from './overview.ts';

const book = (id: string, parentId: string | null = null) => ({ id, parentId }) as AddressBook;
const share = (id: string, addressBookId: string, name: string, part: Partial<Share> = {}) =>
  ({
    id,
    addressBookId,
    name,
    type: 'principal',
    principalId: name,
    granteeKind: 'individual',
    email: null,
    ...part,
  }) as Share;

const books = [book('Presse'), book('Locale', 'Presse'), book('Famille'), book('Archives', 'Locale')];
const shares = [
  share('1', 'Presse', 'Élodie Démo'),
  share('2', 'Locale', 'Chloé Démo'),
  share('3', 'Archives', 'ines@ailleurs.example', {
    type: 'guest',
    granteeKind: 'guest',
    email: 'ines@ailleurs.example',
  }),
];
const overview = (text = '') =>
  overviewOf({ books, shares, titleOf: ({ id }) => id, locale: 'fr', text }).map(({ title, own, inherited }) => [
    title,
    own.map(({ id }) => id),
    inherited.map(({ share: { id }, from }) => `${id} ${from.id}`),
  ]);

test('each folder that somebody sees stands there, with those who see it through a folder above', () => {
  assert.deepEqual(overview(), [
    ['Archives', ['3'], ['2 Locale', '1 Presse']],
    ['Locale', ['2'], ['1 Presse']],
    ['Presse', ['1'], []],
  ]);
});

test('for one person, found without accents, only what they see is left', () => {
  assert.deepEqual(overview('elodie'), [
    ['Archives', [], ['1 Presse']],
    ['Locale', [], ['1 Presse']],
    ['Presse', ['1'], []],
  ]);
  assert.deepEqual(overview('ailleurs'), [['Archives', ['3'], []]]);
  assert.deepEqual(overview('nobody'), []);
});

test('so that nobody sees a folder any more, shares end in it and in all below it', () => {
  assert.deepEqual(
    sharesWithin('Locale', books, shares).map(({ id }) => id),
    ['2', '3'],
  );
  assert.deepEqual(sharesWithin('Famille', books, shares), []);
});
