import { useEffect, useState } from 'react';
import type { ManagedPrincipal } from '../../../client/src/types.ts';
import { call } from '../../api/jmap.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { minimumPassword } from '../../model/minimum-password.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { openDialog } from '../../ui/dialog-host.tsx';
import { CopyField } from '../../ui/fields/copy-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { SkeletonLines } from '../../ui/loading/skeleton.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { describe, ownAccount } from './administration-operations.ts';

type Named = Pick<ManagedPrincipal, 'id' | 'name'>;

/** Makes a link with which somebody chooses a password, and shows it once. */
export function openLinkDialog(person: Named): void {
  openDialog((close) => <LinkDialog person={person} onClose={close} />);
}

function LinkDialog({ person, onClose }: { readonly person: Named; readonly onClose: () => void }) {
  const { administration: words, common } = useMessages();
  const language = useLanguage();
  const [link, setLink] = useState<{ readonly url: string; readonly expiresAt: string }>();
  const [problem, setProblem] = useState<string>();
  const { id } = person;
  useEffect(() => {
    let isStale = false;
    call('ManagedPrincipal/createPasswordLink', { accountId: ownAccount(), id }).then(
      (made) => !isStale && setLink(made),
      (error: unknown) => !isStale && setProblem(describe(error)),
    );
    return () => {
      isStale = true;
    };
  }, [id]);
  const until = (time: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(time));
  return (
    <Dialog
      title={words.passwordLink}
      onClose={onClose}
      onSubmit={onClose}
      footer={
        <Button type="submit" variant="primary">
          {common.close}
        </Button>
      }
    >
      {problem ? (
        <Banner tone="danger" isInline isLive>
          {problem}
        </Banner>
      ) : null}
      {link ? (
        <CopyField
          label={words.passwordLink}
          description={words.passwordLinkText(person.name, until(link.expiresAt))}
          value={link.url}
          copyLabel={words.passwordLinkCopy}
          failedText={words.passwordLinkFailed}
        />
      ) : null}
      {!link && !problem ? <SkeletonLines count={2} label={common.loading} /> : null}
    </Dialog>
  );
}

/** « Définir le mot de passe »: for somebody who sits beside the administrator. */
export function openPasswordDialog(person: Named, onDone: () => void): void {
  openDialog((close) => <PasswordDialog person={person} onDone={onDone} onClose={close} />);
}

function PasswordDialog({
  person,
  onDone,
  onClose,
}: {
  readonly person: Named;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { administration: words } = useMessages();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();
  const submit = () => {
    if (password.length < minimumPassword) return setProblem(words.passwordHint);
    call('ManagedPrincipal/setPassword', { accountId: ownAccount(), id: person.id, password }).then(
      () => {
        showToast(words.passwordSet(person.name));
        onDone();
        onClose();
      },
      (error: unknown) => setProblem(describe(error)),
    );
  };
  return (
    <FormDialog title={words.setPassword} onClose={onClose} onSubmit={submit}>
      <p>{words.setPasswordText(person.name)}</p>
      <TextField
        label={words.password}
        type="password"
        autoComplete="new-password"
        autoFocus
        value={password}
        onChange={setPassword}
        {...(problem ? { error: problem } : { description: words.passwordHint })}
      />
    </FormDialog>
  );
}
