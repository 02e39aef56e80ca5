import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { useSession } from '../../../api/hooks.ts';
import type { Id } from '../../../../client/src/types.ts';
import { useMessages } from '../../../locales/messages.ts';
import { folderKey, type FolderNode, visibleRows } from '../../../model/folders/folder-tree.ts';
import { SearchField } from '../../../ui/fields/search-field.tsx';
import { FolderIcon } from '../../folders/folder-icon.tsx';
import { useFolderTree } from '../../folders/use-folder-tree.ts';
import styles from './folder-chooser.module.css';

type Created = (folder: { readonly accountId: Id; readonly bookId: Id }) => void;

interface FolderChooserProps {
  readonly prompt: string;
  readonly chosen: FolderNode | undefined;
  /** Where the contacts are now. */
  readonly currentKey: string | null;
  readonly onChoose: (node: FolderNode | undefined) => void;
  /** Only the folders of one account. */
  readonly onlyAccount?: Id;
  /** The button for a new folder; it tells which one was made. */
  readonly renderNewFolder?: (onCreated: Created) => ReactNode;
}

const everyWord = (text: string) => fold(text).split(/\s+/).filter(Boolean);

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The folders that one may put contacts into, with a filter. */
export function FolderChooser({
  prompt,
  chosen,
  currentKey,
  onChoose,
  onlyAccount,
  renderNewFolder,
}: FolderChooserProps) {
  const {
    contacts: { move },
  } = useMessages();
  const { nodes } = useFolderTree();
  const [filter, setFilter] = useState('');
  const [awaited, setAwaited] = useState<string>();
  const all = visibleRows(nodes, new Set()).filter(
    ({ book }) => book?.myRights.mayAdd && (!onlyAccount || book.accountId === onlyAccount),
  );
  const matching = (text: string) =>
    all.filter((node) => everyWord(text).every((word) => fold(node.name).includes(word)));
  const shown = matching(filter);
  const isFiltered = filter.trim() !== '';
  const created = awaited ? all.find((node) => node.key === awaited) : undefined;

  // A folder that was made from here is chosen as soon as the tree knows it.
  useEffect(() => {
    if (!created) return;
    setAwaited(undefined);
    setFilter('');
    onChoose(created);
  }, [created, onChoose]);

  const type = (text: string) => {
    setFilter(text);
    const [only, ...others] = text.trim() === '' ? [] : matching(text);
    // Who types a name until one folder is left can press Enter.
    if (only && others.length === 0) onChoose(only);
  };
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    list.current?.querySelector<HTMLElement>('[role="option"]')?.focus();
  };

  return (
    <div className={styles['chooser']}>
      <p className={styles['prompt']}>{prompt}</p>
      <SearchField
        label={move.filter}
        placeholder={move.filter}
        value={filter}
        onChange={type}
        input={{ onKeyDown }}
        autoFocus
      />
      <ListBox
        ref={list}
        aria-label={move.list}
        className={styles['list']!}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={chosen ? [chosen.key] : []}
        onSelectionChange={(keys) => onChoose(all.find((node) => keys !== 'all' && keys.has(node.key)))}
        items={shown}
        dependencies={[currentKey]}
        renderEmptyState={() => <div className={styles['empty']}>{move.noFolder}</div>}
      >
        {(node) => (
          <FolderOption node={node} isHere={node.key === currentKey} indent={isFiltered ? 0 : node.level - 1} />
        )}
      </ListBox>
      {renderNewFolder ? (
        <div>{renderNewFolder((folder) => setAwaited(folderKey(folder.accountId, folder.bookId)))}</div>
      ) : null}
    </div>
  );
}

interface FolderOptionProps {
  readonly node: FolderNode;
  /** The contacts are in it now. */
  readonly isHere: boolean;
  readonly indent: number;
}

function FolderOption({ node, isHere, indent }: FolderOptionProps) {
  const {
    contacts: { move },
  } = useMessages();
  const { session, accountId } = useSession();
  const owner = node.book?.accountId ?? accountId;
  const ownedBy = owner === accountId ? '' : move.ownedBy(session.accounts[owner]?.name ?? '');
  return (
    <ListBoxItem
      id={node.key}
      textValue={node.name}
      className={styles['item']!}
      style={{ paddingInlineStart: `${0.75 + indent * 1.125}rem` }}
    >
      <FolderIcon kind={node.kind} color={node.color} />
      <span className={styles['name']}>{node.name}</span>
      <span className={styles['note']}>{isHere ? move.here : ownedBy}</span>
    </ListBoxItem>
  );
}
