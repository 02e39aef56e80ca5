import type { AddressBook, InAccount } from '../../api/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { Dialog } from '../../ui/dialog.tsx';

export interface FolderDialogProps {
  readonly book: InAccount<AddressBook>;
  readonly onClose: () => void;
}

/** « Partager un dossier de contacts ». */
export function ShareDialog({ book, onClose }: FolderDialogProps) {
  const { sharing } = useMessages();
  return (
    <Dialog title={sharing.title} onClose={onClose} size="wide">
      {book.name}
    </Dialog>
  );
}
