import { useState } from 'react';
import type { Id } from '../../api/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { openDialog } from '../../ui/dialog-host.tsx';
import { attempt, emptyTrash } from './folder-operations.ts';

/** Opens the question before emptying the trash, the one thing that cannot be undone. */
export function openEmptyTrashDialog(accountId: Id, count: number | undefined): void {
  openDialog((close) => <EmptyTrashDialog accountId={accountId} count={count} onClose={close} />);
}

interface EmptyTrashDialogProps {
  readonly accountId: Id;
  readonly count: number | undefined;
  readonly onClose: () => void;
}

function EmptyTrashDialog({ accountId, count, onClose }: EmptyTrashDialogProps) {
  const { common, folders } = useMessages();
  const [isPending, setPending] = useState(false);
  const submit = () => {
    setPending(true);
    attempt(emptyTrash(accountId).finally(onClose));
  };
  return (
    <Dialog
      title={folders.emptyTrashTitle}
      onClose={onClose}
      onSubmit={submit}
      isAlert
      footer={
        <>
          <Button onPress={onClose} autoFocus>
            {common.cancel}
          </Button>
          <Button type="submit" variant="danger" isPending={isPending}>
            {folders.emptyTrash}
          </Button>
        </>
      }
    >
      <p>{count === undefined ? folders.emptyTrashPlain : folders.emptyTrashQuestion(count)}</p>
    </Dialog>
  );
}
