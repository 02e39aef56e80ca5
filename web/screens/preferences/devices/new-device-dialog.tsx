import { lazy, Suspense, useState } from 'react';
import type { Id } from '../../../../client/src/types.ts';
import { describeError } from '../../../api/errors.ts';
import { visibleRows } from '../../../model/folders/folder-tree.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { Checkbox } from '../../../ui/fields/checkbox.tsx';
import { CopyField } from '../../../ui/fields/copy-field.tsx';
import { RadioGroup } from '../../../ui/fields/radio-group.tsx';
import { Select } from '../../../ui/fields/select.tsx';
import { TextField } from '../../../ui/fields/text-field.tsx';
import { FolderIcon } from '../../folders/folder-icon.tsx';
import { useFolderTree } from '../../folders/use-folder-tree.ts';
import { downloadProfile } from './apple-profile.ts';
import { createDevice } from './device-operations.ts';
import { useDevicesTexts } from './devices-texts.ts';
import styles from './devices.module.css';
import { useDeviceFacts } from './use-device-facts.ts';

const QrCode = lazy(() => import('../../../ui/qr-code.tsx').then((file) => ({ default: file.QrCode })));

/** « Ajouter un appareil »: a name and what it may, then the password, once. */
export function NewDeviceDialog({ accountId, onClose }: { readonly accountId: Id; readonly onClose: () => void }) {
  const [made, setMade] = useState<{ readonly name: string; readonly secret: string }>();
  if (made) return <MadeDevice {...made} onClose={onClose} />;
  return <DeviceForm accountId={accountId} onClose={onClose} onMade={(name, secret) => setMade({ name, secret })} />;
}

interface DeviceFormProps {
  readonly accountId: Id;
  readonly onClose: () => void;
  readonly onMade: (name: string, secret: string) => void;
}

function DeviceForm({ accountId, onClose, onMade }: DeviceFormProps) {
  const texts = useDevicesTexts();
  const [name, setName] = useState('');
  const [access, setAccess] = useState<'all' | 'folder'>('all');
  const [folder, setFolder] = useState<string>();
  const [isReadOnly, setReadOnly] = useState(false);
  const [error, setError] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const folders = useFolderChoices();
  const bookId = folders.find(({ id }) => id === folder)?.id ?? folders[0]?.id ?? null;

  const submit = () => {
    if (isBusy) return;
    if (name.trim() === '') return setError(texts.nameMissing);
    setBusy(true);
    const addressBookId = access === 'folder' ? bookId : null;
    createDevice(accountId, { name: name.trim(), mayWrite: !isReadOnly, addressBookId }).then(
      (secret) => onMade(name.trim(), secret),
      (reason: unknown) => {
        setBusy(false);
        setFailure(describeError(reason));
      },
    );
  };

  return (
    <FormDialog
      title={texts.newTitle}
      onClose={onClose}
      onSubmit={submit}
      verb={texts.create}
      isPending={isBusy}
      problem={failure}
    >
      <TextField
        label={texts.name}
        placeholder={texts.namePlaceholder}
        value={name}
        maxLength={100}
        autoFocus
        autoComplete="off"
        error={error}
        onChange={(text) => {
          setName(text);
          setError(undefined);
        }}
      />
      <RadioGroup
        label={texts.access}
        value={access}
        onChange={setAccess}
        options={[
          { id: 'all', label: texts.accessAll },
          { id: 'folder', label: texts.accessFolder, description: texts.accessFolderHint },
        ]}
      />
      {access === 'folder' && bookId !== null ? (
        <Select label={texts.chooseFolder} options={folders} value={bookId} onChange={setFolder} />
      ) : null}
      <Checkbox isSelected={isReadOnly} onChange={setReadOnly} description={texts.readOnlyHint}>
        {texts.readOnlyBox}
      </Checkbox>
    </FormDialog>
  );
}

function useFolderChoices() {
  const { nodes } = useFolderTree();
  return visibleRows(nodes, new Set()).flatMap((node) =>
    node.book
      ? [
          {
            id: node.book.id,
            label: '\u2003'.repeat(node.level - 1) + node.name,
            icon: <FolderIcon kind={node.kind} color={node.color} />,
          },
        ]
      : [],
  );
}

interface MadeDeviceProps {
  readonly name: string;
  readonly secret: string;
  readonly onClose: () => void;
}

function MadeDevice({ name, secret, onClose }: MadeDeviceProps) {
  const texts = useDevicesTexts();
  const facts = useDeviceFacts();
  return (
    <Dialog
      title={texts.createdTitle(name)}
      onClose={onClose}
      footer={
        <Button variant="primary" onPress={onClose}>
          {texts.done}
        </Button>
      }
    >
      <Banner tone="warning" isInline isLive>
        {texts.once}
      </Banner>
      <CopyField label={texts.secret} value={secret} copyLabel={texts.copySecret} failedText={texts.copyFailed} />
      <CopyField
        label={texts.address}
        value={facts.address}
        copyLabel={texts.copyAddress}
        failedText={texts.copyFailed}
      />
      <CopyField label={texts.login} value={facts.login} copyLabel={texts.copyLogin} failedText={texts.copyFailed} />
      <div className={styles['scan']}>
        <Suspense fallback={<div className={styles['qr']} />}>
          <QrCode text={secret} label={texts.qrSecret} />
        </Suspense>
        <p className={styles['hint']}>{texts.qrSecretHint}</p>
      </div>
      <div className={styles['profile']}>
        <Button onPress={() => downloadProfile(name, facts, secret)}>{texts.profileWith}</Button>
        <p className={styles['hint']}>{texts.profileHint}</p>
      </div>
    </Dialog>
  );
}
