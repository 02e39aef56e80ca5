import { lazy, Suspense, useEffect, useState } from 'react';
import { describeError } from '../../api/errors.ts';
import { useSession } from '../../api/hooks.ts';
import { load } from '../../api/store.ts';
import { useMessages } from '../../locales/messages.ts';
import type { FolderAction } from '../../model/folders/folder-actions.ts';
import { folderKey, type FolderNode, withDescendants } from '../../model/folders/folder-tree.ts';
import { navigate } from '../../model/navigation.ts';
import { isGuest } from '../../model/outside.ts';
import { type ContactsView, folderPath } from '../../model/route.ts';
import { preloadWhenIdle } from '../../ui/loading/preload.ts';
import { SkeletonLines } from '../../ui/loading/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import { openHandOverDialog } from '../handover/open-handover.tsx';
import { openFolderActivity } from '../history/open-history-dialogs.tsx';
import { openPropertiesDialog, openShareDialog } from '../sharing/open-dialogs.tsx';
import { openExportDialog, openImportDialog, preloadTransferDialogs } from '../transfer/open-transfer.tsx';
import { attempt, removeFolder } from './folder-operations.ts';
import { DuplicatesLink } from './duplicates-link.tsx';
import styles from './folder-pane.module.css';
import { FolderTree } from './folder-tree.tsx';
import {
  openCreateFolderDialog,
  openEmptyTrashDialog,
  openMoveFolderDialog,
  preloadFolderDialogs,
} from './open-folder-dialogs.tsx';
import { PaneMenu } from './pane-menu.tsx';
import { useTopDrop } from './use-folder-drag.ts';
import { orderIn } from '../../model/layout/layout.ts';
import { useLayout } from '../../model/layout/use-layout.ts';
import { printFolder } from '../contacts/send/print-folder.ts';
import { useFolderTree } from './use-folder-tree.ts';
import { useTrashCount } from './use-trash-count.ts';

const loadShelf = () => import('../contacts/tags/tag-shelf.tsx');
const TagShelf = lazy(() => loadShelf().then((file) => ({ default: file.TagShelf })));

/** The left pane, « Liste des contacts ». */
export function FolderPane({ view }: { readonly view: ContactsView }) {
  const { common, folders, guest: guestWords } = useMessages();
  const { session, accountId } = useSession();
  const { status, error, nodes } = useFolderTree();
  const trashCount = useTrashCount(accountId);
  const [isIdle, setIdle] = useState(false);
  // Tags can wait until the contacts are there.
  useEffect(() => preloadWhenIdle(() => loadShelf().then(() => setIdle(true))), []);
  useEffect(preloadFolderDialogs, []);
  useEffect(preloadTransferDialogs, []);
  const { layout } = useLayout();
  const guest = isGuest(session, accountId);
  const top = useTopDrop(accountId);

  const openNew = (place?: { accountId: string; bookId: string }) =>
    openCreateFolderDialog(place, (made) => navigate(folderPath(made.accountId, made.bookId)));

  const actions: Record<Exclude<FolderAction, 'rename' | 'expandAll'>, (node: FolderNode) => void> = {
    newFolder: ({ book }) => openNew(book ? { accountId: book.accountId, bookId: book.id } : undefined),
    emptyTrash: () => openEmptyTrashDialog(accountId, trashCount),
    share: ({ book }) => book && openShareDialog(book),
    properties: ({ book }) => book && openPropertiesDialog(book),
    handOver: ({ book }) => book && openHandOverDialog(book),
    activity: ({ book }) => book && openFolderActivity(book),
    importCards: ({ key }) => openImportDialog({ folderKey: key }),
    exportCards: ({ book, name }) =>
      book && openExportDialog({ folder: { accountId: book.accountId, bookId: book.id, name }, hasAccount: !guest }),
    print: ({ key, book }) => book && void printFolder(book, orderIn(layout, key)),
    move: openMoveFolderDialog,
    remove: (node) => {
      if (withDescendants(node).some(({ key }) => key === selectedKey(view))) navigate('/');
      attempt(removeFolder(node, accountId));
    },
  };

  const retry = () => {
    for (const id of Object.keys(session.accounts)) void load('AddressBook', id, true);
  };

  return (
    <div className={styles['pane']}>
      <div {...top.dropProps} className={styles['header']} data-drop-target={top.isDropTarget || undefined}>
        <h2 className={styles['heading']}>{folders.heading}</h2>
        <PaneMenu folderKey={selectedKey(view)} isGuest={guest} onNewFolder={() => openNew()} />
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
        {isIdle && status === 'ready' ? (
          <Suspense>
            <TagShelf />
          </Suspense>
        ) : null}
        {guest || status !== 'ready' ? null : <DuplicatesLink accountId={accountId} />}
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
