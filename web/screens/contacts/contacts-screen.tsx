import { ChevronLeft } from 'lucide-react';
import { useRef } from 'react';
import { useSession } from '../../api/hooks.ts';
import { useMessages } from '../../locales/messages.ts';
import { findNode, folderKey, type FolderNode } from '../../model/folders/folder-tree.ts';
import { useLayout } from '../../model/layout/use-layout.ts';
import { type CardPlace, type ContactsView, contactsPath } from '../../model/route.ts';
import { useDocumentTitle } from '../../ui/document-title.ts';
import { Link } from '../../ui/link.tsx';
import { FolderPane } from '../folders/folder-pane.tsx';
import { useFolderTree } from '../folders/use-folder-tree.ts';
import { CardPane } from './card-pane.tsx';
import styles from './contacts-screen.module.css';
import { PaneSeparators } from './layout/pane-separators.tsx';
import { ListPane } from './list-pane.tsx';

export interface ContactsScreenProps {
  readonly view: ContactsView;
  readonly card: CardPlace;
}

/** « Contacts »: folders, list and card side by side; on a phone one at a time. */
export function ContactsScreen({ view: asked, card }: ContactsScreenProps) {
  const { common, folders, shell } = useMessages();
  const { accountId } = useSession();
  const { nodes } = useFolderTree();
  const view = asked.kind === 'home' ? homeView(nodes, accountId) : asked;
  const title = viewName(view, nodes) ?? (view.kind === 'search' ? common.search : folders.contacts);
  useDocumentTitle(title);
  const control = useLayout();
  const foldersPane = useRef<HTMLElement>(null);
  const listPane = useRef<HTMLElement>(null);
  const pane = card ? 'card' : asked.kind === 'home' ? 'folders' : 'list';
  return (
    <div className={styles['screen']} data-pane={pane} data-view={view.kind} data-reading={control.layout.readingPane}>
      <h1 className="visually-hidden">{title}</h1>
      <nav ref={foldersPane} className={styles['folders']} aria-label={shell.foldersPane}>
        <FolderPane view={view} />
      </nav>
      <section ref={listPane} className={styles['list']} aria-label={shell.listPane}>
        <Back to="/" label={folders.heading} />
        {view.kind === 'home' ? null : <ListPane view={view} card={card} />}
      </section>
      <section className={styles['card']} aria-label={shell.cardPane}>
        <Back to={contactsPath(view)} label={title} />
        {view.kind === 'home' ? null : <CardPane view={view} card={card} />}
      </section>
      <PaneSeparators {...control} folders={foldersPane} list={listPane} />
    </div>
  );
}

/** Without an address of its own, the person's « Contacts »; for a guest, who has none, the first that is shared. */
function homeView(nodes: readonly FolderNode[], accountId: string): ContactsView {
  const home =
    nodes.find((node) => node.kind === 'contacts') ??
    nodes.find((node) => node.book?.accountId === accountId) ??
    nodes.find((node) => node.book !== null);
  return home?.book ? { kind: 'folder', accountId: home.book.accountId, bookId: home.book.id } : { kind: 'home' };
}

function viewName(view: ContactsView, nodes: readonly FolderNode[]): string | undefined {
  if (view.kind === 'folder') return findNode(nodes, folderKey(view.accountId, view.bookId))?.name;
  return view.kind === 'trash' ? findNode(nodes, 'trash')?.name : undefined;
}

function Back({ to, label }: { readonly to: string; readonly label: string }) {
  return (
    <div className={styles['back']}>
      <Link to={to} className={styles['backLink']!}>
        <ChevronLeft size={18} aria-hidden />
        <span className={styles['backLabel']}>{label}</span>
      </Link>
    </div>
  );
}
