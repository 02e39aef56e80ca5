import { useState } from 'react';
import { useSession } from '../../api/hooks.ts';
import type { Id } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { isAllowed } from '../../model/folders/folder-actions.ts';
import { folderKey, visibleRows } from '../../model/folders/folder-tree.ts';
import { ColorPicker } from '../../ui/fields/color-picker.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { createFolder } from './folder-operations.ts';
import { FolderIcon } from './folder-icon.tsx';
import { NameField } from './name-field.tsx';
import { useFolderTree } from './use-folder-tree.ts';
import { useNameForm } from './use-name-form.ts';

/** Where a folder can be put. */
export interface FolderPlace {
  readonly accountId: Id;
  /** null: the top level. */
  readonly bookId: Id | null;
}

/** Where the new folder goes, and what follows. */
export interface CreateFolderDialogProps {
  /** Where the new folder goes unless another place is chosen; undefined: the top level. */
  readonly place?: FolderPlace | undefined;
  readonly onClose: () => void;
  readonly onCreated?: ((folder: { accountId: Id; bookId: Id }) => void) | undefined;
}

const topLevel = 'top';

/** « Créer un dossier de contacts »: name, colour and place. */
export function CreateFolderDialog({ place, onClose, onCreated }: CreateFolderDialogProps) {
  const { folders } = useMessages();
  const { accountId: ownAccountId } = useSession();
  const { nodes } = useFolderTree();
  const [color, setColor] = useState<string | null>(null);
  const [chosen, setChosen] = useState(place?.bookId ? folderKey(place.accountId, place.bookId) : topLevel);
  const places = visibleRows(nodes, new Set()).filter((node) => isAllowed('newFolder', node));
  const parent = places.find((node) => node.key === chosen)?.book;
  const accountId = parent?.accountId ?? ownAccountId;

  const form = useNameForm('', async (name) => {
    const bookId = await createFolder({ accountId, parentId: parent?.id ?? null, name, color });
    onClose();
    onCreated?.({ accountId, bookId });
  });

  const placeOptions = [
    { id: topLevel, label: folders.placeTop },
    ...places.map((node) => ({
      id: node.key,
      label: '\u2003'.repeat(node.level - 1) + node.name,
      icon: <FolderIcon kind={node.kind} color={node.color} />,
    })),
  ];

  return (
    <FormDialog
      title={folders.createTitle}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      isPending={form.isPending}
      problem={form.failure}
    >
      <NameField label={folders.name} value={form.name} onChange={form.setName} problem={form.problem} />
      <ColorPicker value={color} onChange={setColor} />
      <Select label={folders.place} options={placeOptions} value={chosen} onChange={setChosen} />
    </FormDialog>
  );
}
