import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGroup } from '../../../src/core/principal/createGroup.ts';
import { setGroupMembers } from '../../../src/core/principal/setGroupMembers.ts';
import { items } from '../../kit/calls.ts';
import type { Person, Result } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

/** A small generator of numbers that is the same for the same seed (xorshift). */
function chance(seed: number) {
  let state = seed * 2654435761 || 1;
  const next = (below: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const pick = <T>(all: readonly T[]): T | undefined => (all.length === 0 ? undefined : all[next(all.length)]);
  return { next, pick };
}

const types = ['AddressBook', 'ContactCard', 'Share'] as const;

/** How many are in a group, and how they answered, is read when it is shown: it is no change of the share. */
const textOf = (object: Result): string =>
  JSON.stringify(object, (key, value: unknown) => (['memberCount', 'responses'].includes(key) ? undefined : value));

/** A client that knows an account only through /changes, in steps of `maxChanges`. */
function createMirror(person: Person, accountId: string, type: (typeof types)[number], maxChanges: number) {
  let state: string | null = null;
  let known = new Map<string, string>();
  const get = (ids: readonly string[] | null) => person.call(`${type}/get`, { accountId, ids });
  const keep = (result: Result) => items(result['list']).forEach((object) => known.set(object['id']!, textOf(object)));

  async function readAll(): Promise<void> {
    const result = await get(null);
    known = new Map();
    state = result['state'] ?? null;
    keep(result);
  }

  async function follow(): Promise<void> {
    for (let steps = 0; ; steps++) {
      assert.ok(steps < 200, 'changes never end');
      const told = await person.call(`${type}/changes`, { accountId, sinceState: state, maxChanges });
      if (told['type']) return readAll();
      const [created, updated, destroyed] = ['created', 'updated', 'destroyed'].map(
        (name) => items(told[name]) as string[],
      );
      assert.ok(created!.length + updated!.length + destroyed!.length <= maxChanges, 'more than asked for');
      for (const id of destroyed!) known.delete(id);
      const fetched = await get([...created!, ...updated!]);
      if (fetched['type']) return readAll();
      keep(fetched);
      // What changed again since is told again: what is gone by now will be told as gone, or is already.
      for (const id of items(fetched['notFound'])) known.delete(id);
      state = told['newState']!;
      if (!told['hasMoreChanges']) return;
    }
  }

  return {
    sync: () => (state === null ? readAll() : follow()),
    /** What is known, and what there really is. */
    async compare(): Promise<void> {
      const truth = new Map(items((await get(null))['list']).map((object) => [object['id'] as string, textOf(object)]));
      const sorted = (map: ReadonlyMap<string, string>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
      assert.deepEqual(sorted(known), sorted(truth), `${person.name} and the ${type}s of ${accountId}`);
    },
  };
}

type Play = ReturnType<typeof chance> & {
  readonly app: TestApp;
  readonly people: readonly Person[];
  readonly groupId: string;
};

/** Everything of an account that its owner sees. */
async function ownedBy(owner: Person) {
  const ids = async (type: string) => items((await owner.call(`${type}/get`))['list']);
  return {
    books: await ids('AddressBook'),
    cards: await ids('ContactCard'),
    shares: await ids('Share'),
    trash: await ids('TrashItem'),
  };
}

/** One step of somebody: what is refused is no harm, it changes nothing. */
async function step(play: Play): Promise<void> {
  const { next, pick, people, groupId, app } = play;
  const [owner, actor] = [people[0]!, pick(people)!];
  const { books, cards, shares, trash } = await ownedBy(owner);
  const where = { accountId: owner.id };
  const id = (object: Result | undefined): string => object?.['id'] ?? 'nothing';
  const book = id(pick(books.filter((candidate) => !candidate['role'])) ?? books[0]);
  const card = id(pick(cards));
  const set = (type: string, args: object, who = actor) => who.call(`${type}/set`, { ...where, ...args });
  const grantee = pick([...people.slice(1).map((person) => person.id), groupId])!;
  const role = pick(['none', 'viewer', 'manager', 'admin'])!;
  const name = `N${next(1_000_000)}`;
  const moves: readonly (() => Promise<unknown>)[] = [
    () => set('AddressBook', { create: { new: { name, parentId: next(2) === 0 ? null : book } } }),
    () => set('AddressBook', { update: { [book]: { name } } }),
    () => set('AddressBook', { update: { [book]: { parentId: next(3) === 0 ? null : id(pick(books)) } } }),
    () => (next(3) === 0 ? set('AddressBook', { destroy: [book], onDestroyRemoveContents: true }) : Promise.resolve()),
    () =>
      set('ContactCard', {
        create: { a: { addressBookIds: { [book]: true } }, b: { addressBookIds: { [book]: true } } },
      }),
    () => set('ContactCard', { update: { [card]: { keywords: { [name]: true } } } }),
    () => set('ContactCard', { update: { [card]: { addressBookIds: { [book]: true } } } }),
    () => set('ContactCard', { destroy: [card] }),
    () =>
      set(
        'Share',
        { create: { new: { addressBookId: book, principalId: grantee, role } }, mail: { message: 'none' } },
        owner,
      ),
    () =>
      set('Share', { create: { new: { addressBookId: book, principalId: grantee, role } }, mail: { message: 'none' } }),
    () => set('Share', { update: { [id(pick(shares))]: { role } }, mail: { message: 'none' } }),
    () => set('Share', { destroy: [id(pick(shares))], mail: { message: 'none' } }),
    () =>
      actor.call('TrashItem/restore', { ids: [id(pick(trash))], ...(next(2) === 0 ? {} : { addressBookId: book }) }),
    () => (next(4) === 0 ? owner.call('TrashItem/empty') : Promise.resolve()),
    async () => {
      const invitations = items((await actor.call('ShareInvitation/get'))['list']);
      const status = pick(['accepted', 'declined', 'waiting'])!;
      await actor.call('ShareInvitation/set', { update: { [id(pick(invitations))]: { status } } });
    },
    async () => {
      if (next(3) > 0) return;
      await setGroupMembers(
        app.world,
        groupId,
        people
          .slice(1)
          .filter(() => next(2) === 0)
          .map((person) => person.id),
      );
    },
  ];
  await pick(moves)!();
}

for (const seed of [1, 2, 3]) {
  test(`whatever three people do in a shared account, changes lead to what get says (play ${seed})`, async () => {
    await using app = await createTestApp();
    const people = [app.ada, app.ben, app.chloe];
    const { id: groupId } = await createGroup(app.world, { name: 'Accueil' });
    const play = { ...chance(seed), app, people, groupId };
    const mirrors = people.flatMap((person) =>
      types.flatMap((type) => [1, 3, 50].map((maxChanges) => createMirror(person, app.ada.id, type, maxChanges))),
    );
    const deadline = performance.now() + 2_000;
    for (let round = 0; round < 12 && performance.now() < deadline; round++) {
      for (let turn = 0; turn < 8; turn++) await step(play);
      for (const mirror of mirrors) await mirror.sync();
      for (const mirror of mirrors) await mirror.compare();
    }
    assert.deepEqual(app.faults, []);
  });
}
