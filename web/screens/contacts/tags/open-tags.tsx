import type { CardRef } from '../../../model/cards/card-ref.ts';
import { loadDialog } from '../../../ui/dialog-host.tsx';

/** « Étiquettes… » of some contacts. */
export function openTags(refs: readonly CardRef[]): void {
  void loadDialog(
    () => import('./tag-dialog.tsx'),
    ({ TagDialog }, close) => <TagDialog refs={refs} onClose={close} />,
  );
}
