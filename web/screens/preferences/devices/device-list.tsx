import { Smartphone } from 'lucide-react';
import type { AppPassword, Id } from '../../../../client/src/types.ts';
import { describeError } from '../../../api/errors.ts';
import { useAddressBooks, useCollection } from '../../../api/hooks.ts';
import { load } from '../../../api/store.ts';
import { type Language, useLanguage, useMessages } from '../../../locales/messages.ts';
import { folderTitle } from '../../../model/folders/folder-title.ts';
import { relativeTime } from '../../../model/relative-time.ts';
import { LinkButton } from '../../../ui/link-button.tsx';
import { SkeletonLines } from '../../../ui/loading/skeleton.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { revokeDevice } from './device-operations.ts';
import { type DevicesTexts, useDevicesTexts } from './devices-texts.ts';
import styles from './devices.module.css';

const hour = 3_600_000;

/** The app passwords that hold, each with what it opens and when it was used. */
export function DeviceList({ accountId }: { readonly accountId: Id }) {
  const texts = useDevicesTexts();
  const { status, list, error } = useCollection('AppPassword', [accountId]);
  if (status === 'loading') return <SkeletonLines count={2} label={texts.passwords} />;
  if (status === 'failed') {
    const retry = () => void load('AppPassword', accountId, true);
    return <ErrorState title={texts.loadFailed} text={describeError(error)} onRetry={retry} />;
  }
  const devices = list.filter(({ isRevoked }) => !isRevoked);
  if (devices.length === 0) return <p className={styles['hint']}>{texts.empty}</p>;
  return (
    <ul className={styles['list']}>
      {devices.map((device) => (
        <DeviceRow key={device.id} accountId={accountId} device={device} />
      ))}
    </ul>
  );
}

function DeviceRow({ accountId, device }: { readonly accountId: Id; readonly device: AppPassword }) {
  const texts = useDevicesTexts();
  const { folders } = useMessages();
  const language = useLanguage();
  const books = useAddressBooks();
  const book = books.list.find(({ id }) => id === device.addressBookId);
  const place = book ? texts.folder(folderTitle(book, accountId, folders)) : texts.folderGone;
  const facts = [
    device.addressBookId === null ? texts.all : place,
    ...(device.mayWrite ? [] : [texts.readOnly]),
    lastUse(device, texts, language),
  ];
  return (
    <li className={styles['row']}>
      <Smartphone size={20} aria-hidden className={styles['icon']} />
      <div className={styles['what']}>
        <span className={styles['name']}>{device.name}</span>
        <span className={styles['hint']}>{facts.join(' · ')}</span>
      </div>
      <LinkButton label={texts.revokeOf(device.name)} onPress={() => void revokeDevice(accountId, device, texts)}>
        {texts.revoke}
      </LinkButton>
    </li>
  );
}

function lastUse({ lastUsedAt }: AppPassword, texts: DevicesTexts, language: Language): string {
  if (lastUsedAt === null) return texts.never;
  const isRecent = Date.now() - Date.parse(lastUsedAt) < hour;
  return texts.lastUsed(isRecent ? texts.thisHour : relativeTime(lastUsedAt, language));
}
