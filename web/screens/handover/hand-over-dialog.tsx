import { useRef } from 'react';
import type { FolderHandover } from '../../../client/src/requests.ts';
import { useAddressBook, useCollection, useSession } from '../../api/hooks.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { dayInWords } from '../../model/sharing/end-date.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { RadioGroup } from '../../ui/fields/radio-group.tsx';
import { TextArea } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { attempt } from '../folders/folder-operations.ts';
import { EndedDialog } from '../sharing/ended-dialog.tsx';
import { FolderLine } from '../sharing/folder-line.tsx';
import type { FolderDialogProps } from '../sharing/share-dialog.tsx';
import { endHandover } from './handover-operations.ts';
import { useHandoverTexts } from './handover-texts.ts';
import rows from '../../ui/rows.module.css';
import { PrincipalField } from './principal-field.tsx';
import { keptRoles, useOfferForm } from './use-offer-form.ts';

/** « Céder le dossier… »: to whom, what one keeps, a message; or what became of the offer that waits. */
export function HandOverDialog({ book: opened, onClose }: FolderDialogProps) {
  const { sharing } = useMessages();
  const texts = useHandoverTexts();
  const { accountId } = useSession();
  const book = useAddressBook(opened.accountId, opened.id);
  const offers = useCollection('FolderHandover', [accountId]);
  const offer = offers.list.find(
    ({ addressBookId, fromId, status }) => addressBookId === opened.id && fromId === accountId && status === 'waiting',
  );
  if (!book) return <EndedDialog title={texts.dialogTitle} text={sharing.folderGone} onClose={onClose} />;
  if (offer) return <WaitingDialog book={book} offer={offer} onClose={onClose} />;
  return <OfferDialog book={book} onClose={onClose} />;
}

function OfferDialog({ book, onClose }: FolderDialogProps) {
  const { common, sharing } = useMessages();
  const texts = useHandoverTexts();
  const { accountId } = useSession();
  const input = useRef<HTMLInputElement>(null);
  const form = useOfferForm(book, input, onClose);
  const labelOf = (role: FolderHandover['keptRole']) => (role === 'none' ? texts.keptNone : common.roles[role]);
  const hintOf = (role: FolderHandover['keptRole']) => (role === 'none' ? texts.keptNoneHint : sharing.roleHints[role]);
  return (
    <FormDialog
      title={texts.dialogTitle}
      onClose={onClose}
      onSubmit={form.submit}
      verb={texts.offer}
      isPending={form.isWorking}
      problem={form.failure}
      size="wide"
    >
      <FolderLine book={book} />
      <p>{texts.dialogIntro}</p>
      <PrincipalField
        kind="individual"
        label={texts.newOwner}
        description={texts.newOwnerHint}
        chosenLabel={texts.chosen}
        removeLabel={texts.remove}
        emptyText={texts.noPerson}
        value={form.person}
        onChange={form.choose}
        error={form.personError}
        onUnknown={form.unknown}
        without={accountId}
        isDisabled={form.isWorking}
        autoFocus
        inputRef={input}
      />
      <RadioGroup
        label={texts.kept}
        orientation="horizontal"
        options={keptRoles.map((id) => ({ id, label: labelOf(id), description: hintOf(id) }))}
        value={form.keptRole}
        onChange={form.setKeptRole}
        isDisabled={form.isWorking}
      />
      <TextArea
        label={texts.message}
        placeholder={texts.messagePlaceholder}
        isOptional
        rows={3}
        maxLength={2000}
        value={form.note}
        onChange={form.setNote}
        isDisabled={form.isWorking}
      />
      <p className={rows['detail']}>{texts.whatGoes}</p>
    </FormDialog>
  );
}

function WaitingDialog({ book, offer, onClose }: FolderDialogProps & { readonly offer: FolderHandover }) {
  const { common } = useMessages();
  const texts = useHandoverTexts();
  const language = useLanguage();
  const { accountId } = useSession();
  const withdraw = () => {
    onClose();
    attempt(endHandover(accountId, offer));
  };
  return (
    <Dialog
      title={texts.dialogTitle}
      onClose={onClose}
      footer={
        <>
          <Button onPress={withdraw}>{texts.withdraw}</Button>
          <Button variant="primary" onPress={onClose}>
            {common.close}
          </Button>
        </>
      }
    >
      <FolderLine book={book} />
      <Banner isInline>
        <strong>{texts.waitsTitle(offer.toName)}</strong>
        <br />
        {texts.waitsText(offer.toName, dayInWords(offer.createdAt, language))}
      </Banner>
    </Dialog>
  );
}
