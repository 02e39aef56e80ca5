import { describeError } from '../../api/errors.ts';
import type { Id } from '../../../client/src/types.ts';
import { messages } from '../../locales/messages.ts';
import { showProgress } from '../../model/running-operation.ts';
import { showFailure, showToast } from '../../ui/toasts.tsx';
import { changeImport, followImport, isUnderWay } from './import-operations.ts';

/** Follows an import whose dialog is closed: its progress stands above the list, its end is told, and can be undone. */
export function tellInBackground(accountId: Id, id: Id, folder: string): void {
  followImport(accountId, id, (run) => {
    const { transfer } = messages();
    if (run && isUnderWay(run)) {
      const isUndo = run.state === 'undoing';
      const total = isUndo ? run.made + run.merged : (run.total ?? 0);
      const text = isUndo ? transfer.undoing : transfer.running;
      showProgress({ text, done: isUndo ? run.undone + run.kept : run.done, total });
      return;
    }
    showProgress(null);
    if (!run) return;
    if (run.state === 'undone') showToast(transfer.undone(run.undone));
    else if (run.state === 'failed') showFailure(transfer.failures[run.reason ?? ''] ?? transfer.failure);
    else {
      const undo = () => {
        changeImport(accountId, id, 'undoing').then(
          () => tellInBackground(accountId, id, folder),
          (error: unknown) => showFailure(describeError(error)),
        );
      };
      showToast(transfer.toast(run.made + run.merged, folder), {
        undo,
        action: { label: transfer.undo, onAction: undo },
      });
    }
  });
}
