import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AddressBook, Share } from '../../../client/src/types.ts';
import { abilitiesOf, sharesOf } from './shares.ts';

const book = (id: string, parentId: string | null): AddressBook => ({ id, parentId, name: id }) as AddressBook;
const share = (addressBookId: string, name: string, over: Partial<Share> = {}): Share =>
  ({
    id: `${addressBookId}-${name}`,
    addressBookId,
    type: 'principal',
    principalId: name,
    name,
    granteeKind: 'individual',
    ...over,
  }) as Share;

const books = [book('grand', null), book('parent', 'grand'), book('child', 'parent'), book('other', null)];
const namesOf = (id: string, shares: readonly Share[]) => {
  const { own, inherited } = sharesOf(
    books.find((one) => one.id === id)!,
    books,
    shares,
    'fr',
  );
  return {
    own: own.map(({ name }) => name),
    inherited: inherited.map(({ share: { name }, from }) => `${name} ${from.id}`),
  };
};

test('a folder has its own shares and those of the folders above, the nearest first', () => {
  const shares = [share('grand', 'ben'), share('parent', 'chloe'), share('child', 'ada'), share('other', 'zoe')];
  assert.deepEqual(namesOf('child', shares), { own: ['ada'], inherited: ['chloe parent', 'ben grand'] });
  assert.deepEqual(namesOf('grand', shares), { own: ['ben'], inherited: [] });
});

test('the nearest share of a person decides, and only that one is shown', () => {
  const shares = [share('grand', 'ben'), share('parent', 'ben'), share('child', 'chloe'), share('parent', 'chloe')];
  assert.deepEqual(namesOf('child', shares), { own: ['chloe'], inherited: ['ben parent'] });
});

test('people and groups come by name, then who has left, guests and the public', () => {
  const shares = [
    share('other', 'Public', { type: 'public', granteeKind: 'public', principalId: null }),
    share('other', 'a@elsewhere.example', {
      type: 'guest',
      granteeKind: 'guest',
      principalId: null,
      email: 'a@elsewhere.example',
    }),
    share('other', 'Ancien', { granteeKind: 'unknown' }),
    share('other', 'Zoé'),
    share('other', 'Équipe', { granteeKind: 'group' }),
  ];
  assert.deepEqual(namesOf('other', shares).own, ['Équipe', 'Zoé', 'Ancien', 'a@elsewhere.example', 'Public']);
});

test('folders that name each other as parents end the way up', () => {
  const ring = [book('a', 'b'), book('b', 'a')];
  assert.deepEqual(
    sharesOf(ring[0]!, ring, [share('b', 'ben')], 'fr').inherited.map(({ share: { name } }) => name),
    ['ben'],
  );
});

test('a contributor adds, and sees that they do not change what others added', () => {
  const contributor = { mayRead: true, mayWrite: false, mayAdd: true, mayShare: false, mayDelete: false };
  assert.deepEqual(
    abilitiesOf(contributor).map(({ ability, may }) => [ability, may]),
    [
      ['view', true],
      ['add', true],
      ['change', false],
      ['share', false],
    ],
  );
});

test('a viewer may look, and sees what they may not do', () => {
  const viewer = { mayRead: true, mayWrite: false, mayAdd: false, mayShare: false, mayDelete: false };
  assert.deepEqual(abilitiesOf(viewer), [
    { ability: 'view', may: true },
    { ability: 'change', may: false },
    { ability: 'share', may: false },
  ]);
  assert.deepEqual(
    abilitiesOf({ mayRead: true, mayWrite: true, mayAdd: true, mayShare: true, mayDelete: true }).map(({ may }) => may),
    [true, true, true, true],
  );
});
