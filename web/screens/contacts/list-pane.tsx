import { lazy, type ReactNode } from 'react';
import { useMessages } from '../../locales/messages.ts';
import { findNode, folderKey } from '../../model/folders/folder-tree.ts';
import type { CardPlace, ContactsView } from '../../model/route.ts';
import { useFolderTree } from '../folders/use-folder-tree.ts';
import transferStyles from '../transfer/transfer.module.css';
import { useImportDrop } from '../transfer/use-import-drop.ts';
import styles from './contacts-screen.module.css';
import { CardListPane } from './list/card-list-pane.tsx';

const TrashPane = lazy(() => import('./trash/trash-pane.tsx').then((file) => ({ default: file.TrashPane })));

interface ListPaneProps {
  /** Never "home": the screen has put the person's « Contacts » there. */
  readonly view: ContactsView;
  readonly card: CardPlace;
}

/** The middle pane: the cards of a folder, of a search, or the trash. */
export function ListPane({ view, card }: ListPaneProps) {
  if (view.kind === 'trash') return <TrashPane />;
  if (view.kind === 'home') return null;
  const key = view.kind === 'folder' ? `${view.accountId}/${view.bookId}` : 'search';
  return (
    <FileDropArea key={key} view={view}>
      <CardListPane view={view} card={card} />
    </FileDropArea>
  );
}

/** The whole pane takes a file from the desktop, when the folder may be written in. */
function FileDropArea({ view, children }: { readonly view: ContactsView; readonly children: ReactNode }) {
  const { transfer } = useMessages();
  const { nodes } = useFolderTree();
  const node = view.kind === 'folder' ? findNode(nodes, folderKey(view.accountId, view.bookId)) : undefined;
  const { dropProps, isOver } = useImportDrop(node);
  return (
    <div {...dropProps} className={styles['dropArea']}>
      {children}
      {isOver && node ? <div className={transferStyles['dropHint']}>{transfer.dropOn(node.name)}</div> : null}
    </div>
  );
}
