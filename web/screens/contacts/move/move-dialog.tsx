import { directoryAccountId } from '../../../model/cards/card-queries.ts';
import { FolderPlus } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../../../locales/messages.ts';
import { findNode, folderKey, type FolderNode } from '../../../model/folders/folder-tree.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/fields/checkbox.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { openCreateFolderDialog } from '../../folders/open-folder-dialogs.tsx';
import { useFolderTree } from '../../folders/use-folder-tree.ts';
import { copyCards, moveCards } from './card-operations.ts';
import { FolderChooser } from './folder-chooser.tsx';
import type { MoveRequest } from './open-move.tsx';

/** « Déplacer » or « Copier vers… » for some contacts. */
export function MoveDialog({ refs, operation, onDone, onClose }: MoveRequest & { readonly onClose: () => void }) {
  const {
    contacts: { move },
  } = useMessages();
  const { nodes } = useFolderTree();
  const [chosen, setChosen] = useState<FolderNode>();
  const [problem, setProblem] = useState<string>();
  const [isLinked, setLinked] = useState(false);
  // The people of « Annuaire » are nobody's cards: they cannot be followed.
  const mayLink = operation === 'copy' && refs.every(({ accountId }) => accountId !== directoryAccountId);
  const [first] = refs;
  const isOneFolder = refs.every((ref) => ref.accountId === first?.accountId && ref.bookId === first.bookId);
  const currentKey = isOneFolder && first?.bookId ? folderKey(first.accountId, first.bookId) : null;

  const submit = () => {
    if (!chosen?.book) return setProblem(move.none);
    // Somebody deleted it, or ended its share, while it stood chosen here.
    if (!findNode(nodes, chosen.key)) return setProblem(move.goneFolder);
    if (operation === 'move' && chosen.key === currentKey) return setProblem(move.sameFolder(refs.length));
    onClose();
    onDone();
    const folder = { accountId: chosen.book.accountId, bookId: chosen.book.id, name: chosen.name };
    return void (operation === 'move' ? moveCards(refs, folder) : copyCards(refs, folder, isLinked && mayLink));
  };
  const choose = (node: FolderNode | undefined) => {
    setChosen(node);
    setProblem(undefined);
  };

  return (
    <FormDialog
      title={operation === 'move' ? move.title(refs.length) : move.copyTitle(refs.length)}
      onClose={onClose}
      onSubmit={submit}
      problem={problem}
    >
      <FolderChooser
        prompt={move.prompt}
        chosen={chosen}
        currentKey={currentKey}
        onChoose={choose}
        renderNewFolder={(onCreated) => (
          <Button
            size="small"
            variant="quiet"
            icon={<FolderPlus size={16} aria-hidden />}
            onPress={() => openCreateFolderDialog(undefined, onCreated)}
          >
            {move.newFolder}
          </Button>
        )}
      />
      {mayLink ? (
        <Checkbox isSelected={isLinked} onChange={setLinked} description={move.linkedHint}>
          {move.linked}
        </Checkbox>
      ) : null}
    </FormDialog>
  );
}
