import { Building2, FolderOpen, Mail, SearchX, Users } from 'lucide-react';
import { useEffect } from 'react';
import type { Id } from '../../../../client/src/types.ts';
import { useAddressBooks, useSession } from '../../../api/hooks.ts';
import { useMessages } from '../../../locales/messages.ts';
import { navigate } from '../../../model/navigation.ts';
import { contactsPath, folderPath } from '../../../model/route.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { useFolderTree } from '../../folders/use-folder-tree.ts';
import type { CardView, ListSource } from './use-list-source.ts';

/** Why the list is empty, and what to do about it. */
export function ListEmpty({ view, source }: { readonly view: CardView; readonly source: ListSource }) {
  const {
    contacts: { empty, newContact },
  } = useMessages();
  const { session } = useSession();
  const { folder } = source;
  if (view.kind === 'search')
    return <EmptyState icon={<SearchX size={24} />} title={empty.searchTitle(view.text)} text={empty.searchText} />;
  if (!folder) {
    return source.areFoldersReady ? <GoneFolder bookId={view.bookId} /> : null;
  }
  if (source.filter.trim() || source.initial) {
    const clear = () => {
      source.setFilter('');
      source.setInitial(null);
    };
    return (
      <EmptyState icon={<SearchX size={24} />} title={empty.filterTitle} text={empty.filterText}>
        <Button onPress={clear}>{empty.clearFilter}</Button>
      </EmptyState>
    );
  }
  if (folder.kind === 'collected')
    return <EmptyState icon={<Mail size={24} />} title={empty.collectedTitle} text={empty.collectedText} />;
  if (folder.kind === 'directory')
    return <EmptyState icon={<Building2 size={24} />} title={empty.directoryTitle} text={empty.directoryText} />;
  if (!folder.book?.myRights.mayAdd) {
    return (
      <EmptyState
        icon={<FolderOpen size={24} />}
        title={empty.folderTitle}
        text={empty.viewerText(session.accounts[view.accountId]?.name ?? '')}
      />
    );
  }
  const isHome = folder.kind === 'contacts';
  return (
    <EmptyState
      icon={<Users size={24} />}
      title={isHome ? empty.contactsTitle : empty.folderTitle}
      text={isHome ? empty.contactsText : empty.folderText}
    >
      {isHome ? <ToCollected label={empty.toCollected} /> : null}
      <Button variant={isHome ? 'secondary' : 'primary'} onPress={() => navigate(contactsPath(view, 'new'))}>
        {newContact}
      </Button>
    </EmptyState>
  );
}

/** A folder that is not there: in the account of its new owner, or gone. */
function GoneFolder({ bookId }: { readonly bookId: Id }) {
  const { empty } = useMessages().contacts;
  const moved = useAddressBooks().list.find(({ id }) => id === bookId);
  const path = moved && folderPath(moved.accountId, moved.id);
  useEffect(() => {
    if (path !== undefined) navigate(path, { replace: true });
  }, [path]);
  if (path !== undefined) return null;
  return <EmptyState icon={<FolderOpen size={24} />} title={empty.goneTitle} text={empty.goneText} />;
}

function ToCollected({ label }: { readonly label: string }) {
  const { nodes } = useFolderTree();
  const book = nodes.find((node) => node.kind === 'collected')?.book;
  if (!book) return null;
  return (
    <Button variant="primary" onPress={() => navigate(folderPath(book.accountId, book.id))}>
      {label}
    </Button>
  );
}
