import type { CardRef } from '../../model/cards/card-ref.ts';
import { loadDialog } from '../../ui/dialog-host.tsx';

/** So many contacts become one at once (docs/jmap-extension.md). */
export const mostMerged = 20;

/** « Fusionner… » */
export function openMergeDialog(refs: readonly CardRef[], onDone: () => void): void {
  void loadDialog(
    () => import('./merge-dialog.tsx'),
    ({ MergeDialog }, close) => <MergeDialog refs={refs} onClose={close} onDone={onDone} />,
  );
}
