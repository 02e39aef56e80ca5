import { useState } from 'react';
import { Form } from 'react-aria-components';
import { choosePassword, type EntryFailure } from '../../api/site.ts';
import { useMessages } from '../../locales/messages.ts';
import { navigate } from '../../model/navigation.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useDocumentTitle } from '../../ui/document-title.ts';
import { TextField } from '../../ui/fields/text-field.tsx';
import { EntryPage } from './entry-page.tsx';
import styles from './entry.module.css';

const minimumPassword = 10;

/** Where somebody chooses a password by the link that an administrator gave them. */
export function PasswordScreen({ token }: { readonly token: string | null }) {
  const { administration, entry } = useMessages();
  const words = administration.choosePassword;
  useDocumentTitle(words.title);
  const [password, setPassword] = useState('');
  const [isAsked, setAsked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<EntryFailure | undefined>(token === null ? { type: 'refused' } : undefined);
  const isShort = password.length < minimumPassword;
  const submit = async () => {
    setAsked(true);
    if (isShort || isPending || token === null) return;
    setPending(true);
    const refused = await choosePassword(token, password).catch((): EntryFailure => ({ type: 'failed' }));
    setFailure(refused);
    setPending(false);
    if (!refused) navigate('/', { replace: true });
  };
  return (
    <EntryPage title={words.title} text={words.text}>
      <Form
        className={styles['card']!}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {failure ? (
          <Banner tone="danger" isInline isLive>
            {failure.type === 'refused'
              ? words.refused
              : failure.type === 'invalid'
                ? entry.setupPasswordHint
                : entry.failed}
          </Banner>
        ) : null}
        <TextField
          label={entry.password}
          type="password"
          autoComplete="new-password"
          autoFocus
          value={password}
          onChange={setPassword}
          {...(isAsked && isShort ? { error: entry.setupPasswordHint } : { description: entry.setupPasswordHint })}
        />
        <Button type="submit" variant="primary" isPending={isPending}>
          {words.submit}
        </Button>
      </Form>
    </EntryPage>
  );
}
