import { useEffect, useMemo, useRef, useState } from 'react';
import type { Id } from '../../../client/src/types.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { type FolderAction, isAllowed, menuActions } from '../../model/folders/folder-actions.ts';
import { findNode, type FolderNode, visibleRows, withDescendants } from '../../model/folders/folder-tree.ts';
import { ContextMenu, type MenuPlace } from '../../ui/menu.tsx';
import { DropContext } from './drop-context.ts';
import { folderMenu } from './folder-menu.tsx';
import { FolderRow } from './folder-row.tsx';
import styles from './folder-tree.module.css';
import { type Collapsed, useCollapsed } from './use-collapsed.ts';
import { useTreeFocus } from './use-tree-focus.ts';
import { useTreeKeys } from './use-tree-keys.ts';

export interface FolderTreeProps {
  readonly nodes: readonly FolderNode[];
  readonly ownAccountId: Id;
  readonly selectedKey: string;
  readonly trashCount: number | undefined;
  readonly onOpen: (node: FolderNode) => void;
  /** Everything of the menu that concerns more than the tree itself. */
  readonly onAction: (action: Exclude<FolderAction, 'rename' | 'expandAll'>, node: FolderNode) => void;
}

/** The tree of the left pane: arrows, Home, End, typing, Enter, F2, Suppr, and the menu of each entry. */
export function FolderTree({ nodes, ownAccountId, selectedKey, trashCount, onOpen, onAction }: FolderTreeProps) {
  const messages = useMessages();
  const { folders } = messages;
  const language = useLanguage();
  const { keys: collapsed, setCollapsed } = useCollapsed();
  const [focused, setFocused] = useState<string>();
  const [menu, setMenu] = useState<{ readonly node: FolderNode; readonly place: MenuPlace }>();
  const [renaming, setRenaming] = useState<string>();
  const tree = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => visibleRows(nodes, collapsed), [nodes, collapsed]);
  const tabStop = [focused, selectedKey].find((key) => rows.some((row) => row.key === key)) ?? rows[0]?.key;
  const context = useMemo(() => ({ nodes, ownAccountId }), [nodes, ownAccountId]);

  useReveal(nodes, selectedKey, setCollapsed);
  const focusRow = useTreeFocus({ tree, rows, focused, selectedKey });

  const run = (action: FolderAction, node: FolderNode) => {
    if (!isAllowed(action, node)) return;
    if (action === 'rename') setRenaming(node.key);
    else if (action === 'expandAll')
      setCollapsed(
        withDescendants(node).map(({ key }) => key),
        false,
      );
    else onAction(action, node);
  };

  const onKeyDown = useTreeKeys({
    rows,
    collapsed: { keys: collapsed, setCollapsed },
    focusRow,
    open: onOpen,
    openMenu: (node, place) => menuActions(node).length > 0 && setMenu({ node, place }),
    run,
  });

  const isFirstShared = (index: number) => rows[index]?.kind === 'shared' && rows[index - 1]?.kind !== 'shared';

  return (
    <DropContext value={context}>
      <div ref={tree} role="tree" aria-label={folders.tree} className={styles['tree']}>
        {rows.map((node, index) => (
          <FolderRow
            key={node.key}
            node={node}
            count={node.kind === 'trash' ? trashCount : node.book?.cardCount}
            isSelected={node.key === selectedKey}
            isTabStop={node.key === tabStop}
            isCollapsed={collapsed.has(node.key)}
            isMenuOpen={menu?.node.key === node.key}
            isRenaming={renaming === node.key}
            isApart={
              node.kind === 'directory' ||
              (node.kind === 'trash' && rows[index - 1]?.kind !== 'directory') ||
              isFirstShared(index)
            }
            position={positionOf(node, rows)}
            onOpen={() => onOpen(node)}
            onFocus={() => setFocused(node.key)}
            onToggle={() => setCollapsed([node.key], !collapsed.has(node.key))}
            onMenu={(place) => setMenu({ node, place })}
            onKeyDown={onKeyDown(node)}
            onRenamed={(toRow) => {
              setRenaming(undefined);
              if (toRow) requestAnimationFrame(() => focusRow(node.key));
            }}
          />
        ))}
      </div>
      {menu ? (
        <ContextMenu
          label={folders.actionsOf(menu.node.name)}
          place={menu.place}
          entries={folderMenu(menu.node, messages, language, run)}
          onClose={() => setMenu(undefined)}
        />
      ) : null}
    </DropContext>
  );
}

/** Its place among its siblings, as screen readers tell it. */
function positionOf(node: FolderNode, rows: readonly FolderNode[]): { index: number; size: number } {
  const siblings = rows.find((row) => row.children.includes(node))?.children ?? rows.filter((row) => row.level === 1);
  return { index: siblings.indexOf(node) + 1, size: siblings.length };
}

/** A folder that opens (just made, or by its address) does not hide below a collapsed one; later it may. */
function useReveal(nodes: readonly FolderNode[], key: string, setCollapsed: Collapsed['setCollapsed']): void {
  const revealed = useRef('');
  useEffect(() => {
    if (revealed.current === key || !findNode(nodes, key)) return;
    revealed.current = key;
    const above = nodes.flatMap(withDescendants).filter((node) => isAbove(node, key));
    if (above.length > 0)
      setCollapsed(
        above.map((node) => node.key),
        false,
      );
  }, [nodes, key, setCollapsed]);
}

function isAbove(node: FolderNode, key: string): boolean {
  return withDescendants(node)
    .slice(1)
    .some((below) => below.key === key);
}
