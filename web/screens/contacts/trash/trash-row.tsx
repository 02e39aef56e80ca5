import { RotateCcw, Trash2 } from 'lucide-react';
import type { TrashItem } from '../../../../client/src/types.ts';
import { useLanguage, useMessages } from '../../../locales/messages.ts';
import { relativeTime } from '../../../model/relative-time.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { classes, IconButton } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/fields/checkbox.tsx';
import { FolderIcon } from '../../folders/folder-icon.tsx';
import styles from './trash.module.css';

interface TrashRowProps {
  readonly item: TrashItem;
  /** It was in one's own account: only then it may be deleted for ever. */
  readonly isOwn: boolean;
  readonly isMine: boolean;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly onRestore: () => void;
  readonly onDestroy: () => void;
}

/** One deleted contact or folder. */
export function TrashRow({ item, isOwn, isMine, isSelected, onSelect, onRestore, onDestroy }: TrashRowProps) {
  const {
    contacts: { trash, unnamed },
  } = useMessages();
  const language = useLanguage();
  const name = item.name || item.email || unnamed;
  const when = relativeTime(item.deletedAt, language);
  const what = item.kind === 'folder' ? trash.folderOf(item.cardCount) : item.email === name ? '' : (item.email ?? '');
  const who = isMine ? trash.deletedByMe(when) : trash.deleted(when, item.deletedByName);
  const from = item.addressBookName ? trash.from(item.addressBookName) : '';
  return (
    <li className={classes(styles['row'], isSelected && styles['selected'])}>
      <Checkbox aria-label={trash.select(name)} isSelected={isSelected} onChange={onSelect} />
      {item.kind === 'folder' ? (
        <span className={styles['icon']}>
          <FolderIcon kind="own" color={null} size={20} />
        </span>
      ) : (
        <Avatar name={name.split(', ').toReversed().join(' ')} seed={item.id} size={36} />
      )}
      <div className={styles['lines']}>
        <span className={styles['name']}>{name}</span>
        {what ? <span className={styles['second']}>{what}</span> : null}
        <span className={styles['second']}>{[from, who].filter(Boolean).join(' · ')}</span>
      </div>
      <IconButton size="small" label={trash.restoreOne(name)} isDisabled={!item.mayRestore} onPress={onRestore}>
        <RotateCcw size={16} aria-hidden />
      </IconButton>
      <IconButton size="small" label={trash.removeForEverOne(name)} isDisabled={!isOwn} onPress={onDestroy}>
        <Trash2 size={16} aria-hidden />
      </IconButton>
    </li>
  );
}
