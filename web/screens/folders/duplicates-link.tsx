import { Merge } from 'lucide-react';
import type { Id } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { Badge } from '../../ui/badge.tsx';
import { Link } from '../../ui/link.tsx';
import { useDuplicatesCount } from '../duplicates/duplicates-count.ts';
import styles from './folder-pane.module.css';

/** The way to « Doublons », below the folders, with how many wait there. */
export function DuplicatesLink({ accountId }: { readonly accountId: Id }) {
  const { folders } = useMessages();
  const count = useDuplicatesCount(accountId);
  return (
    <Link to="/duplicates" className={styles['duplicates']!}>
      <Merge size={16} aria-hidden />
      <span>{folders.duplicates}</span>
      {count ? (
        <Badge>
          <span aria-hidden>{count}</span>
          <span className="visually-hidden">{folders.duplicatesCount(count)}</span>
        </Badge>
      ) : null}
    </Link>
  );
}
