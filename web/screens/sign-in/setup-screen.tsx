import { useState } from 'react';
import { type EntryFailure, setUp, signIn, useSiteContext } from '../../api/site.ts';
import { type Messages, useMessages } from '../../locales/messages.ts';
import { minimumPassword } from '../../model/minimum-password.ts';
import { navigate } from '../../model/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { useDocumentTitle } from '../../ui/document-title.ts';
import { focusFirstInvalid } from '../../ui/fields/focus-invalid.ts';
import { TextField } from '../../ui/fields/text-field.tsx';
import { EntryForm } from './entry-form.tsx';
import { EntryPage } from './entry-page.tsx';
import { NewPasswordField } from './new-password-field.tsx';

/** The first administrator, made with the one-time link that the server printed. */
export function SetupScreen({ token }: { readonly token: string | null }) {
  const { entry } = useMessages();
  const site = useSiteContext();
  useDocumentTitle(entry.setupTitle);
  if (site?.setup === false) return <Impossible reason={entry.setupDone} />;
  if (token === null) return <Impossible reason={entry.setupNoToken} />;
  return (
    <EntryPage title={entry.setupTitle} text={entry.setupText}>
      <SetupForm token={token} />
    </EntryPage>
  );
}

function Impossible({ reason }: { readonly reason: string }) {
  const { entry } = useMessages();
  return (
    <EntryPage title={entry.setupTitle} text={reason}>
      <Button variant="primary" onPress={() => navigate('/')}>
        {entry.signIn}
      </Button>
    </EntryPage>
  );
}

const failures: Record<EntryFailure['type'], (entry: Messages['entry']) => string> = {
  invalid: (entry) => entry.setupInvalid,
  refused: (entry) => entry.setupRefused,
  wrongCredentials: (entry) => entry.setupRefused,
  directoryDown: (entry) => entry.failed,
  tooManyAttempts: (entry) => entry.tooManyAttempts(60),
  failed: (entry) => entry.failed,
};

function SetupForm({ token }: { readonly token: string }) {
  const { entry } = useMessages();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isAsked, setAsked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<EntryFailure>();

  const isComplete = name.trim() !== '' && email.includes('@') && password.length >= minimumPassword;
  const submit = async (form: HTMLElement) => {
    setAsked(true);
    if (!isComplete) return focusFirstInvalid(form);
    if (isPending) return;
    setPending(true);
    const refused = await setUp({ token, name: name.trim(), email: email.trim(), password }).catch(
      (): EntryFailure => ({ type: 'failed' }),
    );
    setFailure(refused);
    setPending(false);
    if (refused) return;
    await signIn(email.trim(), password);
    navigate('/', { replace: true });
  };

  return (
    <EntryForm failure={failure && failures[failure.type](entry)} onSubmit={(form) => void submit(form)}>
      <TextField
        label={entry.setupName}
        autoComplete="name"
        value={name}
        onChange={setName}
        autoFocus
        error={isAsked && !name.trim() ? entry.required : undefined}
      />
      <TextField
        label={entry.email}
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        error={isAsked && !email.includes('@') ? entry.required : undefined}
      />
      <NewPasswordField value={password} onChange={setPassword} isAsked={isAsked} />
      <Button type="submit" variant="primary" isPending={isPending}>
        {entry.setupSubmit}
      </Button>
    </EntryForm>
  );
}
