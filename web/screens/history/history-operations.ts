import { JmapMethodError } from '../../../client/src/errors.ts';
import type { CardVersion, Undone, UndoneChange } from '../../../client/src/history.ts';
import type { Id, UTCDate } from '../../../client/src/types.ts';
import { describeError } from '../../api/errors.ts';
import { call } from '../../api/jmap.ts';
import { ownAccountId, sessionStatus } from '../../api/session.ts';
import { sync } from '../../api/store.ts';
import { currentLanguage } from '../../locales/messages.ts';
import { showProgress } from '../../model/running-operation.ts';
import { announce } from '../../ui/announce.ts';
import { showFailure, showToast } from '../../ui/toasts.tsx';
import { refreshAccounts } from '../contacts/move/card-requests.ts';
import { historyTexts } from './history-texts.ts';

/** What is to be undone: one entry of the feed, an operation, or all since a moment (by one person). */
export type Undoing =
  | { readonly batchId: Id }
  | { readonly operationId: Id }
  | { readonly bookId: Id; readonly to: UTCDate; readonly author: Id | null };

/** What undoing would do, without doing it. */
export function previewUndo(accountId: Id, undoing: Undoing): Promise<Undone> {
  return ask(accountId, undoing, { dryRun: true });
}

/** Undoes; « Annuler » in the message takes that back. What went wrong is told. True when it is done. */
export async function undoChanges(accountId: Id, undoing: Undoing): Promise<boolean> {
  try {
    const { counts, operationId } = await askUntilDone(accountId, undoing);
    tell(accountId, summaryOf(counts), operationId);
    return true;
  } catch (error) {
    showFailure(describeHistoryError(error));
    return false;
  } finally {
    refresh(accountId);
  }
}

/** « Restaurer cette version »; « Annuler » gives back what was there. */
export async function restoreVersion(
  accountId: Id,
  version: Pick<CardVersion, 'id'>,
  state: 'after' | 'before',
): Promise<void> {
  try {
    const { operationId } = await call('CardVersion/restore', { accountId, id: version.id, state });
    tell(accountId, historyTexts(currentLanguage()).restored, operationId);
  } catch (error) {
    showFailure(describeHistoryError(error));
  } finally {
    refresh(accountId);
  }
}

/** Forgets what a card was. */
export async function eraseHistory(accountId: Id, cardId: Id): Promise<boolean> {
  try {
    await call('CardVersion/erase', { accountId, cardId });
    showToast(historyTexts(currentLanguage()).erased);
    return true;
  } catch (error) {
    showFailure(describeHistoryError(error));
    return false;
  }
}

/** Why something of the history could not be done, and what can be done about it. */
export function describeHistoryError(error: unknown): string {
  const texts = historyTexts(currentLanguage());
  const type = error instanceof JmapMethodError ? error.type : '';
  if (type === 'forbidden' || type === 'accountReadOnly') return texts.forbidden;
  if (type === 'notFound' || type === 'accountNotFound') return texts.notFound;
  return describeError(error);
}

function ask(
  accountId: Id,
  undoing: Undoing,
  how: { readonly dryRun?: boolean; readonly continues?: Id | null },
): Promise<Undone> {
  if (!('bookId' in undoing)) return call('CardVersion/undo', { accountId, ...undoing, ...how });
  const { bookId: id, to, author } = undoing;
  return call('AddressBook/rewind', { accountId, id, to, author, ...how });
}

/** A call does a part of what is much: until nothing is left, and told how far it has come. */
async function askUntilDone(accountId: Id, undoing: Undoing): Promise<Pick<Undone, 'counts' | 'operationId'>> {
  const counts = { restored: 0, changed: 0, deleted: 0, moved: 0, kept: 0 };
  let operationId: Id | null = null;
  try {
    for (;;) {
      const undone: Undone = await ask(accountId, undoing, { continues: operationId });
      ({ operationId } = undone);
      for (const change of done) counts[change] += undone.counts[change];
      counts.kept = undone.counts.kept;
      if (undone.left === 0) return { counts, operationId };
      const sum = done.reduce((total, change) => total + counts[change], 0);
      showProgress({ text: historyTexts(currentLanguage()).undoing, done: sum, total: sum + undone.left });
    }
  } finally {
    showProgress(null);
  }
}

const done = ['restored', 'changed', 'moved', 'deleted'] as const;
const order: readonly UndoneChange[] = [...done, 'kept'];

/** « 43 contacts rétablis, 1 contact laissé, modifié depuis ». */
function summaryOf(counts: Undone['counts']): string {
  const texts = historyTexts(currentLanguage());
  const parts = order.flatMap((change) => (counts[change] > 0 ? [texts.done[change](counts[change])] : []));
  return parts.length === 0 ? texts.doneNothing : parts.join(', ');
}

function tell(accountId: Id, text: string, operationId: Id | null): void {
  if (operationId === null) {
    showToast(text);
    return;
  }
  const takeBack = async () => {
    try {
      await askUntilDone(accountId, { operationId });
      announce(historyTexts(currentLanguage()).undone);
    } catch (error) {
      showFailure(describeHistoryError(error));
    } finally {
      refresh(accountId);
    }
  };
  showToast(text, { undo: () => void takeBack() });
}

function refresh(accountId: Id): void {
  const status = sessionStatus();
  void refreshAccounts([accountId]);
  if (status.status === 'ready') void sync('TrashItem', ownAccountId(status.session));
}
