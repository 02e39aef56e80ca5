import { useEffect, useState } from 'react';
import { type EntryFailure, acceptAsGuest, type GuestInvitation, lookAtInvitation } from '../../api/site.ts';
import { type Messages, useLanguage, useMessages } from '../../locales/messages.ts';
import { minimumPassword } from '../../model/minimum-password.ts';
import { navigate } from '../../model/navigation.ts';
import { folderPath, signInPath } from '../../model/route.ts';
import { dayInWords } from '../../model/sharing/end-date.ts';
import { Button } from '../../ui/button.tsx';
import { useDocumentTitle } from '../../ui/document-title.ts';
import { focusFirstInvalid } from '../../ui/fields/focus-invalid.ts';
import { TextField } from '../../ui/fields/text-field.tsx';
import { EntryForm } from './entry-form.tsx';
import { EntryPage } from './entry-page.tsx';
import styles from './entry.module.css';
import { NewPasswordField } from './new-password-field.tsx';

type Seen = GuestInvitation | 'loading' | 'gone' | 'failed';

/** The page behind the personal link in a guest's mail: a name and a password, or what to do instead. */
export function GuestScreen({ token }: { readonly token: string }) {
  const { guest } = useMessages();
  const [seen, setSeen] = useState<Seen>('loading');
  useDocumentTitle(guest.title);
  useEffect(() => {
    lookAtInvitation(token).then(
      (found) => setSeen(found ?? 'gone'),
      () => setSeen('failed'),
    );
  }, [token]);
  if (seen === 'loading') return null;
  if (seen === 'failed') return <Notice title={guest.title} text={guest.failed} />;
  if (seen === 'gone') return <Notice title={guest.goneTitle} text={guest.goneText} />;
  if (seen.step === 'expired') return <Notice title={guest.expiredTitle} text={guest.expiredText(seen.sharedByName)} />;
  if (seen.step === 'used') return <Used invitation={seen} />;
  return <Welcome token={token} invitation={seen} />;
}

function Notice({ title, text }: { readonly title: string; readonly text: string }) {
  const { entry } = useMessages();
  return (
    <EntryPage title={title} text={text}>
      <Button onPress={() => navigate('/')}>{entry.signIn}</Button>
    </EntryPage>
  );
}

function Used({ invitation }: { readonly invitation: GuestInvitation }) {
  const { entry, guest } = useMessages();
  return (
    <EntryPage title={guest.usedTitle} text={guest.usedText(invitation.email, invitation.sharedByName)}>
      <Button variant="primary" onPress={() => navigate(signInPath(placeOf(invitation)))}>
        {entry.signIn}
      </Button>
    </EntryPage>
  );
}

function Welcome({ token, invitation }: { readonly token: string; readonly invitation: GuestInvitation }) {
  const { guest } = useMessages();
  const { step, ownerName, folderName } = invitation;
  return (
    <EntryPage title={guest.invites(ownerName, folderName)} text={step === 'new' ? guest.newText : guest.knownText}>
      <GuestForm token={token} invitation={invitation} />
    </EntryPage>
  );
}

function failureText({ guest, entry }: Messages, failure: EntryFailure): string {
  if (failure.type === 'tooManyAttempts') return entry.tooManyAttempts(failure.seconds);
  if (failure.type === 'invalid') return guest.invalid;
  return failure.type === 'refused' ? guest.refused : entry.failed;
}

function GuestForm({ token, invitation }: { readonly token: string; readonly invitation: GuestInvitation }) {
  const messages = useMessages();
  const { entry, guest } = messages;
  const language = useLanguage();
  const [name, setName] = useState(invitation.name ?? '');
  const [password, setPassword] = useState('');
  const [isAsked, setAsked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<EntryFailure>();

  const submit = async (form: HTMLElement) => {
    setAsked(true);
    if (name.trim() === '' || password.length < minimumPassword) return focusFirstInvalid(form);
    if (isPending) return;
    setPending(true);
    const refused = await acceptAsGuest({ token, name: name.trim(), password, language }).catch((): EntryFailure => ({
      type: 'failed',
    }));
    setFailure(refused);
    setPending(false);
    if (!refused) navigate(placeOf(invitation), { replace: true });
  };

  return (
    <EntryForm failure={failure && failureText(messages, failure)} onSubmit={(form) => void submit(form)}>
      <TextField
        label={entry.email}
        type="email"
        name="email"
        autoComplete="username"
        value={invitation.email}
        isReadOnly
        description={guest.emailHint}
      />
      <TextField
        label={entry.setupName}
        autoComplete="name"
        value={name}
        onChange={setName}
        autoFocus
        maxLength={200}
        description={guest.nameHint(invitation.ownerName)}
        error={isAsked && !name.trim() ? entry.required : undefined}
      />
      <NewPasswordField
        label={invitation.step === 'new' ? entry.password : guest.newPassword}
        value={password}
        onChange={setPassword}
        isAsked={isAsked}
      />
      <Button type="submit" variant="primary" isPending={isPending}>
        {guest.submit}
      </Button>
      {invitation.step === 'known' ? (
        <Button variant="quiet" onPress={() => navigate(signInPath(placeOf(invitation)))}>
          {guest.signInInstead}
        </Button>
      ) : null}
      <p className={styles['lead']}>{guest.until(dayInWords(invitation.linkExpiresAt, language))}</p>
    </EntryForm>
  );
}

function placeOf({ accountId, addressBookId }: GuestInvitation): string {
  return folderPath(accountId, addressBookId);
}
