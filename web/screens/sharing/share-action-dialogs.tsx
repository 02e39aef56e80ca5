import { type ReactNode, useState } from 'react';
import { useCollection } from '../../api/hooks.ts';
import type { InAccount } from '../../api/inAccount.ts';
import type { Role, Share, ShareMail } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { dayOf, endOfDay, isToCome } from '../../model/sharing/end-date.ts';
import { CopyField } from '../../ui/fields/copy-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { EndedDialog } from './ended-dialog.tsx';
import {
  EndDateField,
  FieldColumns,
  mailToSend,
  messageChoices,
  MessageField,
  NoteField,
  RoleField,
} from './share-fields.tsx';
import { editShare, resendShare, revokeShare } from './share-operations.ts';
import { GranteeLine, granteeName } from './grantee-line.tsx';
import { type ShareAction, useShareAction } from './use-share-action.ts';

/** The share that a dialog is about. */
export interface ShareActionProps {
  readonly share: InAccount<Share>;
  /** What the dialogs call the folder. */
  readonly folder: string;
  readonly onClose: () => void;
}

const standard: ShareMail = { message: 'standard', note: null };

/** The share as it is now; undefined when it ended while its dialog was open. */
function useLiveShare(share: InAccount<Share>): InAccount<Share> | undefined {
  return useCollection('Share', [share.accountId]).list.find(({ id }) => id === share.id);
}

/** « Modifier »: role, end date and message of one share. */
export function EditShareDialog({ share: opened, onClose }: ShareActionProps) {
  const { sharing } = useMessages();
  const share = useLiveShare(opened);
  const [role, setRole] = useState<Role>(opened.role);
  const [day, setDay] = useState(dayOf(opened.expiresAt));
  const [mail, setMail] = useState(standard);
  const action = useShareAction(async () => {
    const patch = {
      ...(role !== opened.role && role !== 'custom' ? { role } : {}),
      ...(day !== dayOf(opened.expiresAt) ? { expiresAt: endOfDay(day) } : {}),
    };
    if (Object.keys(patch).length > 0) await editShare(opened, patch, mailToSend(mail));
  }, onClose);
  if (!share && !action.isWorking)
    return <EndedDialog title={sharing.editTitle} text={sharing.shareGone} onClose={onClose} />;
  const { type } = opened;
  const isDayGood = day === '' || day === dayOf(opened.expiresAt) || isToCome(day, new Date());
  return (
    <ActionDialog
      title={sharing.editTitle}
      action={action}
      isReady={isDayGood}
      onClose={onClose}
      size={type === 'principal' ? 'wide' : 'medium'}
    >
      <GranteeLine share={opened} />
      {type === 'public' ? null : (
        <RoleField
          value={role}
          onChange={setRole}
          hasCustom={opened.role === 'custom'}
          isDisabled={action.isWorking}
          type={type}
        />
      )}
      {opened.url ? (
        <CopyField
          label={opened.type === 'public' ? sharing.publicUrl : sharing.url}
          value={opened.url}
          description={sharing.publicUrlHint}
          copyLabel={sharing.copyUrl}
          failedText={sharing.copyFailed}
        />
      ) : null}
      <FieldColumns>
        {opened.type === 'public' ? null : (
          <MessageField value={mail} onChange={setMail} isDisabled={action.isWorking} />
        )}
        <EndDateField type={opened.type} value={day} onChange={setDay} isDisabled={action.isWorking} />
      </FieldColumns>
      <NoteField value={mail} onChange={setMail} isDisabled={action.isWorking} />
    </ActionDialog>
  );
}

/** « Retirer »: with or without a mail that says so. */
export function RevokeShareDialog({ share, folder, onClose }: ShareActionProps) {
  const { sharing } = useMessages();
  const live = useLiveShare(share);
  const [mail, setMail] = useState(standard);
  const action = useShareAction(() => revokeShare(share, mailToSend(mail)), onClose);
  if (!live && !action.isWorking)
    return <EndedDialog title={sharing.revokeTitle} text={sharing.shareGone} onClose={onClose} />;
  const isPublic = share.type === 'public';
  const canTell = !isPublic && share.granteeKind !== 'unknown';
  return (
    <ActionDialog title={sharing.revokeTitle} action={action} verb={sharing.revoke} isDangerous onClose={onClose}>
      <p>
        {isPublic ? sharing.revokePublicQuestion(folder) : sharing.revokeQuestion(granteeName(share, sharing), folder)}
      </p>
      {canTell ? <MessageField value={mail} onChange={setMail} isDisabled={action.isWorking} description="" /> : null}
      <NoteField value={mail} onChange={setMail} isDisabled={action.isWorking} />
    </ActionDialog>
  );
}

const resendChoices = messageChoices.filter((choice) => choice !== 'none');

/** « Renvoyer »: the notification again, with a note where one is wanted. */
export function ResendShareDialog({ share, folder, onClose }: ShareActionProps) {
  const { sharing } = useMessages();
  const live = useLiveShare(share);
  const [mail, setMail] = useState(standard);
  const action = useShareAction(() => resendShare(share.accountId, share.id, mailToSend(mail)), onClose);
  if (!live && !action.isWorking)
    return <EndedDialog title={sharing.resendTitle} text={sharing.shareGone} onClose={onClose} />;
  return (
    <ActionDialog title={sharing.resendTitle} action={action} verb={sharing.resend} onClose={onClose}>
      <p>{sharing.resendText(granteeName(share, sharing), folder)}</p>
      <MessageField
        value={mail}
        onChange={setMail}
        choices={resendChoices}
        isDisabled={action.isWorking}
        description=""
      />
      <NoteField value={mail} onChange={setMail} isDisabled={action.isWorking} />
    </ActionDialog>
  );
}

interface ActionDialogProps {
  readonly title: string;
  readonly action: ShareAction;
  readonly isReady?: boolean;
  /** What the button says instead of « OK ». */
  readonly verb?: string;
  readonly isDangerous?: boolean;
  readonly onClose: () => void;
  readonly size?: 'medium' | 'wide';
  readonly children: ReactNode;
}

/** A dialog with « Annuler » and one verb around an operation. */
function ActionDialog({
  title,
  action,
  isReady = true,
  verb,
  isDangerous = false,
  onClose,
  size = 'medium',
  children,
}: ActionDialogProps) {
  return (
    <FormDialog
      title={title}
      onClose={onClose}
      onSubmit={() => isReady && action.run()}
      size={size}
      {...(verb ? { verb } : {})}
      isDangerous={isDangerous}
      isPending={action.isWorking}
      isDisabled={!isReady}
      problem={action.failure}
    >
      {children}
    </FormDialog>
  );
}
