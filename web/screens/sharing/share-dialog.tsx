import { useAddressBook, useSession } from '../../api/hooks.ts';
import type { AddressBook, ShareType } from '../../../client/src/types.ts';
import type { InAccount } from '../../api/inAccount.ts';
import { useMessages } from '../../locales/messages.ts';
import { outsideOf } from '../../model/outside.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/fields/copy-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { RadioGroup } from '../../ui/fields/radio-group.tsx';
import { EndedDialog } from './ended-dialog.tsx';
import { FolderLine } from './folder-line.tsx';
import { GranteeField } from './grantee-field.tsx';
import {
  EndDateField,
  FieldColumns,
  FolderAddress,
  messageChoices,
  MessageField,
  NoteField,
  RoleField,
} from './share-fields.tsx';
import { type ShareForm, useShareForm } from './use-share-form.ts';

/** The folder that a dialog is about. */
export interface FolderDialogProps {
  readonly book: InAccount<AddressBook>;
  readonly onClose: () => void;
}

/** « Partager un dossier de contacts ». */
export function ShareDialog({ book: opened, onClose }: FolderDialogProps) {
  const { sharing } = useMessages();
  const book = useAddressBook(opened.accountId, opened.id);
  if (!book) return <EndedDialog title={sharing.title} text={sharing.folderGone} onClose={onClose} />;
  if (!book.myRights.mayShare)
    return <EndedDialog title={sharing.title} text={sharing.mayNoLonger} onClose={onClose} />;
  return <OpenShareDialog book={book} onClose={onClose} />;
}

const types = ['principal', 'guest', 'public'] as const;

function OpenShareDialog({ book, onClose }: FolderDialogProps) {
  const { sharing } = useMessages();
  const form = useShareForm(book, onClose);
  const outside = outsideOf(useSession().session);
  const isOff = (id: ShareType) => id !== 'principal' && !outside[id];
  const { type, isWorking, failure } = form;
  return (
    <Dialog
      title={sharing.title}
      onClose={onClose}
      onSubmit={form.submit}
      size="wide"
      footer={<Footer form={form} onClose={onClose} />}
    >
      <FolderLine book={book} />
      <RadioGroup<ShareType>
        label={sharing.shareWith}
        options={types.map((id) => ({
          id,
          label: sharing.types[id],
          description: isOff(id) && id !== 'principal' ? sharing.typesOff[id] : sharing.typeHints[id],
          isDisabled: isOff(id),
        }))}
        value={type}
        onChange={form.setType}
        isDisabled={isWorking}
      />
      {failure ? (
        <Banner tone="danger" isInline isLive>
          {failure}
        </Banner>
      ) : null}
      {form.isPartlyMade ? (
        <Banner tone="warning" isInline isLive>
          {sharing.createdPartly}
        </Banner>
      ) : null}
      {type === 'public' ? <PublicFields form={form} /> : <GranteeFields form={form} type={type} />}
      {type === 'principal' ? <FolderAddress book={book} /> : null}
    </Dialog>
  );
}

function Footer({ form, onClose }: { readonly form: ShareForm; readonly onClose: () => void }) {
  const { common } = useMessages();
  if (form.publicUrl) {
    return (
      <Button variant="primary" onPress={onClose}>
        {common.close}
      </Button>
    );
  }
  return (
    <>
      <Button onPress={onClose}>{common.cancel}</Button>
      <Button type="submit" variant="primary" isDisabled={!form.isReady} isPending={form.isWorking}>
        {common.ok}
      </Button>
    </>
  );
}

function GranteeFields({ form, type }: { readonly form: ShareForm; readonly type: 'principal' | 'guest' }) {
  const { isWorking, mail, setMail } = form;
  const choices = type === 'guest' ? messageChoices.filter((choice) => choice !== 'none') : messageChoices;
  return (
    <>
      <GranteeField
        grantees={form.grantees}
        type={type}
        shares={form.shares}
        role={form.role}
        isDisabled={isWorking}
        onResend={form.resend}
        inputRef={form.addressRef}
      />
      <RoleField value={form.role} onChange={form.setRole} isDisabled={isWorking} type={type} />
      <FieldColumns>
        <MessageField value={mail} onChange={setMail} choices={choices} isDisabled={isWorking} />
        <EndDateField value={form.day} onChange={form.setDay} isDisabled={isWorking} type={type} />
      </FieldColumns>
      <NoteField value={mail} onChange={setMail} isDisabled={isWorking} />
    </>
  );
}

/** « Public »: the link that there is, or what « OK » will make. */
function PublicFields({ form }: { readonly form: ShareForm }) {
  const { sharing } = useMessages();
  if (!form.publicUrl) {
    return (
      <>
        <p>{sharing.publicUrlAfter}</p>
        <EndDateField value={form.day} onChange={form.setDay} isDisabled={form.isWorking} type="public" />
      </>
    );
  }
  return (
    <>
      <Banner tone="success" isInline>
        {sharing.publicReady}
      </Banner>
      <CopyField
        label={sharing.publicUrl}
        value={form.publicUrl}
        description={sharing.publicUrlHint}
        copyLabel={sharing.copyUrl}
        failedText={sharing.copyFailed}
      />
    </>
  );
}
