import { Check, ContactRound, FolderTree, Link2Off, NotebookTabs, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { FolderHandover } from '../../../client/src/requests.ts';
import type { Id } from '../../../client/src/types.ts';
import { describeError } from '../../api/errors.ts';
import { useCollection, useSession } from '../../api/hooks.ts';
import { load } from '../../api/store.ts';
import { useMessages } from '../../locales/messages.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useDocumentTitle } from '../../ui/document-title.ts';
import { ErrorState } from '../../ui/states.tsx';
import { AnswerPage, AwaitedAnswerPage, Fact, Failure, NothingToAnswer, NoteOf } from '../invitation/answer-page.tsx';
import styles from '../invitation/invitation.module.css';
import { answerHandover, describeRefusal } from './handover-operations.ts';
import { useHandoverTexts } from './handover-texts.ts';

interface HandoverScreenProps {
  readonly id: Id;
  readonly answer: 'accept' | 'decline';
}

/** The page behind the buttons of the mail: whose folder it is, what comes with it, and the two answers. */
export function HandoverScreen({ id, answer }: HandoverScreenProps) {
  const texts = useHandoverTexts();
  const { accountId } = useSession();
  const { status, list, error } = useCollection('FolderHandover', [accountId]);
  useDocumentTitle(texts.pageTitle);
  // While an answer is on its way the page stays as it is.
  const [answering, setAnswering] = useState<FolderHandover>();
  const offer = answering ?? list.find((one) => one.id === id);
  if (status === 'failed')
    return <ErrorState text={describeError(error)} onRetry={() => void load('FolderHandover', accountId, true)} />;
  if (status === 'loading') return <AwaitedAnswerPage />;
  if (!offer) return <NothingToAnswer icon={<Link2Off size={24} />} title={texts.goneTitle} text={texts.goneText} />;
  if (offer.fromId === accountId)
    return <NothingToAnswer icon={<NotebookTabs size={24} />} title={texts.ownTitle} text={texts.ownText} />;
  return (
    <AnswerPage name={offer.fromName} email={offer.fromEmail} title={texts.header(offer.fromName, offer.name)}>
      <OfferFacts offer={offer} />
      <Answers offer={offer} answer={answer} onAnswering={setAnswering} />
    </AnswerPage>
  );
}

function OfferFacts({ offer }: { readonly offer: FolderHandover }) {
  const { common } = useMessages();
  const texts = useHandoverTexts();
  const { note, fromName, keptRole, cardCount, folderCount, shareCount } = offer;
  const kept = keptRole === 'none' ? texts.keepsNone(fromName) : texts.keeps(fromName, common.roles[keptRole]);
  return (
    <>
      {note ? <NoteOf title={texts.noteOf(fromName)} note={note} /> : null}
      <section className={styles['section']}>
        <h2>{texts.whatComes}</h2>
        <ul className={styles['facts']}>
          <Fact icon={<ContactRound size={16} aria-hidden />}>{common.contactCount(cardCount ?? 0)}</Fact>
          {(folderCount ?? 0) > 1 ? (
            <Fact icon={<FolderTree size={16} aria-hidden />}>{texts.subfolders((folderCount ?? 1) - 1)}</Fact>
          ) : null}
          {shareCount ? <Fact icon={<UsersRound size={16} aria-hidden />}>{texts.shares(shareCount)}</Fact> : null}
        </ul>
        <ul className={styles['rights']}>
          {[...texts.consequences, kept].map((text) => (
            <Fact key={text} icon={<Check size={16} aria-hidden />}>
              {text}
            </Fact>
          ))}
        </ul>
      </section>
    </>
  );
}

interface AnswersProps extends Pick<HandoverScreenProps, 'answer'> {
  readonly offer: FolderHandover;
  readonly onAnswering: (offer: FolderHandover | undefined) => void;
}

/** The two answers; the one that the mail's button meant comes first. */
function Answers({ offer, answer, onAnswering }: AnswersProps) {
  const texts = useHandoverTexts();
  const { accountId } = useSession();
  const [sent, setSent] = useState<'accepted' | 'declined'>();
  const [failure, setFailure] = useState<string>();
  const say = (status: 'accepted' | 'declined') => {
    if (sent) return;
    setSent(status);
    setFailure(undefined);
    onAnswering(offer);
    answerHandover(accountId, offer, status)
      .catch((error: unknown) => setFailure(describeRefusal(error)))
      .finally(() => {
        setSent(undefined);
        onAnswering(undefined);
      });
  };
  const accept = (
    <Button
      key="accept"
      type={answer === 'accept' ? 'submit' : 'button'}
      variant={answer === 'accept' ? 'primary' : 'secondary'}
      isPending={sent === 'accepted'}
      isDisabled={sent === 'declined'}
      {...(answer === 'accept' ? {} : { onPress: () => say('accepted') })}
    >
      {texts.accept}
    </Button>
  );
  const decline = (
    <Button
      key="decline"
      type={answer === 'decline' ? 'submit' : 'button'}
      variant={answer === 'decline' ? 'danger' : 'secondary'}
      isPending={sent === 'declined'}
      isDisabled={sent === 'accepted'}
      {...(answer === 'decline' ? {} : { onPress: () => say('declined') })}
    >
      {texts.decline}
    </Button>
  );
  return (
    <Form
      className={styles['form']!}
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        say(answer === 'accept' ? 'accepted' : 'declined');
      }}
    >
      <Failure text={failure} />
      {sent === 'accepted' ? (
        <Banner isInline isLive>
          {texts.accepting}
        </Banner>
      ) : null}
      <div className={styles['buttons']}>{answer === 'accept' ? [accept, decline] : [decline, accept]}</div>
    </Form>
  );
}
