import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useSession } from '../../api/hooks.ts';
import type { ShareInvitation, ShareMail } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { navigate } from '../../model/navigation.ts';
import { folderPath } from '../../model/route.ts';
import { Button } from '../../ui/button.tsx';
import { ColorPicker } from '../../ui/fields/color-picker.tsx';
import { NameField } from '../folders/name-field.tsx';
import { useNameForm } from '../folders/use-name-form.ts';
import { FieldColumns, mailToSend, MessageField, NoteField } from '../sharing/share-fields.tsx';
import { useShareAction } from '../sharing/use-share-action.ts';
import { Failure } from './answer-page.tsx';
import styles from './invitation.module.css';
import { answerInvitation, tellAnswer } from './invitation-operations.ts';

interface AnswerFormProps {
  readonly invitation: ShareInvitation;
  /** The invitation as it was, while the answer is on its way. */
  readonly onAnswering: (before: ShareInvitation | undefined) => void;
  /** Shows the other form. */
  readonly onOther: () => void;
}

const acceptChoices = ['none', 'standard', 'note'] as const;
const silent: ShareMail = { message: 'none', note: null };
const standard: ShareMail = { message: 'standard', note: null };

/** « Accepter le partage »: a name and a colour of one's own, and whether to write to the owner. */
export function AcceptForm({ invitation, onAnswering, onOther }: AnswerFormProps) {
  const { sharing } = useMessages();
  const { accountId } = useSession();
  const [color, setColor] = useState(invitation.color);
  const [mail, setMail] = useState(silent);
  const texts = sharing.invitation;
  const form = useNameForm(invitation.name ?? invitation.proposedName, async (name) => {
    onAnswering(invitation);
    const answer = { status: 'accepted', name: name.trim(), color } as const;
    await answerInvitation(accountId, invitation, answer, mailToSend(mail)).finally(() => onAnswering(undefined));
    tellAnswer(accountId, invitation, 'accepted', name.trim());
    navigate(folderPath(invitation.ownerAccountId, invitation.addressBookId), { replace: true });
  });
  return (
    <Form
      className={styles['form']!}
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit();
      }}
    >
      <Failure text={form.failure} />
      <FieldColumns>
        <NameField
          label={sharing.name}
          value={form.name}
          onChange={form.setName}
          problem={form.problem}
          autoFocus={false}
        />
        <ColorPicker value={color} onChange={setColor} />
      </FieldColumns>
      <p className={styles['hint']}>{texts.nameHint}</p>
      <MessageField
        label={texts.toOwner}
        value={mail}
        onChange={setMail}
        choices={acceptChoices}
        description={texts.toOwnerHint}
      />
      <NoteField value={mail} onChange={setMail} />
      <div className={styles['buttons']}>
        <Button type="submit" variant="primary" isPending={form.isPending}>
          {texts.accept}
        </Button>
        {invitation.status === 'declined' ? null : <Button onPress={onOther}>{texts.decline}</Button>}
      </div>
    </Form>
  );
}

/** « Refuser le partage »: asks once more, and whether to write to the owner. */
export function DeclineForm({ invitation, onAnswering, onOther }: AnswerFormProps) {
  const { sharing } = useMessages();
  const { accountId } = useSession();
  const [mail, setMail] = useState(standard);
  const texts = sharing.invitation;
  const action = useShareAction(
    () => {
      onAnswering(invitation);
      return answerInvitation(accountId, invitation, { status: 'declined' }, mailToSend(mail)).finally(() =>
        onAnswering(undefined),
      );
    },
    () => {
      tellAnswer(accountId, invitation, 'declined');
      navigate('/', { replace: true });
    },
  );
  return (
    <Form
      className={styles['form']!}
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        action.run();
      }}
    >
      <Failure text={action.failure} />
      <p>{texts.declineQuestion(invitation.sharedName, invitation.ownerName)}</p>
      <MessageField label={texts.toOwner} value={mail} onChange={setMail} description={texts.toOwnerHint} />
      <NoteField value={mail} onChange={setMail} />
      <p className={styles['hint']}>{texts.declineHint}</p>
      <div className={styles['buttons']}>
        <Button type="submit" variant="danger" isPending={action.isWorking}>
          {texts.decline}
        </Button>
        {invitation.status === 'accepted' ? null : <Button onPress={onOther}>{texts.acceptInstead}</Button>}
      </div>
    </Form>
  );
}
