import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useSession } from '../../api/hooks.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import preferences from '../preferences/preferences-screen.module.css';
import { FileArea } from '../transfer/file-area.tsx';
import { zimbraHost } from './zimbra-host.ts';
import type { ZimbraAccess } from './zimbra-operations.ts';
import { useZimbraTexts } from './zimbra-texts.ts';
import styles from './zimbra.module.css';

interface ChooseSourceProps {
  readonly asksForCode: boolean;
  readonly onFile: (file: File) => Promise<void>;
  readonly onAccount: (access: ZimbraAccess) => Promise<void>;
}

/** Where the contacts are: at the organisation's Zimbra, if it is named, or in a file. */
export function ChooseSource({ asksForCode, onFile, onAccount }: ChooseSourceProps) {
  const { session } = useSession();
  const host = zimbraHost(session);
  return (
    <>
      {host === null ? null : <AccountForm host={host} asksForCode={asksForCode} onAccount={onAccount} />}
      <FileSection isLinked={host !== null} onFile={onFile} />
    </>
  );
}

interface AccountFormProps extends Pick<ChooseSourceProps, 'asksForCode' | 'onAccount'> {
  readonly host: string;
}

function AccountForm({ host, asksForCode, onAccount }: AccountFormProps) {
  const words = useZimbraTexts();
  const { session } = useSession();
  const [username, setUsername] = useState(session.username);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [isIncomplete, setIncomplete] = useState(false);
  const submit = () => {
    const isMissing = username.trim() === '' || password === '';
    setIncomplete(isMissing);
    if (isMissing) return;
    void onAccount({ username: username.trim(), password, code: code.trim() === '' ? null : code.trim() });
  };
  return (
    <section className={styles['section']} aria-label={words.byAccount}>
      <h3>{words.byAccount}</h3>
      <p className={preferences['hint']}>{words.byAccountHint(host)}</p>
      <Form
        className={styles['form']!}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField label={words.username} autoComplete="off" value={username} onChange={setUsername} />
        <TextField label={words.password} type="password" autoComplete="off" value={password} onChange={setPassword} />
        {asksForCode ? (
          <TextField
            label={words.code}
            description={words.codeHint}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={setCode}
          />
        ) : null}
        {isIncomplete ? (
          <Banner tone="danger" isInline isLive>
            {words.incomplete}
          </Banner>
        ) : null}
        <div>
          <Button type="submit" variant="primary">
            {words.fetch}
          </Button>
        </div>
      </Form>
    </section>
  );
}

interface FileSectionProps extends Pick<ChooseSourceProps, 'onFile'> {
  readonly isLinked: boolean;
}

function FileSection({ isLinked, onFile }: FileSectionProps) {
  const words = useZimbraTexts();
  return (
    <section className={styles['section']} aria-label={words.byFile}>
      <h3>{words.byFile}</h3>
      <p className={preferences['hint']}>{words.byFileHint}</p>
      <p className={preferences['hint']}>{isLinked ? words.onlyByAccount : words.notLinked}</p>
      <FileArea text={words.drop} button={<Button>{words.choose}</Button>} onFile={(file) => void onFile(file)} />
    </section>
  );
}
