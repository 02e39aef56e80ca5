import { useMessages } from '../../locales/messages.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { FolderDialogProps } from './share-dialog.tsx';

/** « Éditer propriétés ». */
export function PropertiesDialog({ book, onClose }: FolderDialogProps) {
  const { sharing } = useMessages();
  return (
    <Dialog title={sharing.propertiesTitle} onClose={onClose} size="wide">
      {book.name}
    </Dialog>
  );
}
