import { useState } from 'react';
import { useMessages } from '../../../locales/messages.ts';
import { findNode, folderKey, visibleRows } from '../../../model/folders/folder-tree.ts';
import { resumeDraft } from '../../../model/cards/drafts.ts';
import { navigate } from '../../../model/navigation.ts';
import { type ContactsView, contactsPath, folderPath } from '../../../model/route.ts';
import { Select } from '../../../ui/fields/select.tsx';
import { showToast } from '../../../ui/toasts.tsx';
import { FolderIcon } from '../../folders/folder-icon.tsx';
import { useFolderTree } from '../../folders/use-folder-tree.ts';
import { tellDraftKept } from './card-editor.tsx';
import { CardForm } from './card-form.tsx';
import { createCard } from './save-card.ts';
import { useCardForm } from './use-card-form.ts';

const nothing = {};

/** « Nouveau contact »: the empty form, in the folder that is open or in one that may be written to. */
export function NewCard({ view }: { readonly view: Extract<ContactsView, { kind: 'folder' }> }) {
  const { contacts } = useMessages();
  const { nodes } = useFolderTree();
  const [chosen, setChosen] = useState(folderKey(view.accountId, view.bookId));
  const folders = visibleRows(nodes, new Set()).filter((node) => node.book?.myRights.mayAdd);
  const folder = findNode(folders, chosen) ?? folders[0];
  const close = () => navigate(contactsPath(view), { replace: true });
  const form = useCardForm({
    draftKey: 'new',
    card: nothing,
    save: async (_, content) => {
      if (!folder?.book) return;
      const { accountId, id: bookId } = folder.book;
      const cardId = await createCard(accountId, bookId, content);
      showToast(contacts.done.created);
      navigate(folderPath(accountId, bookId, { accountId, cardId }), { replace: true });
    },
    onLeft: () =>
      tellDraftKept(contacts.edit.newDraftKept, () => {
        resumeDraft('new');
        navigate(folderPath(view.accountId, view.bookId, 'new'));
      }),
  });
  const options = folders.map((node) => ({
    id: node.key,
    label: '\u2003'.repeat(node.level - 1) + node.name,
    icon: <FolderIcon kind={node.kind} color={node.color} />,
  }));
  return (
    <CardForm
      title={contacts.edit.newTitle}
      accountId={folder?.book?.accountId ?? view.accountId}
      form={form}
      onClose={close}
      footer={<Select label={contacts.edit.saveIn} options={options} value={folder?.key ?? ''} onChange={setChosen} />}
    />
  );
}
