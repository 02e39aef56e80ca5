import { ChevronRight } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useSessionStatus } from '../../api/hooks.ts';
import { type EntryFailure, signIn, useSiteContext } from '../../api/site.ts';
import type { DemoPerson } from '../../api/siteContext.ts';
import { type Messages, useMessages } from '../../locales/messages.ts';
import { navigate } from '../../model/navigation.ts';
import { safeNext } from '../../model/route.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useDocumentTitle } from '../../ui/document-title.ts';
import { focusFirstInvalid } from '../../ui/fields/focus-invalid.ts';
import { TextField } from '../../ui/fields/text-field.tsx';
import { EntryForm } from './entry-form.tsx';
import { EntryPage } from './entry-page.tsx';
import styles from './entry.module.css';

interface SignInScreenProps {
  /** Where to go afterwards; null: stay at the address that was asked for. */
  readonly next: string | null;
  /** The person was signed in until now. */
  readonly expired: boolean;
}

/** The page for whoever is not signed in; in the demonstration its people are offered first. */
export function SignInScreen({ next, expired }: SignInScreenProps) {
  const { common, entry, shell } = useMessages();
  const site = useSiteContext();
  const attempt = useSignIn();
  useLeaveWhenSignedIn(next);
  useDocumentTitle(entry.signInTitle);
  return (
    <EntryPage title={site?.organisation || common.appName} text={entry.tagline}>
      {expired ? (
        <Banner isInline isLive>
          {shell.signedOutText}
        </Banner>
      ) : null}
      {isAsked(next ?? location.pathname) ? <Banner isInline>{entry.signInToAnswer}</Banner> : null}
      {site?.setup ? <Banner isInline>{entry.setupFirst}</Banner> : null}
      {site?.demo ? <DemoPeople people={site.demo.people} password={site.demo.password} attempt={attempt} /> : null}
      <PasswordForm
        attempt={attempt}
        isAlternative={Boolean(site?.demo)}
        usesDirectory={Boolean(site?.usesDirectory)}
      />
    </EntryPage>
  );
}

/** Whether somebody comes by the link of a mail that asks them something. */
function isAsked(address: string): boolean {
  return address.startsWith('/share/') || address.startsWith('/handover/');
}

interface Attempt {
  readonly isPending: boolean;
  readonly failure: EntryFailure | undefined;
  readonly submit: (email: string, password: string) => void;
}

function useSignIn(): Attempt {
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<EntryFailure>();
  const submit = (email: string, password: string) => {
    if (isPending) return;
    setPending(true);
    setFailure(undefined);
    signIn(email, password)
      .then(setFailure, () => setFailure({ type: 'failed' }))
      .finally(() => setPending(false));
  };
  return { isPending, failure, submit };
}

function useLeaveWhenSignedIn(next: string | null): void {
  const { status } = useSessionStatus();
  useEffect(() => {
    if (status !== 'ready') return;
    const target = safeNext(next);
    // A folder as a file is the server's business, no page of the app.
    if (target.startsWith('/home/')) location.assign(target);
    else navigate(target, { replace: true });
  }, [status, next]);
}

function failureText(entry: Messages['entry'], failure: EntryFailure, usesDirectory: boolean): ReactNode {
  if (failure.type === 'wrongCredentials') return usesDirectory ? entry.wrongLogin : entry.wrongCredentials;
  if (failure.type === 'directoryDown') return entry.directoryDown;
  if (failure.type === 'tooManyAttempts') return entry.tooManyAttempts(failure.seconds);
  return entry.failed;
}

interface DemoPeopleProps {
  readonly people: readonly DemoPerson[];
  readonly password: string;
  readonly attempt: Attempt;
}

function DemoPeople({ people, password, attempt }: DemoPeopleProps) {
  const { entry } = useMessages();
  return (
    <section className={styles['card']} aria-labelledby="demo-people">
      <div>
        <h2 id="demo-people" className={styles['heading']}>
          {entry.demoTitle}
        </h2>
        <p className={styles['lead']}>{entry.demoText}</p>
      </div>
      <ul className={styles['people']}>
        {people.map((person) => (
          <li key={person.email}>
            <AriaButton
              className={styles['person']!}
              isDisabled={attempt.isPending}
              onPress={() => attempt.submit(person.email, password)}
            >
              <Avatar name={person.name} seed={person.email} size={36} />
              <span className={styles['name']}>
                {person.name}
                <span>{person.description}</span>
              </span>
              <ChevronRight size={18} aria-hidden />
            </AriaButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface PasswordFormProps {
  readonly attempt: Attempt;
  readonly isAlternative: boolean;
  /** People also sign in by names that are no addresses. */
  readonly usesDirectory: boolean;
}

function PasswordForm({ attempt, isAlternative, usesDirectory }: PasswordFormProps) {
  const { entry } = useMessages();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isAsked, setAsked] = useState(false);
  const submit = (form: HTMLElement) => {
    setAsked(true);
    if (email.trim() && password) attempt.submit(email.trim(), password);
    else focusFirstInvalid(form);
  };
  return (
    <EntryForm
      heading={isAlternative ? entry.withPassword : undefined}
      failure={attempt.failure && failureText(entry, attempt.failure, usesDirectory)}
      onSubmit={submit}
    >
      <TextField
        label={usesDirectory ? entry.emailOrLogin : entry.email}
        type={usesDirectory ? 'text' : 'email'}
        name="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        autoFocus={!isAlternative}
        error={isAsked && !email.trim() ? entry.required : undefined}
      />
      <TextField
        label={entry.password}
        type="password"
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        error={isAsked && !password ? entry.required : undefined}
      />
      <Button type="submit" variant="primary" isPending={attempt.isPending}>
        {entry.signIn}
      </Button>
    </EntryForm>
  );
}
