import { useState } from 'react';
import type { Id, TrashItem } from '../../../../client/src/types.ts';
import { useMessages } from '../../../locales/messages.ts';
import type { FolderNode } from '../../../model/folders/folder-tree.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { openDialog } from '../../../ui/dialog-host.tsx';
import { describeCardError } from '../move/card-operations.ts';
import { FolderChooser } from '../move/folder-chooser.tsx';
import { destroyItems, restoreItems } from './trash-operations.ts';

interface ItemsDialogProps {
  readonly accountId: Id;
  readonly items: readonly TrashItem[];
  readonly onClose: () => void;
}

/** Asks before things are deleted for ever: nothing brings them back. */
export function openDestroyDialog(accountId: Id, items: readonly TrashItem[], onDone: () => void): void {
  openDialog((close) => <DestroyDialog accountId={accountId} items={items} onClose={close} onDone={onDone} />);
}

function DestroyDialog({ accountId, items, onClose, onDone }: ItemsDialogProps & { readonly onDone: () => void }) {
  const {
    contacts: { trash },
  } = useMessages();
  const [isPending, setPending] = useState(false);
  const submit = () => {
    setPending(true);
    void destroyItems(accountId, items).finally(() => {
      onClose();
      onDone();
    });
  };
  return (
    <FormDialog
      title={trash.removeTitle}
      onClose={onClose}
      onSubmit={submit}
      isFinal
      verb={trash.removeForEver}
      isPending={isPending}
    >
      <p>{trash.removeText(items.length)}</p>
    </FormDialog>
  );
}

/** Asks where to restore what has lost its folder. */
export function openRestoreDialog(accountId: Id, items: readonly TrashItem[]): void {
  openDialog((close) => <RestoreDialog accountId={accountId} items={items} onClose={close} />);
}

function RestoreDialog({ accountId, items, onClose }: ItemsDialogProps) {
  const { contacts } = useMessages();
  const [chosen, setChosen] = useState<FolderNode>();
  const [problem, setProblem] = useState<string>();
  const submit = () => {
    if (!chosen?.book) return setProblem(contacts.move.none);
    return void restoreItems(accountId, items, chosen.book.id).then(onClose, (error: unknown) =>
      setProblem(describeCardError(error)),
    );
  };
  return (
    <FormDialog title={contacts.trash.restoreInto} onClose={onClose} onSubmit={submit} problem={problem}>
      <FolderChooser
        prompt={contacts.errors.folderGone}
        chosen={chosen}
        currentKey={null}
        onChoose={setChosen}
        {...(items[0] ? { onlyAccount: items[0].ownerAccountId } : {})}
      />
    </FormDialog>
  );
}
