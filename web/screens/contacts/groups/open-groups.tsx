import type { CardRef } from '../../../model/cards/card-ref.ts';
import { loadDialog } from '../../../ui/dialog-host.tsx';

/** « Ajouter à un groupe… », or « Nouveau groupe » when there is nobody to add. */
export function openAddToGroup(
  refs: readonly CardRef[],
  folderKey: string | null,
  onDone: () => void = () => {},
): void {
  void loadDialog(
    () => import('./add-to-group-dialog.tsx'),
    ({ AddToGroupDialog }, close) => (
      <AddToGroupDialog refs={refs} folderKey={folderKey} onDone={onDone} onClose={close} />
    ),
  );
}
