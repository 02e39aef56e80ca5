import { useState } from 'react';
import type { ManagedPrincipal } from '../../../client/src/types.ts';
import { call } from '../../api/jmap.ts';
import { useMessages } from '../../locales/messages.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { openDialog } from '../../ui/dialog-host.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { describe, ownAccount } from './administration-operations.ts';
import { PrincipalPicker } from './principal-picker.tsx';

/** « Donner ses dossiers »: what somebody who left has kept goes on with somebody else. */
export function openGiveDialog(from: ManagedPrincipal): void {
  openDialog((close) => <GiveDialog from={from} onClose={close} />);
}

function GiveDialog({ from, onClose }: { readonly from: ManagedPrincipal; readonly onClose: () => void }) {
  const { administration: words } = useMessages();
  const [to, setTo] = useState<ManagedPrincipal>();
  const [problem, setProblem] = useState<string>();
  const submit = () => {
    if (!to) return setProblem(words.giveTo);
    call('ManagedPrincipal/giveFolders', { accountId: ownAccount(), fromId: from.id, toId: to.id }).then(
      ({ folders }) => {
        showToast(words.given(folders.length, to.name));
        onClose();
      },
      (error: unknown) => setProblem(describe(error)),
    );
  };
  return (
    <FormDialog
      title={words.giveTitle(from.name)}
      onClose={onClose}
      onSubmit={submit}
      verb={words.giveConfirm}
      problem={problem}
    >
      <p>{words.giveText}</p>
      <PrincipalPicker
        label={words.giveTo}
        kind="individual"
        without={new Set([from.id])}
        chosen={to}
        onChoose={setTo}
      />
    </FormDialog>
  );
}
