import { ChevronDown, FolderPlus, Settings2 } from 'lucide-react';
import { useEffect } from 'react';
import { describeError } from '../../api/errors.ts';
import { useSession } from '../../api/hooks.ts';
import { load } from '../../api/store.ts';
import { useMessages } from '../../locales/messages.ts';
import type { FolderAction } from '../../model/folders/folder-actions.ts';
import { folderKey, type FolderNode, withDescendants } from '../../model/folders/folder-tree.ts';
import { navigate } from '../../model/navigation.ts';
import { isGuest } from '../../model/outside.ts';
import { type ContactsView, folderPath } from '../../model/route.ts';
import { IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import { openFolderActivity } from '../history/open-history-dialogs.tsx';
import { openPropertiesDialog, openShareDialog } from '../sharing/open-dialogs.tsx';
import { attempt, removeFolder } from './folder-operations.ts';
import styles from './folder-pane.module.css';
import { FolderTree } from './folder-tree.tsx';
import {
  openCreateFolderDialog,
  openEmptyTrashDialog,
  openMoveFolderDialog,
  preloadFolderDialogs,
} from './open-folder-dialogs.tsx';
import { useFolderTree } from './use-folder-tree.ts';
import { useTrashCount } from './use-trash-count.ts';

/** The left pane, « Liste des contacts ». */
export function FolderPane({ view }: { readonly view: ContactsView }) {
  const { common, folders, guest: guestWords } = useMessages();
  const { session, accountId } = useSession();
  const { status, error, nodes } = useFolderTree();
  const trashCount = useTrashCount(accountId);
  useEffect(preloadFolderDialogs, []);

  const openNew = (place?: { accountId: string; bookId: string }) =>
    openCreateFolderDialog(place, (made) => navigate(folderPath(made.accountId, made.bookId)));

  const actions: Record<Exclude<FolderAction, 'rename' | 'expandAll'>, (node: FolderNode) => void> = {
    newFolder: ({ book }) => openNew(book ? { accountId: book.accountId, bookId: book.id } : undefined),
    emptyTrash: () => openEmptyTrashDialog(accountId, trashCount),
    share: ({ book }) => book && openShareDialog(book),
    properties: ({ book }) => book && openPropertiesDialog(book),
    activity: ({ book }) => book && openFolderActivity(book),
    move: openMoveFolderDialog,
    remove: (node) => {
      if (withDescendants(node).some(({ key }) => key === selectedKey(view))) navigate('/');
      attempt(removeFolder(node, accountId));
    },
  };

  const retry = () => {
    for (const id of Object.keys(session.accounts)) void load('AddressBook', id, true);
  };

  const guest = isGuest(session, accountId);
  const newEntry = {
    id: 'new',
    label: folders.newFolder,
    icon: <FolderPlus size={16} aria-hidden />,
    onAction: () => openNew(),
  };
  const headerEntries = [
    ...(guest ? [] : [newEntry]),
    {
      id: 'shares',
      label: folders.manageShares,
      icon: <Settings2 size={16} aria-hidden />,
      href: '/preferences/sharing',
    },
  ];

  return (
    <div className={styles['pane']}>
      <div className={styles['header']}>
        <h2 className={styles['heading']}>{folders.heading}</h2>
        <Menu entries={headerEntries} label={folders.actionsOf(folders.heading)}>
          <IconButton label={folders.actionsOf(folders.heading)} size="small">
            <ChevronDown size={16} aria-hidden />
          </IconButton>
        </Menu>
      </div>
      <div className={styles['scroll']}>
        {status === 'failed' ? (
          <ErrorState title={folders.loadFailed} text={describeError(error)} onRetry={retry} />
        ) : null}
        {status === 'loading' && nodes.length <= 1 ? <SkeletonLines label={common.loading} count={5} /> : null}
        {status === 'ready' && nodes.length === 0 ? (
          <EmptyState title={guestWords.emptyTitle} text={guestWords.emptyText} />
        ) : null}
        {status !== 'failed' && nodes.length > (guest ? 0 : 1) ? (
          <FolderTree
            nodes={nodes}
            ownAccountId={accountId}
            selectedKey={selectedKey(view)}
            trashCount={trashCount}
            onOpen={openFolder}
            onAction={(action, node) => actions[action](node)}
          />
        ) : null}
      </div>
    </div>
  );
}

function selectedKey(view: ContactsView): string {
  if (view.kind === 'folder') return folderKey(view.accountId, view.bookId);
  return view.kind === 'trash' ? 'trash' : '';
}

function openFolder(node: FolderNode): void {
  navigate(node.book ? folderPath(node.book.accountId, node.book.id) : '/trash');
}
