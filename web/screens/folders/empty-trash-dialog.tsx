import { useState } from 'react';
import type { Id } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { attempt, emptyTrash } from './folder-operations.ts';

export interface EmptyTrashDialogProps {
  readonly accountId: Id;
  readonly count: number | undefined;
  readonly onClose: () => void;
}

/** « Vider la corbeille »: how much goes, and that it is for ever. */
export function EmptyTrashDialog({ accountId, count, onClose }: EmptyTrashDialogProps) {
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
