import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestWorld } from '../../../test/kit/testWorld.ts';
import type { TestWorld } from '../../../test/kit/testWorld.ts';
import { createChance } from '../../demo/chance.ts';
import { AppError } from '../../errors.ts';
import { createAddressBook } from '../addressbook/createAddressBook.ts';
import { ensureAccount } from '../addressbook/ensureAccount.ts';
import { createCardFromVCard } from '../card/createCard.ts';
import { destroyCard } from '../card/destroyCard.ts';
import { updateCard } from '../card/updateCard.ts';
import type { Context } from '../context.ts';
import { createPerson } from '../principal/createPerson.ts';
import { createShare } from '../share/createShare.ts';
import { noMail } from '../share/types.ts';
import { rightsOfRole } from '../sharing/rights.ts';
import { destroyTrashItem } from '../trash/destroyTrash.ts';
import { restoreTrashItem } from '../trash/restore.ts';
import { previewUndo, undo } from './undo.ts';

const trials = 25;
const steps = 40;

type Play = {
  readonly world: TestWorld;
  readonly ada: Context;
  readonly ben: Context;
  readonly books: readonly string[];
  readonly ids: string[];
};

async function openPlay(world: TestWorld): Promise<Play> {
  const person = async (name: string) => {
    const password = `password of ${name}`;
    const passwordCost = { memory: 8, passes: 1 };
    const { id } = await createPerson(world, { name, email: `${name}@demo.example`, password, passwordCost });
    await ensureAccount(world.as(id));
    return world.as(id);
  };
  const [ada, ben] = [await person('Ada'), await person('Ben')];
  const books: string[] = [];
  for (const name of ['Presse', 'Partenaires']) {
    const bookId = await createAddressBook(ada, ada.actor.principalId, { name });
    const grantee = { type: 'principal', principalId: ben.actor.principalId, rights: rightsOfRole.manager } as const;
    await createShare(ada, { addressBookId: bookId, ...grantee }, noMail);
    books.push(bookId);
  }
  return { world, ada, ben, books, ids: [] };
}

/** The cards of a folder, by what they say. */
async function contentOf({ ada }: Play, bookId: string): Promise<string[]> {
  const { db } = ada;
  const cards = db.build.selectFrom('card').select(['id', 'file_as', 'data']).where('book_id', '=', bookId);
  const rows = await db.all(cards.where('trash_id', 'is', null));
  return rows.map(({ id, data }) => `${id} ${(JSON.parse(data) as { name: { full: string } }).name.full}`).sort();
}

type Act = (play: Play, who: Context, chance: Chance) => Promise<unknown>;
type Chance = ReturnType<typeof createChance>;

const someId = ({ ids }: Play, chance: Chance) => (ids.length === 0 ? 'c0' : chance.pick(ids));

const acts: readonly Act[] = [
  async (play, who, chance) => {
    // Few uids: what comes back from the trash may find its own taken.
    const number = chance.below(15);
    const lines = ['BEGIN:VCARD', 'VERSION:4.0', `UID:card-${number}`, `FN:Person ${number}`, 'END:VCARD', ''];
    play.ids.push((await createCardFromVCard(who, chance.pick(play.books), lines.join('\r\n'))).id);
  },
  (play, who, chance) =>
    updateCard(who, { cardId: someId(play, chance) }, ({ content, addressBookId }) => ({
      card: { ...content, name: { full: `Name ${chance.below(1000)}` } },
      bookId: addressBookId,
    })),
  (play, who, chance) =>
    updateCard(who, { cardId: someId(play, chance) }, ({ content }) => ({
      card: content,
      bookId: chance.pick(play.books),
    })),
  (play, who, chance) => destroyCard(who, { cardId: someId(play, chance) }),
  (play, _who, chance) => restoreTrashItem(play.ada, someId(play, chance), null),
  (play, _who, chance) => destroyTrashItem(play.ada, someId(play, chance)),
];

async function perform(play: Play, chance: Chance): Promise<void> {
  play.world.clock = new Date(play.world.clock.getTime() + 1000);
  const act = chance.pick(chance.below(3) === 0 ? acts : acts.slice(0, 4));
  try {
    await act(play, chance.pick([play.ada, play.ben]), chance);
  } catch (error) {
    // What is not there, or was erased, is what people try, too.
    if (!(error instanceof AppError)) throw error;
  }
}

test('whatever happens in two folders, one goes back to exactly what it was, and the other way', async () => {
  for (let seed = 1; seed <= trials; seed++) {
    await using world = await openTestWorld();
    const play = await openPlay(world);
    const chance = createChance(seed);
    for (let step = 0; step < steps; step++) await perform(play, chance);
    const [bookId, otherId] = play.books as [string, string];
    const then = await contentOf(play, bookId);
    const to = world.now().toISOString();
    for (let step = 0; step < steps; step++) await perform(play, chance);
    world.clock = new Date(world.clock.getTime() + 1000);
    const before = [await contentOf(play, bookId), await contentOf(play, otherId)];
    const undoing = { kind: 'since', bookId, to, author: null } as const;
    const owner = play.ada.actor.principalId;
    const expected = await previewUndo(play.ada, owner, undoing);
    assert.deepEqual([await contentOf(play, bookId), await contentOf(play, otherId)], before, `seed ${seed}`);
    const done = await undo(play.ada, owner, undoing);
    assert.deepEqual(done.counts, expected.counts, `seed ${seed}`);
    assert.deepEqual(await contentOf(play, bookId), then, `seed ${seed}`);
    const nothing = await previewUndo(play.ada, owner, undoing);
    assert.deepEqual(nothing.steps, [], `seed ${seed}`);
    if (done.operationId === null) continue;
    await undo(play.ada, owner, { kind: 'operation', operationId: done.operationId });
    assert.deepEqual([await contentOf(play, bookId), await contentOf(play, otherId)], before, `seed ${seed}`);
  }
});
