import { useState } from 'react';
import type { ManagedPrincipal } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { openDialog } from '../../ui/dialog-host.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { change, create, describe } from './administration-operations.ts';
import { openLinkDialog } from './password-dialogs.tsx';

interface PrincipalForm {
  readonly kind: ManagedPrincipal['kind'];
  /** Who is to be changed; absent: somebody new. */
  readonly principal?: ManagedPrincipal;
  readonly onDone: () => void;
}

/** Opens the form of a person or group. */
export function openPrincipalDialog(form: PrincipalForm): void {
  openDialog((close) => <PrincipalDialog {...form} onClose={close} />);
}

function PrincipalDialog({ kind, principal, onDone, onClose }: PrincipalForm & { readonly onClose: () => void }) {
  const { administration: words } = useMessages();
  const isGroup = kind === 'group';
  const [name, setName] = useState(principal?.name ?? '');
  const [email, setEmail] = useState(principal?.email ?? '');
  const [isAsked, setAsked] = useState(false);
  const [problem, setProblem] = useState<string>();
  const isComplete = name.trim() !== '' && (isGroup || email.includes('@'));

  const save = async () => {
    const value = { name: name.trim(), email: email.trim() === '' ? null : email.trim() };
    if (principal) {
      await change(principal.id, value);
      return;
    }
    const id = await create({ kind, ...value });
    showToast(isGroup ? words.groupCreated(value.name) : words.created(value.name));
    if (!isGroup) openLinkDialog({ id, name: value.name });
  };
  const submit = () => {
    setAsked(true);
    if (!isComplete) return;
    save().then(
      () => {
        onDone();
        onClose();
      },
      (error: unknown) => setProblem(describe(error)),
    );
  };

  return (
    <FormDialog
      title={principal ? words.editTitle(principal.name) : isGroup ? words.addGroup : words.addPerson}
      onClose={onClose}
      onSubmit={submit}
      problem={problem}
    >
      <TextField
        label={isGroup ? words.name : words.personName}
        value={name}
        onChange={setName}
        autoFocus
        maxLength={200}
        error={isAsked && name.trim() === '' ? words.required : undefined}
      />
      <TextField
        label={words.email}
        type="email"
        value={email}
        onChange={setEmail}
        isOptional={isGroup}
        error={isAsked && !isGroup && !email.includes('@') ? words.required : undefined}
      />
    </FormDialog>
  );
}
