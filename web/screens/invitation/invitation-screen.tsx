import { Link2Off, NotebookTabs } from 'lucide-react';
import { useState } from 'react';
import { describeError } from '../../api/errors.ts';
import { useAddressBook, useInvitations, useSession } from '../../api/hooks.ts';
import { load } from '../../api/store.ts';
import type { Id, ShareInvitation } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { navigate } from '../../model/navigation.ts';
import { folderPath } from '../../model/route.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useDocumentTitle } from '../../ui/document-title.ts';
import { ErrorState } from '../../ui/states.tsx';
import { AcceptForm, DeclineForm } from './answer-forms.tsx';
import { AnswerPage, AwaitedAnswerPage, NothingToAnswer } from './answer-page.tsx';
import { InvitationFacts } from './invitation-facts.tsx';

interface InvitationScreenProps {
  readonly accountId: Id;
  readonly bookId: Id;
  readonly answer: 'accept' | 'decline';
}

/** The page behind the buttons of the notification mail; it changes nothing before the person says so. */
export function InvitationScreen({ accountId, bookId, answer }: InvitationScreenProps) {
  const { sharing } = useMessages();
  const { accountId: ownAccountId } = useSession();
  const { status, list, error } = useInvitations();
  useDocumentTitle(answer === 'accept' ? sharing.invitation.acceptTitle : sharing.invitation.declineTitle);
  const current = list.find((one) => one.ownerAccountId === accountId && one.addressBookId === bookId);
  // While an answer is on its way the page stays as it is; when it is refused nothing that was typed is lost.
  const [answering, setAnswering] = useState<ShareInvitation>();
  const invitation = answering ?? current;
  if (status === 'failed')
    return <ErrorState text={describeError(error)} onRetry={() => void load('ShareInvitation', ownAccountId, true)} />;
  if (status === 'loading') return <AwaitedAnswerPage />;
  if (accountId === ownAccountId) return <OwnFolder accountId={accountId} bookId={bookId} />;
  if (!invitation) return <Gone />;
  const show = (other: 'accept' | 'decline') =>
    navigate(`/share/${encodeURIComponent(accountId)}/${encodeURIComponent(bookId)}/${other}`, { replace: true });
  return (
    <AnswerPage
      name={invitation.ownerName}
      email={invitation.ownerEmail}
      title={sharing.invitation.header(invitation.ownerName, invitation.sharedName)}
    >
      <Standing invitation={invitation} answer={answer} onDecline={() => show('decline')} />
      <InvitationFacts invitation={invitation} />
      {answer === 'decline' && invitation.status !== 'declined' ? (
        <DeclineForm invitation={invitation} onAnswering={setAnswering} onOther={() => show('accept')} />
      ) : invitation.status === 'accepted' ? null : (
        <AcceptForm
          key={invitation.id}
          invitation={invitation}
          onAnswering={setAnswering}
          onOther={() => show('decline')}
        />
      )}
    </AnswerPage>
  );
}

interface StandingProps extends Pick<InvitationScreenProps, 'answer'> {
  readonly invitation: ShareInvitation;
  readonly onDecline: () => void;
}

/** Says that the person has answered already, and offers the other answer. */
function Standing({ invitation, answer, onDecline }: StandingProps) {
  const { sharing } = useMessages();
  const texts = sharing.invitation;
  const { status, ownerAccountId, addressBookId, name, proposedName } = invitation;
  if (status === 'waiting') return null;
  if (status === 'declined')
    return (
      <Banner isInline tone="warning">
        {texts.alreadyDeclined}
      </Banner>
    );
  const actions = (
    <>
      <Button variant="primary" size="small" onPress={() => navigate(folderPath(ownerAccountId, addressBookId))}>
        {texts.open}
      </Button>
      {answer === 'decline' ? null : (
        <Button size="small" onPress={onDecline}>
          {texts.stop}
        </Button>
      )}
    </>
  );
  return (
    <Banner isInline tone="success" actions={actions}>
      {texts.alreadyAccepted(name ?? proposedName)}
    </Banner>
  );
}

function OwnFolder({ accountId, bookId }: { readonly accountId: Id; readonly bookId: Id }) {
  const { sharing, common } = useMessages();
  const book = useAddressBook(accountId, bookId);
  return (
    <NothingToAnswer
      heading={sharing.invitation.acceptTitle}
      icon={<NotebookTabs size={24} />}
      title={sharing.invitation.ownTitle}
      text={sharing.invitation.ownText}
    >
      <Button variant="primary" onPress={() => navigate(book ? folderPath(accountId, bookId) : '/')}>
        {book ? sharing.invitation.open : common.toContacts}
      </Button>
    </NothingToAnswer>
  );
}

function Gone() {
  const { sharing, common } = useMessages();
  return (
    <NothingToAnswer
      heading={sharing.invitation.acceptTitle}
      icon={<Link2Off size={24} />}
      title={sharing.invitation.goneTitle}
      text={sharing.invitation.goneText}
    >
      <Button variant="primary" onPress={() => navigate('/')}>
        {common.toContacts}
      </Button>
      <Button onPress={() => navigate('/preferences/sharing')}>{sharing.invitation.toSharing}</Button>
    </NothingToAnswer>
  );
}
