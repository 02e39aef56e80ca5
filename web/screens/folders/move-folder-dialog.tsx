import { useState } from 'react';
import { describeError } from '../../api/errors.ts';
import { useSession } from '../../api/hooks.ts';
import { useMessages } from '../../locales/messages.ts';
import { mayMoveInto, mayMoveToTop } from '../../model/folders/folder-actions.ts';
import { type FolderNode, visibleRows } from '../../model/folders/folder-tree.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { FolderIcon } from './folder-icon.tsx';
import { moveFolder } from './folder-operations.ts';
import { useFolderTree } from './use-folder-tree.ts';

const topLevel = 'top';

/** « Déplacer le dossier »: to another folder or to the top level. */
export function MoveFolderDialog({ node, onClose }: { readonly node: FolderNode; readonly onClose: () => void }) {
  const { folders } = useMessages();
  const { accountId } = useSession();
  const { nodes } = useFolderTree();
  const [failure, setFailure] = useState<string>();
  const targets = visibleRows(nodes, new Set()).filter((target) => mayMoveInto(node, target));
  const mayGoTop = mayMoveToTop(node, accountId);
  const [chosen, setChosen] = useState(mayGoTop ? topLevel : (targets[0]?.key ?? ''));

  const submit = () => {
    const target = targets.find((candidate) => candidate.key === chosen);
    if (!target && chosen !== topLevel) return;
    moveFolder(node, target ?? null).then(onClose, (error: unknown) => setFailure(describeError(error)));
  };

  const options = [
    ...(mayGoTop ? [{ id: topLevel, label: folders.placeTop }] : []),
    ...targets.map((target) => ({
      id: target.key,
      label: '\u2003'.repeat(target.level - 1) + target.name,
      icon: <FolderIcon kind={target.kind} color={target.color} />,
    })),
  ];

  return (
    <FormDialog
      title={folders.moveTitle}
      onClose={onClose}
      onSubmit={submit}
      isDisabled={options.length === 0}
      problem={failure}
    >
      <Select label={folders.place} options={options} value={chosen} onChange={setChosen} />
    </FormDialog>
  );
}
