import { useEffect, useRef } from 'react';
import { useSession } from '../../api/hooks.ts';
import { announce } from '../../ui/announce.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useMessages } from '../../locales/messages.ts';
import preferences from '../preferences/preferences-screen.module.css';
import { ImportProgress } from '../transfer/import-progress.tsx';
import { tellInBackground } from '../transfer/tell-in-background.ts';
import { ChooseSource } from './choose-source.tsx';
import { useZimbra } from './use-zimbra.ts';
import { ZimbraPreviewView } from './zimbra-preview.tsx';
import { ZimbraResult } from './zimbra-result.tsx';
import { useZimbraTexts } from './zimbra-texts.ts';
import styles from './zimbra.module.css';

/** « Reprendre mes contacts de Zimbra »: where they are, what would come, how far it is, what became of it. */
export function ZimbraPreferences() {
  const words = useZimbraTexts();
  const { transfer } = useMessages();
  const { accountId } = useSession();
  const { state, takeFile, takeAccount, choose, begin, ask, again } = useZimbra(accountId);
  const { step, preview, run, problem } = state;
  useEffect(() => {
    if (step === 'preview') announce(words.found);
    if (step === 'result') announce(transfer.done);
  }, [step, words, transfer]);
  const running = useRef<string>(undefined);
  running.current = step === 'running' ? run?.id : undefined;
  // Who leaves the page is told of the end all the same.
  useEffect(
    () => () => {
      if (running.current !== undefined) tellInBackground(accountId, running.current, words.myFolders);
    },
    [accountId, words],
  );
  return (
    <>
      <h2 className={preferences['heading']}>{words.title}</h2>
      {step === 'choose' ? <p className={preferences['hint']}>{words.intro}</p> : null}
      {problem ? (
        <Banner tone="danger" isInline isLive>
          {problem}
        </Banner>
      ) : null}
      {/* What was typed stays while it is read, and when it is refused. */}
      <div hidden={step !== 'choose'} className={styles['choose']}>
        <ChooseSource asksForCode={state.asksForCode} onFile={takeFile} onAccount={takeAccount} />
      </div>
      {step === 'reading' ? (
        <div className={styles['progress']}>
          <span role="status">{words.reading}</span>
          <progress aria-label={words.reading} />
        </div>
      ) : null}
      {step === 'preview' && preview ? (
        <ZimbraPreviewView
          preview={preview}
          choices={state.choices}
          isRereading={state.isRereading}
          onChoose={choose}
          onBegin={() => void begin()}
          onBack={again}
        />
      ) : null}
      {step === 'running' && run ? (
        <>
          <ImportProgress run={run} />
          {run.state === 'undoing' ? null : (
            <div>
              <Button onPress={() => ask('cancelled')}>{transfer.stop}</Button>
            </div>
          )}
        </>
      ) : null}
      {step === 'result' && run ? (
        <ZimbraResult accountId={accountId} run={run} onUndo={() => ask('undoing')} onAgain={again} />
      ) : null}
    </>
  );
}
