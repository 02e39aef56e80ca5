import { useState } from 'react';
import { choosePassword, type EntryFailure } from '../../api/site.ts';
import { useMessages } from '../../locales/messages.ts';
import { minimumPassword } from '../../model/minimum-password.ts';
import { navigate } from '../../model/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { useDocumentTitle } from '../../ui/document-title.ts';
import { focusFirstInvalid } from '../../ui/fields/focus-invalid.ts';
import { EntryForm } from './entry-form.tsx';
import { EntryPage } from './entry-page.tsx';
import { NewPasswordField } from './new-password-field.tsx';

/** Where somebody chooses a password by the link that an administrator gave them. */
export function PasswordScreen({ token }: { readonly token: string | null }) {
  const { administration, entry } = useMessages();
  const words = administration.choosePassword;
  useDocumentTitle(words.title);
  const [password, setPassword] = useState('');
  const [isAsked, setAsked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<EntryFailure | undefined>(token === null ? { type: 'refused' } : undefined);
  const failures: Partial<Record<EntryFailure['type'], string>> = {
    refused: words.refused,
    invalid: entry.setupPasswordHint,
  };
  const submit = async (form: HTMLElement) => {
    setAsked(true);
    if (password.length < minimumPassword) return focusFirstInvalid(form);
    if (isPending || token === null) return;
    setPending(true);
    const refused = await choosePassword(token, password).catch((): EntryFailure => ({ type: 'failed' }));
    setFailure(refused);
    setPending(false);
    if (!refused) navigate('/', { replace: true });
  };
  return (
    <EntryPage title={words.title} text={words.text}>
      <EntryForm failure={failure && (failures[failure.type] ?? entry.failed)} onSubmit={(form) => void submit(form)}>
        <NewPasswordField value={password} onChange={setPassword} isAsked={isAsked} autoFocus />
        <Button type="submit" variant="primary" isPending={isPending}>
          {words.submit}
        </Button>
      </EntryForm>
    </EntryPage>
  );
}
