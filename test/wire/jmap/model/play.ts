import { setGroupMembers } from '../../../../src/core/principal/setGroupMembers.ts';
import { createGroup } from '../../../../src/core/principal/createGroup.ts';
import { items, pixel } from '../../../kit/calls.ts';
import type { Person, Result } from '../../../kit/person.ts';
import type { TestApp } from '../../../kit/world.ts';

/** A small generator of numbers that is the same for the same seed (xorshift). */
export function chance(seed: number) {
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

/** Three people and the account that they work in: the first one's. */
export type Play = ReturnType<typeof chance> & {
  readonly app: TestApp;
  readonly people: readonly Person[];
  readonly groupId: string;
  /** Who has brought which file into the account. */
  readonly uploads: Map<string, Person>;
};

/** A play that is the same for the same seed. */
export async function createPlay(app: TestApp, seed: number): Promise<Play> {
  const { id: groupId } = await createGroup(app.world, { name: 'Accueil' });
  return { ...chance(seed), app, people: [app.ada, app.ben, app.chloe], groupId, uploads: new Map() };
}

/** Everything of an account that its owner sees. */
export async function ownedBy(owner: Person) {
  const ids = async (type: string) => items((await owner.call(`${type}/get`))['list']);
  return {
    books: await ids('AddressBook'),
    cards: await ids('ContactCard'),
    shares: await ids('Share'),
    trash: await ids('TrashItem'),
  };
}

/** One step of somebody: what is refused is no harm, it changes nothing. */
export async function step(play: Play): Promise<void> {
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
  const addressBookIds = { [book]: true };
  const moves: readonly (() => Promise<unknown>)[] = [
    async () =>
      set('ContactCard', { create: { a: { name: { full: name }, addressBookIds, ...(await photo(play, actor)) } } }),
    async () => set('ContactCard', { update: { [card]: await photo(play, actor) } }),
    () => set('ContactCard', { update: { [card]: { name: { full: name } } } }),
    () => {
      const onSuccessDestroyOriginal = next(2) === 0;
      const create = { a: { id: card } };
      return actor.call('ContactCard/copy', { fromAccountId: owner.id, create, onSuccessDestroyOriginal });
    },
    async () => {
      const own = items((await actor.call('ContactCard/get', { accountId: actor.id }))['list']);
      const create = { a: { id: id(pick(own)), addressBookIds } };
      const onSuccessDestroyOriginal = next(2) === 0;
      return actor.call('ContactCard/copy', { ...where, fromAccountId: actor.id, create, onSuccessDestroyOriginal });
    },
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
      const { ids: versions } = await actor.call('CardVersion/query', { ...where, filter: { inAddressBook: book } });
      const [version, state] = [pick(items(versions)) ?? 'v1', pick(['before', 'after'])];
      if (next(2) === 0) await actor.call('CardVersion/undo', { ...where, batchId: version });
      else await actor.call('CardVersion/restore', { ...where, id: version, state });
    },
    () => {
      const to = new Date(app.world.now().getTime() - next(2000)).toISOString();
      return actor.call('AddressBook/rewind', {
        ...where,
        id: book,
        to,
        ...(next(2) === 0 ? {} : { author: grantee }),
      });
    },
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

/** A picture that nobody else has, brought into the account of the play; nothing where the person may not. */
async function photo({ next, people, uploads }: Play, actor: Person): Promise<object> {
  const body = Buffer.concat([pixel, Buffer.from(String(next(1_000_000)))]);
  const init = { method: 'POST', headers: { 'Content-Type': 'image/png' }, body };
  const reply = await actor.fetch(`/jmap/upload/${people[0]!.id}`, init);
  if (!reply.ok) return {};
  const { blobId } = (await reply.json()) as { blobId: string };
  uploads.set(blobId, actor);
  return { media: { p: { kind: 'photo', blobId, mediaType: 'image/png' } } };
}
