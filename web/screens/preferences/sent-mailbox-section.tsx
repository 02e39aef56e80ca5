import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { Preferences, SentMailbox } from '../../../client/src/types.ts';
import { isSetFailure } from '../../../client/src/errors.ts';
import { describeError } from '../../api/errors.ts';
import { useSession } from '../../api/hooks.ts';
import { call } from '../../api/jmap.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { setPreferences } from '../../model/appearance.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { showFailure } from '../../ui/toasts.tsx';
import collecting from './collecting.module.css';
import styles from './preferences-screen.module.css';

interface SectionProps {
  readonly mailbox: SentMailbox | null;
  readonly consentAt: Preferences['consentAt'];
}

/** A folder of sent mail elsewhere: what is known of it, or how to name one. */
export function SentMailboxSection({ mailbox, consentAt }: SectionProps) {
  const { preferences } = useMessages();
  const words = preferences.collecting;
  return (
    <section className={collecting['section']} aria-label={words.mailbox}>
      <h3>{words.mailbox}</h3>
      {mailbox ? (
        <Named mailbox={mailbox} />
      ) : (
        <>
          <p className={styles['hint']}>{words.mailboxHint}</p>
          {consentAt === null ? null : <Consent provider={consentAt} />}
          <MailboxForm />
        </>
      )}
    </section>
  );
}

function Named({ mailbox }: { readonly mailbox: SentMailbox }) {
  const { preferences } = useMessages();
  const words = preferences.collecting;
  const { accountId } = useSession();
  const language = useLanguage();
  const time = (iso: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(iso));
  const stop = () => {
    setPreferences(accountId, { sentMailbox: null }).catch((error: unknown) => showFailure(describeError(error)));
  };
  return (
    <>
      <p>{words.reads(mailbox.mailbox, mailbox.username, mailbox.host)}</p>
      {mailbox.problem ? (
        <Banner tone="warning" isInline>
          {words.problems[mailbox.problem]}
        </Banner>
      ) : (
        <p className={styles['hint']}>
          {mailbox.lastReadAt ? words.lastRead(time(mailbox.lastReadAt)) : words.notYetRead}
        </p>
      )}
      <div>
        <Button onPress={stop}>{words.stop}</Button>
      </div>
    </>
  );
}

/** The provider asks the person itself; it sends them back here. */
function Consent({ provider }: { readonly provider: string }) {
  const { preferences } = useMessages();
  const { accountId } = useSession();
  const outcome = new URLSearchParams(location.search).get('consent');
  const go = () => {
    call('Preferences/beginMailboxConsent', { accountId }).then(
      ({ url }) => location.assign(url),
      (error: unknown) => showFailure(describeError(error)),
    );
  };
  return (
    <>
      {outcome === 'refused' || outcome === 'unavailable' ? (
        <Banner tone="danger" isInline isLive>
          {preferences.collecting.consentFailed[outcome]}
        </Banner>
      ) : null}
      <div>
        <Button variant="primary" onPress={go}>
          {preferences.collecting.consent(provider)}
        </Button>
      </div>
    </>
  );
}

interface Found {
  readonly mailboxes: readonly string[];
  readonly sent: string | null;
}

function MailboxForm() {
  const { preferences } = useMessages();
  const words = preferences.collecting;
  const { session, accountId } = useSession();
  const [host, setHost] = useState('');
  const [port, setPort] = useState('993');
  const [username, setUsername] = useState(session.username);
  const [password, setPassword] = useState('');
  const [found, setFound] = useState<Found>();
  const [mailbox, setMailbox] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isPending, setPending] = useState(false);
  const access = { host: host.trim(), port: Number(port), username: username.trim(), password };

  const test = async () => {
    const { problem: refusal, ...answer } = await call('Preferences/testSentMailbox', {
      accountId,
      sentMailbox: access,
    });
    if (refusal) return setProblem(words.problems[refusal]);
    setFound(answer);
    setMailbox(answer.sent ?? answer.mailboxes[0] ?? '');
  };
  const save = () => setPreferences(accountId, { sentMailbox: { ...access, mailbox } });
  const submit = () => {
    if (isPending) return;
    if (!access.host || !access.username || !password) return setProblem(words.incomplete);
    setProblem(undefined);
    setPending(true);
    (found ? save() : test())
      .catch((error: unknown) => setProblem(isSetFailure(error) ? words.incomplete : describeError(error)))
      .finally(() => setPending(false));
  };
  const typed = (change: (text: string) => void) => (text: string) => {
    change(text);
    setFound(undefined);
  };

  return (
    <Form
      className={collecting['form']!}
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={collecting['server']}>
        <TextField label={words.host} placeholder="imap.example.org" value={host} onChange={typed(setHost)} />
        <TextField label={words.port} inputMode="numeric" value={port} onChange={typed(setPort)} />
      </div>
      <TextField label={words.username} autoComplete="off" value={username} onChange={typed(setUsername)} />
      <TextField
        label={words.password}
        type="password"
        autoComplete="off"
        description={words.passwordHint}
        value={password}
        onChange={typed(setPassword)}
      />
      {found ? (
        <Select
          label={words.folder}
          options={found.mailboxes.map((path) => ({ id: path, label: path }))}
          value={mailbox}
          onChange={setMailbox}
        />
      ) : null}
      {problem ? (
        <Banner tone="danger" isInline isLive>
          {problem}
        </Banner>
      ) : null}
      <div>
        <Button type="submit" isPending={isPending}>
          {found ? words.save : words.test}
        </Button>
      </div>
    </Form>
  );
}
