import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { matchCards } from '../../../src/core/duplicate/matchCards.ts';
import { card, create, folder, items, list, refusal, share, shareAccepted, stateOf, update } from '../../kit/calls.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

/** A contact: its name, an address, a number. */
function contact(
  person: Person,
  bookId: string,
  name: string,
  rest: { email?: string; phone?: string; accountId?: string } = {},
) {
  const { email, phone, accountId } = rest;
  const value = {
    name: { full: name },
    ...(email && { emails: { e: { address: email } } }),
    ...(phone && { phones: { p: { number: phone } } }),
    addressBookIds: { [bookId]: true },
  };
  return create(person, 'ContactCard', value, accountId ? { accountId } : {});
}

type Found = {
  id: string;
  isCertain: boolean;
  reasons: string[];
  keepId: string;
  cards: { id: string; accountId: string; addressBookId: string }[];
};

async function found(person: Person, filter: object = { isDismissed: false }): Promise<Found[]> {
  const [query, get] = await person.jmap([
    ['Duplicate/query', { accountId: person.id, filter, calculateTotal: true }, '0'],
    ['Duplicate/get', { accountId: person.id, '#ids': { resultOf: '0', name: 'Duplicate/query', path: '/ids' } }, '1'],
  ]);
  const all = items(get![1]['list']) as unknown as Found[];
  assert.equal(Number(query![1]['total']), all.length);
  const order = [...query![1]['ids']!] as string[];
  return all.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

const idsOf = (duplicates: Found[]) => duplicates.map(({ cards }) => cards.map(({ id }) => id).sort());

test('duplicates are found across the folders of an account, certain ones first', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const [one, two] = [await folder(ada, 'Presse'), await folder(ada, 'Amis')];
  const jean = [
    await contact(ada, one, 'Jean Dupont', { email: 'jean@demo.example' }),
    await contact(ada, two, 'DUPONT Jean', { email: 'Jean@demo.example', phone: '0556000001' }),
  ];
  const anne = [await contact(ada, one, 'Anne Lefèvre'), await contact(ada, two, 'Anne Lefebre')];
  await contact(ada, one, 'Zoé Martin', { email: 'zoe@demo.example' });
  await contact(ada, two, 'Zoé Martin', { email: 'zoe@ailleurs.example' });
  const duplicates = await found(ada);
  assert.deepEqual(idsOf(duplicates), [jean.toSorted(), anne.sort()]);
  assert.deepEqual(
    duplicates.map(({ isCertain, reasons }) => [isCertain, reasons]),
    [
      [true, ['email', 'name']],
      [false, ['name']],
    ],
  );
  assert.equal(duplicates[0]!.keepId, jean[1], 'the one that says most');
  assert.deepEqual(idsOf(await found(ada, { isCertain: true })), [jean.toSorted()]);
});

test('a function that many have is no duplicate, a household is none, and three of one person are one', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const book = await folder(ada, 'Presse');
  for (const name of ['Jean Dupont', 'Zoé Martin', 'Ali Benali'])
    await contact(ada, book, name, { email: 'contact@demo.example' });
  await contact(ada, book, 'Rose Petit', { phone: '05 56 00 00 02' });
  await contact(ada, book, 'Paul Petit', { phone: '+33556000002' });
  const three = [
    await contact(ada, book, 'Inès Moreau', { email: 'ines@demo.example' }),
    await contact(ada, book, 'I. Moreau', { email: 'ines@demo.example' }),
    await contact(ada, book, 'Moreau Ines', { phone: '0601020304' }),
  ];
  assert.deepEqual(idsOf(await found(ada)), [three.sort()]);
});

test('one address of a Jean and a Jacques leaves « J. » for a person to judge', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const book = await folder(ada, 'Presse');
  for (const name of ['J. Dupont', 'Jean Dupont', 'Jacques Dupont'])
    await contact(ada, book, name, { email: 'dupont@demo.example' });
  const [duplicate] = await found(ada);
  assert.equal(duplicate!.cards.length, 3);
  assert.equal(duplicate!.isCertain, false);
});

test('folders that one may only read, and invitations that wait, show no duplicates; folders that one may write do, for a look', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe } = app;
  const book = await folder(ada, 'Presse');
  const its = await contact(ada, book, 'Jean Dupont', { email: 'jean@demo.example' });
  await contact(ada, book, 'Jean Dupond', { email: 'jean@demo.example' });
  const own = await folder(ben, 'Amis');
  const mine = await contact(ben, own, 'Jean Dupont', { email: 'jean@demo.example' });
  await shareAccepted(ada, book, chloe, 'viewer');
  assert.deepEqual(await found(chloe), []);
  const shareId = await share(ada, book, ben, 'manager');
  assert.deepEqual(await found(ben), []);
  await update(ben, 'ShareInvitation', book, { status: 'accepted' });
  const [duplicate] = await found(ben);
  assert.equal(duplicate!.cards.length, 3);
  assert.equal(duplicate!.isCertain, false, 'what goes from one circle of readers to another is looked at');
  assert.deepEqual(
    duplicate!.cards.find(({ id }) => id === its),
    { id: its, accountId: ada.id, addressBookId: book },
  );
  assert.ok(duplicate!.cards.some(({ id }) => id === mine));
  await update(ada, 'Share', shareId, { role: 'viewer' });
  assert.deepEqual(await found(ben), []);
});

test('a private card and one in a shared folder of one’s own are never merged without a look', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const [open, closed] = [await folder(ada, 'Presse'), await folder(ada, 'Famille')];
  await contact(ada, open, 'Jean Dupont', { email: 'jean@demo.example' });
  await contact(ada, closed, 'Jean Dupont', { email: 'jean@demo.example' });
  assert.deepEqual(
    (await found(ada)).map(({ isCertain }) => isCertain),
    [true],
  );
  await share(ada, open, ben, 'viewer');
  assert.deepEqual(
    (await found(ada)).map(({ isCertain }) => isCertain),
    [false],
  );
});

test('what was said to be none stays none for who said it, until it is taken back', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const book = await folder(ada, 'Presse');
  for (const phone of ['0556000001', '0556000001']) await contact(ada, book, 'Jean Dupont', { phone });
  await shareAccepted(ada, book, ben, 'manager');
  const state = await stateOf(ada, 'Duplicate');
  const [{ id }] = (await found(ada)) as [Found];
  await update(ada, 'Duplicate', id, { isDismissed: true });
  assert.deepEqual(await found(ada), []);
  assert.notEqual(await stateOf(ada, 'Duplicate'), state);
  assert.deepEqual(
    (await found(ada, { isDismissed: true })).map((one) => one.id),
    [id],
  );
  assert.equal((await found(ben)).length, 1);
  await update(ada, 'Duplicate', id, { isDismissed: false });
  assert.deepEqual(
    (await found(ada)).map((one) => one.id),
    [id],
  );
  assert.equal(await stateOf(ada, 'Duplicate'), state);
  // A third one is a new question.
  await update(ada, 'Duplicate', id, { isDismissed: true });
  await contact(ada, book, 'Jean Dupont', { phone: '0556000001' });
  assert.equal((await found(ada))[0]!.cards.length, 3);
  const no = { update: { [id]: { isDismissed: true } } };
  assert.equal(
    (await refusal(ben, 'Duplicate/set', { update: { dnothing: { isDismissed: true } } }))['type'],
    'notFound',
  );
  assert.equal((await refusal(app.chloe, 'Duplicate/set', no))['type'], 'notFound');
  assert.equal((await refusal(ada, 'Duplicate/set', { destroy: [id] }))['type'], 'forbidden');
});

test('an edit, a move, the trash and a folder in the trash: what is found follows', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const [book, other] = [await folder(ada, 'Presse'), await folder(ada, 'Amis')];
  const one = await contact(ada, book, 'Jean Dupont', { email: 'jean@demo.example' });
  const two = await contact(ada, book, 'Zoé Martin', { email: 'zoe@demo.example' });
  assert.deepEqual(await found(ada), []);
  await update(ada, 'ContactCard', two, { 'name/full': 'Jean Dupont', 'emails/e/address': 'jean@demo.example' });
  assert.deepEqual(idsOf(await found(ada)), [[one, two].sort()]);
  await update(ada, 'ContactCard', two, { addressBookIds: { [other]: true } });
  assert.equal((await found(ada))[0]!.cards.find(({ id }) => id === two)!.addressBookId, other);
  await ada.call('ContactCard/set', { destroy: [two] });
  assert.deepEqual(await found(ada), []);
  await ada.call('TrashItem/restore', { ids: [two] });
  assert.equal((await found(ada)).length, 1);
  await ada.call('AddressBook/set', { destroy: [other], onDestroyRemoveContents: true });
  assert.deepEqual(await found(ada), []);
});

test('cards of before get their keys one after the other', async () => {
  await using app = await createTestApp();
  const { ada, world } = app;
  const book = await folder(ada, 'Presse');
  for (let count = 0; count < 2; count++) await contact(ada, book, 'Jean Dupont', { phone: '0556000001' });
  await world.db.transaction(async (tx) => {
    await tx.run(sql`DELETE FROM card_match`.compile(tx.build));
    await tx.run(sql`INSERT INTO card_unmatched SELECT id FROM card`.compile(tx.build));
  });
  assert.deepEqual(await found(ada), []);
  assert.equal(await matchCards(world), 2);
  assert.equal((await found(ada)).length, 1);
  assert.equal(await matchCards(world), 0);
});

test('a page of them is a page, and a hundred and fifty of one name are cut at twenty', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const book = await folder(ada, 'Presse');
  const names = [...'abcdefgh'].map((letter) => `Jean ${letter.toUpperCase()}ernard`);
  for (const name of [...names, ...names])
    await contact(ada, book, name, { email: `${name.replace(' ', '.')}@demo.example` });
  const page = await ada.call('Duplicate/query', {
    position: 2,
    limit: 3,
    calculateTotal: true,
    filter: { isCertain: true },
  });
  assert.equal(page['ids']!.length, 3);
  assert.equal(Number(page['total']), 8);
  const many = await folder(ada, 'Viele');
  const create150 = Object.fromEntries(
    Array.from({ length: 150 }, (_, index) => [
      `c${index}`,
      { name: { full: 'Rose Petit' }, addressBookIds: { [many]: true } },
    ]),
  );
  await ada.call('ContactCard/set', { create: create150 });
  const roses = (await found(ada)).filter(({ cards }) => cards[0]!.addressBookId === many);
  assert.deepEqual(
    roses.map(({ cards }) => cards.length),
    [20],
  );
});

test('groups are no duplicates of anything', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const book = await folder(ada, 'Presse');
  for (let count = 0; count < 2; count++)
    await create(ada, 'ContactCard', {
      kind: 'group',
      name: { full: 'Le groupe' },
      members: {},
      addressBookIds: { [book]: true },
    });
  await card(ada, book, 'Le groupe');
  assert.deepEqual(await found(ada), []);
  assert.equal((await list(ada, 'Duplicate')).length, 0);
});
