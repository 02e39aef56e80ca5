import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestWorld } from '../../../test/kit/testWorld.ts';
import type { TestWorld } from '../../../test/kit/testWorld.ts';
import { createChance } from '../../demo/chance.ts';
import { createAddressBook } from '../addressbook/createAddressBook.ts';
import { destroyAddressBook } from '../addressbook/destroyAddressBook.ts';
import { ensureAccount } from '../addressbook/ensureAccount.ts';
import { createCard } from '../card/createCard.ts';
import { destroyCard } from '../card/destroyCard.ts';
import { queryCards } from '../card/query/queryCards.ts';
import type { CardCondition, CardOrder } from '../card/query/queryTypes.ts';
import { updateCard } from '../card/updateCard.ts';
import { transact, within } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { answerInvitation } from '../invitation/answerInvitation.ts';
import { createGroup } from '../principal/createGroup.ts';
import { createPerson } from '../principal/createPerson.ts';
import { setGroupMembers } from '../principal/setGroupMembers.ts';
import { endShare } from '../share/changeShare.ts';
import { createShare } from '../share/createShare.ts';
import { noMail } from '../share/types.ts';
import { rightsOfRole } from '../sharing/rights.ts';
import { emptyTrash } from '../trash/destroyTrash.ts';
import { restoreTrashItem } from '../trash/restore.ts';

/** More than are gathered, so that lists of them are kept. */
const size = 1_150;
const chance = createChance(11);
let world: TestWorld;
let owner: Context;
let readers: readonly Context[];
let books: string[];
let groupId = '';
let shareId = '';
let endsSoon = '';
const live: string[] = [];
const deleted: string[] = [];

const orders: readonly CardOrder[] = [
  [],
  [{ property: 'updated', isAscending: false }],
  [
    { property: 'name/surname', isAscending: false },
    { property: 'created', isAscending: true },
  ],
];
const conditions = (): readonly (CardCondition | null)[] => [
  null,
  { text: 'maison' },
  { text: 'mai ré' },
  { inAddressBook: books[0]!, text: 'maison' },
  { name: 'nom', updatedAfter: '2026-03-02T08:00:00.000Z' },
];

const nameOf = (number: number) => ({ name: { full: `Nom ${'aeéÉxyz😀'.charAt(number % 8)}${number}` } });
const house = (name: string) => ({ organizations: { o: { name } } });
const another = () => nameOf(chance.below(5_000));

before(async () => {
  world = await openTestWorld();
  const people = [];
  for (const name of ['Ada', 'Bo', 'Cléo', 'Dan'])
    people.push(await createPerson(world, { name, email: `${name.toLowerCase().replace('é', 'e')}@demo.example` }));
  const [ada, ...others] = people.map(({ id }) => world.as(id));
  owner = ada!;
  readers = [owner, ...others];
  await ensureAccount(owner);
  books = [];
  for (const name of ['Un', 'Deux', 'Trois']) books.push(await createAddressBook(owner, ownId(), { name }));
  await transact(owner, async (tx) => {
    for (let index = 0; index < size; index++) {
      const content = { ...nameOf(index * 3), ...house('Maison du Réservoir') };
      live.push((await createCard(within(owner, tx), books[index % 50 === 0 ? 1 : 0]!, content)).id);
    }
  });
  groupId = (await createGroup(world, { name: 'Équipe', memberIds: [others[1]!.actor.principalId] })).id;
  shareId = await share(books[0]!, others[0]!.actor.principalId);
  await share(books[0]!, groupId);
  await share(books[1]!, groupId);
  endsSoon = new Date(world.clock.getTime() + 60_000).toISOString();
  await share(books[0]!, others[2]!.actor.principalId, endsSoon);
  for (const [reader, bookId] of [
    [others[0]!, books[0]!],
    [others[1]!, books[0]!],
    [others[1]!, books[1]!],
    [others[2]!, books[0]!],
  ] as const)
    await answerInvitation(reader, bookId, { status: 'accepted' });
});
after(() => world[Symbol.asyncDispose]());

const ownId = () => owner.actor.principalId;
const share = (addressBookId: string, principalId: string, expiresAt?: string) =>
  createShare(
    owner,
    {
      addressBookId,
      type: 'principal',
      principalId,
      rights: rightsOfRole.manager,
      ...(expiresAt === undefined ? {} : { expiresAt }),
    },
    noMail,
  );
const pick = () => live[chance.below(live.length)]!;
const edit = (id: string, content: object, bookId?: string, as = owner) =>
  updateCard(as, { cardId: id }, (card) => ({
    card: { ...card.content, ...content },
    bookId: bookId ?? card.addressBookId,
  }));

async function throwAway(): Promise<void> {
  const id = pick();
  await destroyCard(owner, { cardId: id });
  live.splice(live.indexOf(id), 1);
  deleted.push(id);
}

async function bringBack(): Promise<void> {
  const id = deleted.pop();
  if (id === undefined) return;
  await restoreTrashItem(owner, id, books[chance.below(3)]!);
  live.push(id);
}

async function emptied(): Promise<void> {
  await throwAway();
  await emptyTrash(owner);
  deleted.length = 0;
}

async function folderComesBack(): Promise<void> {
  await destroyAddressBook(owner, books[1]!, { removeContents: true });
  await agree();
  await restoreTrashItem(owner, books[1]!, null);
}

async function many(): Promise<void> {
  await transact(owner, async (tx) => {
    for (let index = 0; index < 60; index++) await edit(pick(), another(), undefined, within(owner, tx));
  });
}

async function takenBack(): Promise<void> {
  const task = transact(owner, async (tx) => {
    const inside = within(owner, tx);
    await createCard(inside, books[0]!, { ...another(), ...house('Maison') });
    await edit(pick(), another(), undefined, inside);
    for (const condition of conditions()) await (await query(inside, condition, [])).total();
    throw new Error('taken back');
  });
  await assert.rejects(task, /taken back/u);
}

/** Everything that can become of a card, of the folder that it is in, and of who may read it. */
const acts: readonly (() => Promise<unknown>)[] = [
  async () => live.push((await createCard(owner, books[chance.below(3)]!, { ...another(), ...house('Maison') })).id),
  () => edit(pick(), another()),
  () => edit(pick(), another(), undefined, readers[0]),
  () => edit(pick(), house(chance.pick(['Maison', 'Port', 'Mairie du Réseau']))),
  () => edit(pick(), another(), books[chance.below(3)]!),
  () => edit(pick(), {}, books[chance.below(3)]!),
  throwAway,
  bringBack,
  emptied,
  many,
  takenBack,
];

/** What happens to who may read what. */
const turns: readonly (() => Promise<unknown>)[] = [
  folderComesBack,
  () => endShare(owner, shareId, noMail),
  () => setGroupMembers(world, groupId, [readers[1]!.actor.principalId]),
  async () => (world.clock = new Date(Date.parse(endsSoon) + 1)),
  () => share(books[2]!, groupId),
];

function query(as: Context, condition: CardCondition | null, order: CardOrder) {
  return queryCards(as, ownId(), condition && { operator: null, condition }, order);
}

/** What is remembered against what is read anew: inside a transaction nothing is remembered. */
async function agree(): Promise<void> {
  for (const reader of readers)
    for (const condition of conditions())
      for (const order of orders) {
        const known = await query(reader, condition, order);
        const fresh = await transact(reader, async (tx) =>
          (await query(within(reader, tx), condition, order)).slice(0, null),
        );
        assert.equal(await known.total(), fresh.length);
        assert.deepEqual(await known.slice(0, null), fresh);
        const middle = Math.floor(fresh.length / 2);
        assert.deepEqual(await known.slice(middle, 30), fresh.slice(middle, middle + 30));
        assert.deepEqual(await known.slice(0, 30), fresh.slice(0, 30));
        for (const at of [0, middle, fresh.length - 1].filter((index) => fresh[index] !== undefined))
          assert.equal(await known.indexOf(fresh[at]!), at);
        if (deleted.length > 0) assert.equal(await known.indexOf(deleted.at(-1)!), -1);
      }
}

test('lists that are remembered are what they would be if they were read anew, whatever anybody does', async () => {
  await agree();
  for (const turn of [...turns, null]) {
    for (let round = 0; round < 3; round++) {
      for (let count = 1 + chance.below(4); count > 0; count--) await acts[chance.below(acts.length)]!();
      await agree();
    }
    await turn?.();
    await agree();
  }
});

test('each act alone leaves the lists right', async () => {
  for (const act of acts) {
    await act();
    await agree();
  }
});

test('when somebody writes at the very moment in which a place is looked for, it is looked for again', async () => {
  const order = orders[0]!;
  await (await query(owner, null, order)).slice(0, null);
  await edit(pick(), nameOf(4_999));
  const [first] = await (await query(owner, null, order)).slice(0, 1);
  await edit(pick(), { name: { full: 'Yy, the last but one' } });
  // The first card of all, with which the others are compared, becomes the last before the comparison.
  let isMeanwhile = false;
  const all: Context['db']['all'] = async (asked) => {
    const rows = await owner.db.all(asked);
    const { sql } = 'compile' in asked ? asked.compile() : asked;
    if (!isMeanwhile && sql.includes('AS noted')) {
      isMeanwhile = true;
      await edit(first!, { name: { full: 'Zz, the last' } });
    }
    return rows;
  };
  await (await query({ ...owner, db: { ...owner.db, all } }, null, order)).slice(0, null);
  assert.ok(isMeanwhile);
  await agree();
});

test('a long list is made beside everything else, once for all who ask, and is right whatever happens meanwhile', async () => {
  // A folder that says that it holds many more: so long lists are made in another thread.
  const more = (count: number) =>
    owner.db.transaction((tx) =>
      tx.run(
        tx.build
          .updateTable('address_book')
          .set((row) => ({ card_count: row('card_count', '+', count) }))
          .where('id', '=', books[0]!),
      ),
    );
  await more(50_000);
  let asked = 0;
  const aside: Context['db']['aside'] = (query) => {
    asked += 1;
    return owner.db.aside(query);
  };
  const as = { ...owner, db: { ...owner.db, aside } };
  await Promise.all([
    ...Array.from({ length: 20 }, async () => (await query(as, { text: 'mais' }, [])).total()),
    ...Array.from({ length: 10 }, () => edit(pick(), house(chance.pick(['Maison', 'Port'])))),
  ]);
  assert.equal(asked, 1);
  for (const text of ['mais', 'maiso', 'no'])
    for (const order of orders) {
      await edit(pick(), house(chance.pick(['Maison', 'Port'])));
      const known = await query(as, { text }, order);
      const fresh = await transact(owner, async (tx) =>
        (await query(within(owner, tx), { text }, order)).slice(0, null),
      );
      assert.deepEqual(await known.slice(0, null), fresh);
      assert.equal(await known.total(), fresh.length);
    }
  assert.ok(asked > 1);
  await more(-50_000);
});
