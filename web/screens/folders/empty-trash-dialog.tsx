import { useState } from 'react';
import type { Id } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { attempt, emptyTrash } from './folder-operations.ts';

interface EmptyTrashDialogProps {
  readonly accountId: Id;
  readonly count: number | undefined;
  readonly onClose: () => void;
}

/** « Vider la corbeille »: how much goes, and that it is for ever. */
export function EmptyTrashDialog({ accountId, count, onClose }: EmptyTrashDialogProps) {
  const { folders } = useMessages();
  const [isPending, setPending] = useState(false);
  const submit = () => {
    setPending(true);
    attempt(emptyTrash(accountId).finally(onClose));
  };
  return (
    <FormDialog
      title={folders.emptyTrashTitle}
      onClose={onClose}
      onSubmit={submit}
      isFinal
      verb={folders.emptyTrash}
      isPending={isPending}
    >
      <p>{count === undefined ? folders.emptyTrashPlain : folders.emptyTrashQuestion(count)}</p>
    </FormDialog>
  );
}
