import { Link2Off } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { AccessRequest, GrantedRole } from '../../../client/src/requests.ts';
import type { Id } from '../../../client/src/types.ts';
import { describeError } from '../../api/errors.ts';
import { useCollection, useSession } from '../../api/hooks.ts';
import { load } from '../../api/store.ts';
import { useMessages } from '../../locales/messages.ts';
import { navigate } from '../../model/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { useDocumentTitle } from '../../ui/document-title.ts';
import { RadioGroup } from '../../ui/fields/radio-group.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { AnswerPage, AwaitedAnswerPage, Failure, NothingToAnswer, NoteOf } from '../invitation/answer-page.tsx';
import styles from '../invitation/invitation.module.css';
import { useShareAction } from '../sharing/use-share-action.ts';
import { answerRequest } from './handover-operations.ts';
import { useHandoverTexts } from './handover-texts.ts';

const roles = ['viewer', 'contributor', 'manager'] as const;

/** The page behind the button of the mail to an owner: who asks for which folder, and the role to give. */
export function AccessRequestScreen({ id }: { readonly id: Id }) {
  const texts = useHandoverTexts();
  const { accountId } = useSession();
  const { status, list, error } = useCollection('AccessRequest', [accountId]);
  useDocumentTitle(texts.requestTitle);
  const [answering, setAnswering] = useState<AccessRequest>();
  const request = answering ?? list.find((one) => one.id === id && one.ownerId === accountId);
  if (status === 'failed')
    return <ErrorState text={describeError(error)} onRetry={() => void load('AccessRequest', accountId, true)} />;
  if (status === 'loading') return <AwaitedAnswerPage />;
  if (!request)
    return (
      <NothingToAnswer icon={<Link2Off size={24} />} title={texts.requestGoneTitle} text={texts.requestGoneText} />
    );
  return (
    <AnswerPage
      name={request.askedByName}
      email={request.askedByEmail}
      title={texts.requestHeader(request.askedByName, request.name)}
    >
      {request.note ? <NoteOf title={texts.noteOf(request.askedByName)} note={request.note} /> : null}
      <AnswerForm request={request} onAnswering={setAnswering} />
    </AnswerPage>
  );
}

interface AnswerFormProps {
  readonly request: AccessRequest;
  readonly onAnswering: (request: AccessRequest | undefined) => void;
}

function AnswerForm({ request, onAnswering }: AnswerFormProps) {
  const { sharing, common } = useMessages();
  const texts = useHandoverTexts();
  const { accountId } = useSession();
  const [role, setRole] = useState<GrantedRole>('viewer');
  const answer = (given: GrantedRole | null) => () => {
    onAnswering(request);
    return answerRequest(accountId, request, given).finally(() => onAnswering(undefined));
  };
  const leave = () => navigate('/', { replace: true });
  const granting = useShareAction(answer(role), leave);
  const refusing = useShareAction(answer(null), leave);
  const failure = granting.failure ?? refusing.failure;
  return (
    <Form
      className={styles['form']!}
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        granting.run();
      }}
    >
      <Failure text={failure} />
      <p className={styles['hint']}>{texts.requestIntro}</p>
      <RadioGroup<GrantedRole>
        label={sharing.role}
        options={roles.map((one) => ({ id: one, label: common.roles[one], description: sharing.roleHints[one] }))}
        value={role}
        onChange={setRole}
      />
      <div className={styles['buttons']}>
        <Button type="submit" variant="primary" isPending={granting.isWorking} isDisabled={refusing.isWorking}>
          {texts.grant}
        </Button>
        <Button onPress={refusing.run} isPending={refusing.isWorking} isDisabled={granting.isWorking}>
          {texts.refuse}
        </Button>
      </div>
    </Form>
  );
}
