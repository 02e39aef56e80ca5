import { Eraser, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { CardVersion } from '../../../client/src/history.ts';
import type { Id } from '../../../client/src/types.ts';
import { useSession } from '../../api/hooks.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { findNode, folderKey } from '../../model/folders/folder-tree.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useFolderTree } from '../folders/use-folder-tree.ts';
import { Differences } from './differences.tsx';
import { HistoryFrame, historyDaysOf } from './history-frame.tsx';
import styles from './history.module.css';
import { eraseHistory, restoreVersion } from './history-operations.ts';
import { useHistoryTexts } from './history-texts.ts';
import { authorOf, circumstances, exactTime, versionSentence } from './said.ts';
import { useVersions } from './use-history.ts';
import { When } from './when.tsx';

/** The card whose history is shown. */
export interface CardHistoryProps {
  readonly accountId: Id;
  readonly cardId: Id;
  readonly name: string;
  readonly mayWrite: boolean;
  readonly onClose: () => void;
}

/** « Historique »: who changed the card, when, by which way and what; any version comes back with one click. */
export function CardHistoryDialog({ accountId, cardId, name, mayWrite, onClose }: CardHistoryProps) {
  const { common } = useMessages();
  const texts = useHistoryTexts();
  const { accountId: me, session } = useSession();
  const [isErasing, setErasing] = useState(false);
  const history = useVersions(accountId, cardId);
  const oldest = history.items.at(-1);
  const erase = async () => {
    if (await eraseHistory(accountId, cardId)) history.reload();
    setErasing(false);
  };
  if (isErasing)
    return (
      <FormDialog
        title={texts.cardTitle(name)}
        onClose={() => setErasing(false)}
        onSubmit={() => void erase()}
        isFinal
        verb={texts.eraseNow}
      >
        <p>{texts.eraseText}</p>
      </FormDialog>
    );
  return (
    <Dialog
      title={texts.cardTitle(name)}
      size="wide"
      onClose={onClose}
      footer={<Button onPress={onClose}>{common.close}</Button>}
    >
      <HistoryFrame
        history={history}
        label={texts.versions}
        emptyTitle={texts.cardEmpty}
        days={historyDaysOf(session.accounts[accountId]?.accountCapabilities)}
        end={oldest?.action === 'updated' ? <First accountId={accountId} version={oldest} mayWrite={mayWrite} /> : null}
      >
        {(version, index) => (
          <VersionRow
            key={version.id}
            accountId={accountId}
            version={version}
            me={me}
            isCurrent={index === 0}
            mayWrite={mayWrite}
          />
        )}
      </HistoryFrame>
      {accountId === me && history.items.length > 0 ? (
        <div className={styles['actions']}>
          <Button size="small" variant="quiet" icon={<Eraser size={16} aria-hidden />} onPress={() => setErasing(true)}>
            {texts.erase}
          </Button>
        </div>
      ) : null}
    </Dialog>
  );
}

interface VersionRowProps {
  readonly accountId: Id;
  readonly version: CardVersion;
  readonly me: Id;
  readonly isCurrent: boolean;
  readonly mayWrite: boolean;
}

function VersionRow({ accountId, version, me, isCurrent, mayWrite }: VersionRowProps) {
  const texts = useHistoryTexts();
  const { nodes } = useFolderTree();
  const nameOf = (bookId: Id) => findNode(nodes, folderKey(accountId, bookId))?.name;
  // What it left is not seen any more where it left the folder.
  const isLeaving = version.action === 'deleted' || version.action === 'movedOut';
  const author = authorOf(version, me, texts);
  return (
    <li className={styles['entry']}>
      <Avatar name={version.authorName ?? author} seed={version.authorId ?? author} size={32} />
      <div className={styles['body']}>
        <div>
          <p className={styles['sentence']}>{versionSentence(version, me, texts)}</p>
          <p className={styles['second']}>
            <When time={version.at} /> · {circumstances(version, nameOf, texts)}
          </p>
        </div>
        {version.action === 'updated' ? <Differences accountId={accountId} version={version} /> : null}
        {isCurrent ? <p className={styles['note']}>{texts.current}</p> : null}
        {mayWrite && !isCurrent ? (
          <RestoreButton
            accountId={accountId}
            version={version}
            state={isLeaving ? 'before' : 'after'}
            label={texts.restore}
          />
        ) : null}
      </div>
    </li>
  );
}

/** What the card was before the oldest change that is known. */
function First({ accountId, version, mayWrite }: Pick<VersionRowProps, 'accountId' | 'version' | 'mayWrite'>) {
  const texts = useHistoryTexts();
  if (!mayWrite) return null;
  return (
    <li className={styles['entry']}>
      <RestoreButton accountId={accountId} version={version} state="before" label={texts.restoreFirst} />
    </li>
  );
}

interface RestoreButtonProps {
  readonly accountId: Id;
  readonly version: CardVersion;
  readonly state: 'after' | 'before';
  readonly label: string;
}

function RestoreButton({ accountId, version, state, label }: RestoreButtonProps) {
  const texts = useHistoryTexts();
  const language = useLanguage();
  const [isRunning, setRunning] = useState(false);
  const restore = async () => {
    setRunning(true);
    await restoreVersion(accountId, version, state);
    setRunning(false);
  };
  const spoken = label === texts.restore ? texts.restoreOf(exactTime(version.at, language)) : label;
  return (
    <div className={styles['actions']}>
      <Button
        size="small"
        aria-label={spoken}
        icon={<RotateCcw size={16} aria-hidden />}
        isPending={isRunning}
        onPress={() => void restore()}
      >
        {label}
      </Button>
    </div>
  );
}
