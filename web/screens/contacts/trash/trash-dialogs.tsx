import { useState } from 'react';
import type { Id, TrashItem } from '../../../../client/src/types.ts';
import { useMessages } from '../../../locales/messages.ts';
import type { FolderNode } from '../../../model/folders/folder-tree.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
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
    common,
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
    <Dialog
      title={trash.removeTitle}
      onClose={onClose}
      onSubmit={submit}
      isAlert
      footer={
        <>
          <Button onPress={onClose} autoFocus>
            {common.cancel}
          </Button>
          <Button type="submit" variant="danger" isPending={isPending}>
            {trash.removeForEver}
          </Button>
        </>
      }
    >
      <p>{trash.removeText(items.length)}</p>
    </Dialog>
  );
}

/** Asks where to restore what has lost its folder. */
export function openRestoreDialog(accountId: Id, items: readonly TrashItem[]): void {
  openDialog((close) => <RestoreDialog accountId={accountId} items={items} onClose={close} />);
}

function RestoreDialog({ accountId, items, onClose }: ItemsDialogProps) {
  const { common, contacts } = useMessages();
  const [chosen, setChosen] = useState<FolderNode>();
  const [problem, setProblem] = useState<string>();
  const submit = () => {
    if (!chosen?.book) return setProblem(contacts.move.none);
    return void restoreItems(accountId, items, chosen.book.id).then(onClose, (error: unknown) =>
      setProblem(describeCardError(error)),
    );
  };
  return (
    <Dialog
      title={contacts.trash.restoreInto}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button onPress={onClose}>{common.cancel}</Button>
          <Button type="submit" variant="primary">
            {common.ok}
          </Button>
        </>
      }
    >
      <FolderChooser
        prompt={contacts.errors.folderGone}
        chosen={chosen}
        currentKey={null}
        onChoose={setChosen}
        {...(items[0] ? { onlyAccount: items[0].ownerAccountId } : {})}
      />
      {problem ? (
        <Banner tone="danger" isInline isLive>
          {problem}
        </Banner>
      ) : null}
    </Dialog>
  );
}
