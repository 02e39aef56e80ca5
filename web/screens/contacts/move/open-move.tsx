import type { CardRef } from '../../../model/cards/card-ref.ts';
import { loadDialog } from '../../../ui/dialog-host.tsx';
import { preloadWhenIdle } from '../../../ui/loading/preload.ts';

/** What is to be moved or copied; `onDone` is told when the person has chosen. */
export interface MoveRequest {
  readonly refs: readonly CardRef[];
  readonly operation: 'move' | 'copy';
  readonly onDone: () => void;
}

const moveDialog = () => import('./move-dialog.tsx');

/** Fetches the dialog after the first look, which does not need it. */
export function preloadMoveDialog(): void {
  preloadWhenIdle(moveDialog);
}

/** Opens « Déplacer » or « Copier vers… » for some contacts. */
export function openMoveDialog(request: MoveRequest): void {
  void loadDialog(moveDialog, ({ MoveDialog }, close) => <MoveDialog {...request} onClose={close} />);
}
