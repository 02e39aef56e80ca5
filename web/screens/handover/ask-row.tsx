import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { AccessRequest, ListedFolder } from '../../../client/src/requests.ts';
import { useSession } from '../../api/hooks.ts';
import { useMessages } from '../../locales/messages.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/fields/text-field.tsx';
import { showFailure } from '../../ui/toasts.tsx';
import { askForAccess, describeRefusal, endRequest } from './handover-operations.ts';
import { useHandoverTexts } from './handover-texts.ts';
import rows from '../../ui/rows.module.css';
import styles from './handover.module.css';

interface AskRowProps {
  readonly folder: ListedFolder;
  /** What the person has asked for already, and what became of it. */
  readonly request: AccessRequest | undefined;
}

/** A folder that a colleague offers: its name and what they say of it, and the way to ask for it. */
export function AskRow({ folder, request }: AskRowProps) {
  const texts = useHandoverTexts();
  const { accountId } = useSession();
  const [isOpen, setOpen] = useState(false);
  const { name, description, ownerName } = folder;
  const withdraw = (asked: AccessRequest) =>
    endRequest(accountId, asked).catch((error: unknown) => showFailure(describeRefusal(error)));
  return (
    <li className={rows['row']}>
      <div className={rows['what']}>
        <span className={rows['name']}>{name}</span>
        {description ? <span className={rows['detail']}>{description}</span> : null}
        {request?.status === 'waiting' ? <span className={styles['said']}>{texts.askedAlready}</span> : null}
        {request?.status === 'declined' ? <span className={rows['detail']}>{texts.askedRefused}</span> : null}
      </div>
      {request?.status === 'waiting' ? (
        <Button size="small" aria-label={texts.unaskOf(name)} onPress={() => void withdraw(request)}>
          {texts.unask}
        </Button>
      ) : null}
      {request === undefined && !isOpen ? (
        <Button size="small" aria-label={texts.askOf(name, ownerName)} onPress={() => setOpen(true)}>
          {texts.ask}
        </Button>
      ) : null}
      {request === undefined && isOpen ? <AskForm folder={folder} onClose={() => setOpen(false)} /> : null}
    </li>
  );
}

function AskForm({ folder, onClose }: { readonly folder: ListedFolder; readonly onClose: () => void }) {
  const { common } = useMessages();
  const texts = useHandoverTexts();
  const { accountId } = useSession();
  const [note, setNote] = useState('');
  const [isWorking, setWorking] = useState(false);
  const [failure, setFailure] = useState<string>();
  const send = () => {
    if (isWorking) return;
    setWorking(true);
    setFailure(undefined);
    const wanted = { addressBookId: folder.addressBookId, note: note.trim() || null };
    askForAccess(accountId, wanted, folder.ownerName)
      .then(onClose, (error: unknown) => setFailure(describeRefusal(error)))
      .finally(() => setWorking(false));
  };
  return (
    <Form
      className={styles['ask']!}
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {failure ? (
        <Banner tone="danger" isInline isLive>
          {failure}
        </Banner>
      ) : null}
      <TextArea
        label={texts.askMessage}
        placeholder={texts.askPlaceholder}
        isOptional
        rows={2}
        maxLength={2000}
        value={note}
        onChange={setNote}
        autoFocus
      />
      <div className={styles['buttons']}>
        <Button type="submit" variant="primary" size="small" isPending={isWorking}>
          {texts.send}
        </Button>
        <Button size="small" onPress={onClose}>
          {common.cancel}
        </Button>
      </div>
    </Form>
  );
}
