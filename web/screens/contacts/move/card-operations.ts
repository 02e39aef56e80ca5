import { describeError } from '../../../api/errors.ts';
import { isSetFailure } from '../../../../client/src/errors.ts';
import { ownAccountId, sessionStatus } from '../../../api/session.ts';
import type { Id, SetError } from '../../../../client/src/types.ts';
import { messages } from '../../../locales/messages.ts';
import { cardKey, type CardRef } from '../../../model/cards/card-ref.ts';
import { announceLeaving } from '../../../model/cards/leaving-cards.ts';
import { showProgress } from '../../../model/running-operation.ts';
import { announce } from '../../../ui/announce.ts';
import { showFailure, showToast } from '../../../ui/toasts.tsx';
import {
  copyInto,
  copyLinked,
  destroy,
  type FolderTarget,
  inChunks,
  moveBetween,
  moveWithin,
  type Outcome,
  refreshAccounts,
} from './card-requests.ts';

/** A folder with the name that its reader knows. */
export interface NamedFolder extends FolderTarget {
  readonly name: string;
}

/** From here on a person wants to see that something happens. */
const many = 500;

/** « Déplacer »: puts cards into a folder; « Annuler » puts them back where they were. */
export async function moveCards(refs: readonly CardRef[], folder: NamedFolder): Promise<void> {
  const { done } = messages().contacts;
  const isThere = (ref: CardRef) => ref.accountId === folder.accountId && ref.bookId === folder.bookId;
  const leaving = refs.filter((ref) => !isThere(ref));
  if (leaving.length === 0) {
    showToast(done.alreadyThere(folder.name));
    return;
  }
  announceLeaving({ keys: keysOf(leaving), why: 'moved' });
  const step = (from: Id, chunk: readonly CardRef[]) =>
    from === folder.accountId ? moveWithin(from, chunk, folder.bookId) : moveBetween(from, chunk, folder, ownAccount());
  const outcome = await run(leaving, done.moving, step);
  finish(outcome, (n) => messages().contacts.done.moved(n, folder.name), [folder.accountId, ...accountsOf(refs)]);
}

/** « Copier vers… », linked with the originals or not: « Annuler » takes the copies away. */
export async function copyCards(refs: readonly CardRef[], folder: NamedFolder, isLinked: boolean): Promise<void> {
  const own = ownAccount();
  const outcome = await run(refs, messages().contacts.done.copying, (from, chunk) =>
    isLinked ? copyLinked(chunk, folder, own) : copyInto(from, chunk, folder, own),
  );
  finish(outcome, (n) => messages().contacts.done.copied(n, folder.name), [folder.accountId]);
}

/** « Supprimer »: cards go to the trash; « Annuler » takes them out again. */
export async function deleteCards(refs: readonly CardRef[]): Promise<void> {
  announceLeaving({ keys: keysOf(refs), why: 'deleted' });
  const own = ownAccount();
  const outcome = await run(refs, messages().contacts.done.deleting, (accountId, chunk) =>
    destroy(accountId, chunk, own),
  );
  finish(outcome, (n) => messages().contacts.done.deleted(n), accountsOf(refs));
}

/** Something else that is done with cards, a chunk at a time. */
export interface CardChange {
  /** What stands beside the progress. */
  readonly text: string;
  readonly step: Parameters<typeof inChunks>[1];
  readonly say: (done: number) => string;
}

/** Changes cards where they are; « Annuler » takes it back. */
export async function changeCards(refs: readonly CardRef[], { text, step, say }: CardChange): Promise<void> {
  finish(await run(refs, text, step), say, accountsOf(refs));
}

function ownAccount(): Id {
  const status = sessionStatus();
  return status.status === 'ready' ? ownAccountId(status.session) : '';
}

function keysOf(refs: readonly CardRef[]): ReadonlySet<string> {
  return new Set(refs.map(cardKey));
}

function accountsOf(refs: readonly CardRef[]): Id[] {
  return refs.map((ref) => ref.accountId);
}

async function run(refs: readonly CardRef[], text: string, step: Parameters<typeof inChunks>[1]): Promise<Outcome> {
  const total = refs.length;
  const tell = (done: number) => showProgress(total > many ? { text, done, total } : null);
  tell(0);
  try {
    return await inChunks(refs, step, tell);
  } finally {
    showProgress(null);
  }
}

function finish(outcome: Outcome, say: (done: number) => string, accountIds: readonly Id[]): void {
  void refreshAccounts(accountIds);
  const problem = problemOf(outcome);
  if (problem) showFailure(problem);
  if (outcome.done === 0) return;
  showToast(say(outcome.done), { undo: () => void undo(outcome, accountIds) });
}

async function undo(outcome: Outcome, accountIds: readonly Id[]): Promise<void> {
  const { done } = messages().contacts;
  const total = outcome.undo.length;
  try {
    for (const [index, step] of outcome.undo.entries()) {
      if (total > 1) showProgress({ text: done.undoing, done: index, total });
      await step();
    }
    announce(messages().contacts.done.undone);
  } catch (error) {
    showFailure(describeCardError(error));
  } finally {
    showProgress(null);
    void refreshAccounts(accountIds);
  }
}

function problemOf({ done, refused, failure }: Outcome): string | undefined {
  if (failure !== undefined) return describeError(failure);
  const [first] = refused;
  if (!first) return undefined;
  const why = describeRefusal(first);
  return done === 0 ? why : `${messages().contacts.errors.some(refused.length)} ${why}`;
}

/** Why cards were refused, and what can be done about it. */
export function describeRefusal(error: SetError): string {
  const { errors } = messages().contacts;
  if (error.type === 'forbidden' || error.type === 'accountReadOnly') return errors.forbidden;
  if (error.type === 'alreadyExists') return errors.exists;
  if (error.type === 'overQuota') return errors.full;
  if (error.type === 'notFound') return errors.gone;
  if (error.type === 'tooLarge') return errors.tooLarge;
  if (error.reason === 'folderGone') return errors.folderGone;
  if (error.properties?.includes('addressBookIds')) return errors.targetGone;
  return messages().common.errorServer;
}

/** The sentence for an operation on cards that was thrown. */
export function describeCardError(error: unknown): string {
  return isSetFailure(error) ? describeRefusal(error.error) : describeError(error);
}
