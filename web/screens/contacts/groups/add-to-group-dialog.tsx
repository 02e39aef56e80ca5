import { useState } from 'react';
import { useMessages } from '../../../locales/messages.ts';
import type { CardRef } from '../../../model/cards/card-ref.ts';
import { type FolderNode, visibleRows } from '../../../model/folders/folder-tree.ts';
import { navigate } from '../../../model/navigation.ts';
import { folderPath } from '../../../model/route.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { Select } from '../../../ui/fields/select.tsx';
import { TextField } from '../../../ui/fields/text-field.tsx';
import { FolderIcon } from '../../folders/folder-icon.tsx';
import { useFolderTree } from '../../folders/use-folder-tree.ts';
import { describeCardError } from '../move/card-operations.ts';
import { addCardsToGroup, createGroup } from './group-operations.ts';
import { useGroupsTexts } from './groups-texts.ts';
import { useMyGroups } from './use-my-groups.ts';

interface AddToGroupDialogProps {
  /** Who is to be in it; nobody: an empty group is made. */
  readonly refs: readonly CardRef[];
  /** Where a new group is offered to be. */
  readonly folderKey: string | null;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const fresh = 'new';

/** « Ajouter à un groupe… »: one of those that the person may change, or a new one. */
export function AddToGroupDialog({ refs, folderKey, onDone, onClose }: AddToGroupDialogProps) {
  const texts = useGroupsTexts();
  const folders = useFolders('mayAdd');
  const groups = useMyGroups(useFolders('mayWrite'));
  const [chosen, setChosen] = useState<string>();
  const form = useNewGroup(folders, folderKey);
  const isNewOnly = refs.length === 0;
  const group = isNewOnly ? undefined : groups?.find(({ id }) => id === (chosen ?? groups[0]?.id));
  const submit = async () => {
    if (group) {
      onClose();
      onDone();
      return addCardsToGroup(refs, group);
    }
    const made = await form.create(refs);
    if (!made) return undefined;
    onClose();
    onDone();
    return navigate(made);
  };
  return (
    <FormDialog
      title={texts.title(refs.length)}
      onClose={onClose}
      onSubmit={() => void submit()}
      verb={group ? texts.verb : texts.create}
      isPending={form.isPending}
      isDisabled={groups === undefined}
      problem={form.problem}
    >
      {isNewOnly || !groups || groups.length === 0 ? null : (
        <Select
          label={texts.group}
          options={[
            ...groups.map(({ id, name, folder }) => ({
              id: id as string,
              label: name,
              description: folder.name,
              icon: <FolderIcon kind={folder.kind} color={folder.color} />,
            })),
            { id: fresh, label: texts.newGroup },
          ]}
          value={group?.id ?? fresh}
          onChange={setChosen}
        />
      )}
      {groups && !group ? <NewGroup form={form} folders={folders} /> : null}
    </FormDialog>
  );
}

/** Where a group can be made, or where all of them can be changed. */
function useFolders(right: 'mayAdd' | 'mayWrite'): readonly FolderNode[] {
  const { nodes } = useFolderTree();
  return visibleRows(nodes, new Set()).filter(({ book }) => book?.myRights[right]);
}

interface NewGroupForm {
  readonly name: string;
  readonly setName: (name: string) => void;
  readonly folder: FolderNode | undefined;
  readonly setFolder: (key: string) => void;
  readonly isPending: boolean;
  readonly nameError: string | undefined;
  readonly problem: string | undefined;
  /** The address of the new group; undefined when something is missing or was refused. */
  readonly create: (refs: readonly CardRef[]) => Promise<string | undefined>;
}

function useNewGroup(folders: readonly FolderNode[], firstFolder: string | null): NewGroupForm {
  const texts = useGroupsTexts();
  const [name, setName] = useState('');
  const [key, setFolder] = useState(firstFolder);
  const [isAsked, setAsked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const folder = folders.find((node) => node.key === key) ?? folders[0];
  return {
    name,
    setName,
    folder,
    setFolder,
    isPending,
    nameError: isAsked && name.trim() === '' ? texts.nameEmpty : undefined,
    problem,
    create: async (refs) => {
      setAsked(true);
      if (isPending || name.trim() === '') return undefined;
      if (!folder?.book) {
        setProblem(texts.noFolder);
        return undefined;
      }
      const { accountId, id: bookId } = folder.book;
      setPending(true);
      try {
        const cardId = await createGroup({ accountId, bookId }, name.trim(), refs);
        return folderPath(accountId, bookId, { accountId, cardId });
      } catch (error) {
        setProblem(describeCardError(error));
        return undefined;
      } finally {
        setPending(false);
      }
    },
  };
}

function NewGroup({ form, folders }: { readonly form: NewGroupForm; readonly folders: readonly FolderNode[] }) {
  const texts = useGroupsTexts();
  const { common } = useMessages();
  return (
    <>
      <TextField
        label={texts.name}
        value={form.name}
        onChange={form.setName}
        autoComplete="off"
        maxLength={200}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first thing that a new group needs
        autoFocus
        error={form.nameError}
      />
      <Select
        label={texts.folder}
        options={folders.map((node) => ({
          id: node.key,
          label: '\u2003'.repeat(node.level - 1) + node.name,
          icon: <FolderIcon kind={node.kind} color={node.color} />,
        }))}
        value={form.folder?.key ?? ''}
        onChange={form.setFolder}
        {...(folders.length === 0 ? { description: common.loading } : {})}
      />
    </>
  );
}
