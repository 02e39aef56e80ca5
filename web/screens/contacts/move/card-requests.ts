import { SetFailure } from '../../../../client/src/errors.ts';
import { call, client } from '../../../api/jmap.ts';
import { capabilities } from '../../../../client/src/transport.ts';
import { set } from '../../../api/jmap.ts';
import { load, sync } from '../../../api/store.ts';
import type { ContactCard, Id, SetError, SetResponse } from '../../../../client/src/types.ts';
import { bookIdOf, byAccount, type CardRef, chunksOf } from '../../../model/cards/card-ref.ts';
import { asNewContent } from '../../../model/cards/jmap-properties.ts';
import { announceChanged } from '../../../model/cards/leaving-cards.ts';

/** What became of some cards: how to take it back, and what was refused. */
export interface Outcome {
  readonly done: number;
  readonly undo: readonly (() => Promise<unknown>)[];
  readonly refused: readonly SetError[];
  /** What stopped it before everything was tried, as a lost connection. */
  readonly failure?: unknown;
}

/** Where cards go. */
export interface FolderTarget {
  readonly accountId: Id;
  readonly bookId: Id;
}

const nothing: Outcome = { done: 0, undo: [], refused: [] };

/** Small enough that progress is seen, and within what the server takes. */
function chunkSize(): number {
  const limit = client.session?.capabilities[capabilities.core]?.['maxObjectsInSet'];
  return Math.min(500, typeof limit === 'number' ? limit : 500);
}

type Step = (accountId: Id, refs: readonly CardRef[]) => Promise<Outcome>;

/** Does something with many cards, a chunk at a time; what was done before a failure can still be undone. */
export async function inChunks(
  refs: readonly CardRef[],
  step: Step,
  onProgress: (done: number) => void,
): Promise<Outcome> {
  let total = nothing;
  let seen = 0;
  for (const [accountId, ofAccount] of byAccount(refs)) {
    for (const chunk of chunksOf(ofAccount, chunkSize())) {
      try {
        total = joined(total, await step(accountId, chunk));
      } catch (failure) {
        return { ...total, failure };
      }
      seen += chunk.length;
      onProgress(seen);
    }
  }
  return total;
}

function joined(a: Outcome, b: Outcome): Outcome {
  return { done: a.done + b.done, undo: [...b.undo, ...a.undo], refused: [...a.refused, ...b.refused] };
}

function get(accountId: Id, refs: readonly CardRef[], properties?: readonly string[]) {
  const ids = refs.map((ref) => ref.id);
  return call('ContactCard/get', { accountId, ids, ...(properties ? { properties } : {}) });
}

function refusals(...maps: readonly (Readonly<Record<Id, SetError>> | null | undefined)[]): SetError[] {
  return maps.flatMap((map) => Object.values(map ?? {}));
}

/** Within an account only the folder of a card changes. */
export async function moveWithin(accountId: Id, refs: readonly CardRef[], bookId: Id): Promise<Outcome> {
  const [before, reply] = await Promise.all([
    get(accountId, refs, ['addressBookIds']),
    set('ContactCard', accountId, {
      update: Object.fromEntries(refs.map(({ id }) => [id, { addressBookIds: { [bookId]: true } }])),
    }),
  ]);
  const moved = before.list.filter(
    ({ id, addressBookIds }) => reply.updated && id in reply.updated && bookIdOf({ addressBookIds }) !== bookId,
  );
  const update = Object.fromEntries(moved.map(({ id, addressBookIds }) => [id, { addressBookIds }]));
  const undo = () => set('ContactCard', accountId, { update }).then(requireAll);
  return { done: moved.length, undo: moved.length > 0 ? [undo] : [], refused: refusals(reply.notUpdated) };
}

/** Between accounts a card is copied and its original goes to the trash, from where « Annuler » takes it back. */
export async function moveBetween(
  from: Id,
  refs: readonly CardRef[],
  to: FolderTarget,
  ownAccountId: Id,
): Promise<Outcome> {
  const copied = await copyBetween(from, refs, to, true);
  const copies = Object.values(copied.created ?? {}).map(({ id }) => id);
  const originals = Object.keys(copied.created ?? {});
  const undo = async () => {
    await takeBackCopies(to.accountId, copies, ownAccountId);
    await restore(ownAccountId, originals);
  };
  return { done: copies.length, undo: copies.length > 0 ? [undo] : [], refused: refusals(copied.notCreated) };
}

/** Copies into a folder of another account, or beside the original in the same one. */
export async function copyInto(
  from: Id,
  refs: readonly CardRef[],
  to: FolderTarget,
  ownAccountId: Id,
): Promise<Outcome> {
  const reply = await (from === to.accountId ? duplicate(from, refs, to) : copyBetween(from, refs, to, false));
  const copies = Object.values(reply.created ?? {}).map(({ id }) => id);
  const undo = () => takeBackCopies(to.accountId, copies, ownAccountId);
  return { done: copies.length, undo: copies.length > 0 ? [undo] : [], refused: refusals(reply.notCreated) };
}

/** Copies that follow their originals: whose they are does not matter, the links are one's own. */
export async function copyLinked(refs: readonly CardRef[], to: FolderTarget, ownAccountId: Id): Promise<Outcome> {
  const create = refs.map(({ id }) => [id, { sourceId: id, addressBookId: to.bookId }]);
  const reply = await set('CardLink', ownAccountId, { create: Object.fromEntries(create) });
  const copies = Object.values(reply.created ?? {}).map(({ id }) => id);
  const undo = () => takeBackCopies(to.accountId, copies, ownAccountId);
  return { done: copies.length, undo: copies.length > 0 ? [undo] : [], refused: refusals(reply.notCreated) };
}

/** The copies were never anybody's: they need not wait in the trash. Only one's own account may be purged. */
async function takeBackCopies(accountId: Id, copies: readonly Id[], ownAccountId: Id): Promise<void> {
  requireAll(await set('ContactCard', accountId, { destroy: copies }));
  if (accountId === ownAccountId) await call('TrashItem/set', { accountId, destroy: copies });
}

type Created = Pick<SetResponse<ContactCard>, 'created' | 'notCreated'>;

function copyBetween(
  from: Id,
  refs: readonly CardRef[],
  to: FolderTarget,
  onSuccessDestroyOriginal: boolean,
): Promise<Created> {
  const create = Object.fromEntries(refs.map(({ id }) => [id, { id, addressBookIds: { [to.bookId]: true } }]));
  return call('ContactCard/copy', {
    fromAccountId: from,
    accountId: to.accountId,
    create,
    onSuccessDestroyOriginal,
  });
}

/** RFC 8620 §5.4 copies between accounts only; in one account a copy is a new card with a uid of its own. */
async function duplicate(accountId: Id, refs: readonly CardRef[], { bookId }: FolderTarget): Promise<Created> {
  const { list } = await get(accountId, refs);
  const create = list.map((card) => [card.id, { ...asNewContent(card), addressBookIds: { [bookId]: true } }]);
  return set('ContactCard', accountId, { create: Object.fromEntries(create) });
}

/** Puts cards into the trash. */
export async function destroy(accountId: Id, refs: readonly CardRef[], ownAccountId: Id): Promise<Outcome> {
  const reply = await set('ContactCard', accountId, { destroy: refs.map(({ id }) => id) });
  const destroyed = reply.destroyed ?? [];
  const undo = () => restore(ownAccountId, destroyed);
  return { done: destroyed.length, undo: destroyed.length > 0 ? [undo] : [], refused: refusals(reply.notDestroyed) };
}

interface FolderPlace {
  readonly accountId: Id;
  readonly addressBookId: Id;
}

/** Takes things out of the trash, to where they were or into a folder; throws the first refusal. */
export async function restore(
  ownAccountId: Id,
  ids: readonly Id[],
  addressBookId?: Id,
): Promise<readonly FolderPlace[]> {
  const reply = await call('TrashItem/restore', {
    accountId: ownAccountId,
    ids,
    ...(addressBookId === undefined ? {} : { addressBookId }),
  });
  throwFirst(refusals(reply.notRestored));
  return Object.values(reply.restored ?? {});
}

function requireAll(reply: SetResponse<ContactCard>): void {
  throwFirst(refusals(reply.notUpdated, reply.notDestroyed));
}

function throwFirst(errors: readonly SetError[]): void {
  if (errors[0]) throw new SetFailure(errors[0]);
}

/** Shows what the server has now: cards, and how many are in each folder. */
export async function refreshAccounts(accountIds: Iterable<Id>): Promise<void> {
  for (const accountId of new Set(accountIds)) {
    announceChanged(accountId);
    await Promise.all([sync('ContactCard', accountId), load('AddressBook', accountId, true)]);
  }
}
