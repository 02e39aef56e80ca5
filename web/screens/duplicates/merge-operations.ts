import type { Duplicate, Merge } from '../../../client/src/duplicates.ts';
import { SetFailure } from '../../../client/src/errors.ts';
import type { ContactCard, Id, SetError } from '../../../client/src/types.ts';
import { describeError } from '../../api/errors.ts';
import { call } from '../../api/jmap.ts';
import { ownAccountId, sessionStatus } from '../../api/session.ts';
import { chunksOf } from '../../model/cards/card-ref.ts';
import { showProgress } from '../../model/running-operation.ts';
import { showFailure, showToast } from '../../ui/toasts.tsx';
import { refreshAccounts } from '../contacts/move/card-requests.ts';
import { changeCount } from './duplicates-count.ts';
import { duplicatesTexts } from './duplicates-texts.ts';

/** What shall become one contact. */
export interface MergeWish {
  readonly keepId: Id;
  readonly cardIds: readonly Id[];
  readonly choices: Readonly<Record<string, Id>>;
  readonly leaveOut: Readonly<Record<string, readonly unknown[]>>;
}

/** So many at once: progress is seen, and others have their turn. */
const mergesAtOnce = 25;
const objectsAtOnce = 500;

/** The account in which duplicates and merges live. */
export function ownAccount(): Id {
  const status = sessionStatus();
  return status.status === 'ready' ? ownAccountId(status.session) : '';
}

/** « Fusionner »: throws what was refused; « Annuler » in the message undoes it. */
export async function mergeContacts(wish: MergeWish, accountIds: readonly Id[]): Promise<void> {
  const reply = await call('Merge/set', { accountId: ownAccount(), create: { merge: wish } });
  const refused = reply.notCreated?.['merge'];
  if (refused) throw new SetFailure(refused);
  const made = reply.created?.['merge'];
  void refreshAccounts(accountIds);
  changeCount(-1);
  offerUndo(duplicatesTexts().merged(made?.name ?? ''), made ? [made.id] : []);
}

/** « Annuler », until all of these merges are undone: also by the page of merges. */
function offerUndo(text: string, ids: readonly Id[]): void {
  const left = new Set(ids);
  const close = showToast(text, { undo: () => void undoMerges([...left]) });
  const ignore = listenToUndo((undone) => {
    for (const id of undone) left.delete(id);
    if (left.size > 0) return;
    ignore();
    close();
  });
}

/** « Tout fusionner »: all that is certain, some at a time. What is refused stays in the list. */
export async function mergeAllCertain(): Promise<void> {
  const accountId = ownAccount();
  const words = duplicatesTexts();
  const done: Id[] = [];
  let refused = 0;
  try {
    const filter = { isCertain: true, isDismissed: false };
    const { ids } = await call('Duplicate/query', { accountId, filter });
    const duplicates: Duplicate[] = [];
    for (const some of chunksOf(ids, objectsAtOnce))
      duplicates.push(...(await call('Duplicate/get', { accountId, ids: some })).list);
    for (const some of chunksOf(duplicates, mergesAtOnce)) {
      showProgress({ text: words.merging, done: done.length, total: duplicates.length });
      const create = Object.fromEntries(some.map((duplicate) => [duplicate.id, usualMerge(duplicate)]));
      const reply = await call('Merge/set', { accountId, create });
      done.push(...Object.values(reply.created ?? {}).map(({ id }) => id));
      refused += Object.keys(reply.notCreated ?? {}).length;
    }
    void refreshAccounts(duplicates.flatMap(({ cards }) => cards.map((card) => card.accountId)));
  } catch (error) {
    showFailure(describeError(error));
  } finally {
    showProgress(null);
  }
  changeCount(-done.length);
  if (refused > 0) showFailure(words.someRefused(refused));
  if (done.length > 0) offerUndo(words.mergedMany(done.length), done);
}

function usualMerge({ keepId, cards }: Duplicate): object {
  return { keepId, cardIds: cards.map(({ id }) => id).filter((id) => id !== keepId) };
}

const undoListeners = new Set<(ids: readonly Id[]) => void>();

/** Hears which merges were undone. */
export function listenToUndo(listener: (ids: readonly Id[]) => void): () => void {
  undoListeners.add(listener);
  return () => undoListeners.delete(listener);
}

/** « Annuler » a merge, or many: tells what was edited since and stays. */
export async function undoMerges(ids: readonly Id[]): Promise<void> {
  const words = duplicatesTexts();
  let edited = 0;
  const undone: Id[] = [];
  let problem: SetError | undefined;
  try {
    for (const [index, some] of chunksOf(ids.toReversed(), mergesAtOnce).entries()) {
      if (ids.length > mergesAtOnce)
        showProgress({ text: words.undoing, done: index * mergesAtOnce, total: ids.length });
      const reply = await call('Merge/undo', { accountId: ownAccount(), ids: some });
      const results = Object.values(reply.undone);
      undone.push(...Object.keys(reply.undone));
      edited += results.filter(
        ({ kept, lost, editedGroups }) => kept !== 'restored' || lost.length + editedGroups.length > 0,
      ).length;
      problem ??= Object.values(reply.notUndone)[0];
    }
  } catch (error) {
    showFailure(describeError(error));
  } finally {
    showProgress(null);
  }
  changeCount(undone.length);
  for (const listener of undoListeners) listener(undone);
  if (problem) showFailure(problem.reason === 'folderGone' ? words.folderGone : words.undoRefused);
  else if (undone.length > 0) showToast(edited > 0 ? words.undoneButEdited : words.undone(undone.length));
  const status = sessionStatus();
  if (status.status === 'ready') void refreshAccounts(Object.keys(status.session.accounts));
}

/** « Ce ne sont pas des doublons », or that they may be again. */
export async function dismiss(id: Id, isDismissed: boolean): Promise<void> {
  const reply = await call('Duplicate/set', { accountId: ownAccount(), update: { [id]: { isDismissed } } });
  const refused = reply.notUpdated?.[id];
  if (refused) throw new SetFailure(refused);
  changeCount(isDismissed ? -1 : 1);
}

/** A page of the duplicates that wait, and how many there are. */
export interface DuplicatesPage {
  readonly list: readonly Duplicate[];
  readonly total: number;
  readonly certain: number;
  /** The cards of all of them by their ids. */
  readonly cards: ReadonlyMap<Id, ContactCard>;
}

/** The first so many. */
export async function loadDuplicates(limit: number): Promise<DuplicatesPage> {
  const accountId = ownAccount();
  const found = await call('Duplicate/query', {
    accountId,
    filter: { isDismissed: false },
    limit,
    calculateTotal: true,
  });
  const certain = call('Duplicate/query', {
    accountId,
    filter: { isDismissed: false, isCertain: true },
    limit: 0,
    calculateTotal: true,
  });
  const got = call('Duplicate/get', { accountId, ids: found.ids });
  const [{ total = 0 }, { list }] = await Promise.all([certain, got]);
  const byId = new Map(list.map((one) => [one.id, one]));
  const ordered = found.ids.flatMap((id) => byId.get(id) ?? []);
  return {
    list: ordered,
    total: found.total ?? ordered.length,
    certain: total,
    cards: await loadCardsOf(ordered.flatMap(({ cards }) => cards)),
  };
}

/** Cards by their ids, wherever they are. */
export async function loadCardsOf(
  places: readonly { readonly id: Id; readonly accountId: Id }[],
): Promise<ReadonlyMap<Id, ContactCard>> {
  const byAccount = [...Map.groupBy(places, ({ accountId }) => accountId)];
  const replies = byAccount.flatMap(([accountId, own]) =>
    chunksOf(own, objectsAtOnce).map((some) => call('ContactCard/get', { accountId, ids: some.map(({ id }) => id) })),
  );
  const lists = await Promise.all(replies);
  return new Map(lists.flatMap(({ list }) => list.map((card) => [card.id, card] as const)));
}

/** The merges that can be undone, newest first. */
export async function loadMerges(limit: number): Promise<{ readonly list: readonly Merge[]; readonly total: number }> {
  const accountId = ownAccount();
  const { ids, total } = await call('Merge/query', { accountId, limit, calculateTotal: true });
  const { list } = await call('Merge/get', { accountId, ids });
  return { list: list.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)), total: total ?? ids.length };
}
