import type { Id } from '../../../../client/src/types.ts';
import { describeError } from '../../../api/errors.ts';
import { setStrictly } from '../../../api/jmap.ts';
import { load } from '../../../api/store.ts';
import { visibleRows } from '../../../model/folders/folder-tree.ts';
import type { FolderNode } from '../../../model/folders/folder-tree.ts';
import { Checkbox } from '../../../ui/fields/checkbox.tsx';
import { showFailure } from '../../../ui/toasts.tsx';
import { useFolderTree } from '../../folders/use-folder-tree.ts';
import { useDevicesTexts } from './devices-texts.ts';
import styles from './devices.module.css';

/** « Dossiers proposés aux appareils »: what is unticked is not there on any of them. */
export function OfferedFolders() {
  const texts = useDevicesTexts();
  const { nodes } = useFolderTree();
  const folders = visibleRows(nodes, new Set()).filter(({ book }) => book);
  return (
    <div role="group" aria-label={texts.offered} className={styles['offered']}>
      {folders.map((node) => (
        <OfferedFolder key={node.key} node={node} />
      ))}
    </div>
  );
}

function OfferedFolder({ node }: { readonly node: FolderNode }) {
  const { book } = node;
  if (!book) return null;
  return (
    <div style={{ paddingInlineStart: `${(node.level - 1) * 1.25}rem` }}>
      <Checkbox
        isSelected={book.offerToDevices}
        onChange={(isOffered) => void offer(book.accountId, book.id, isOffered)}
      >
        {node.name}
      </Checkbox>
    </div>
  );
}

async function offer(accountId: Id, bookId: Id, offerToDevices: boolean): Promise<void> {
  try {
    await setStrictly('AddressBook', accountId, { update: { [bookId]: { offerToDevices } } });
    await load('AddressBook', accountId, true);
  } catch (error) {
    showFailure(describeError(error));
  }
}
