import { ChevronDown, ChevronRight, Users } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useId, useRef } from 'react';
import { mergeProps } from './merge-props.ts';
import { useSession } from '../../api/hooks.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { menuActions } from '../../model/folders/folder-actions.ts';
import type { FolderNode } from '../../model/folders/folder-tree.ts';
import { roleOf } from '../../model/rights.ts';
import { classes } from '../../ui/button.tsx';
import { menuPlaceBelow, type MenuPlace, menuPlaceOf } from '../../ui/menu.tsx';
import { useImportDrop } from '../transfer/use-import-drop.ts';
import { FolderIcon } from './folder-icon.tsx';
import styles from './folder-tree.module.css';
import { RenameField } from './rename-field.tsx';
import { useFolderDrag } from './use-folder-drag.ts';

interface FolderRowProps {
  readonly node: FolderNode;
  readonly count: number | undefined;
  readonly isSelected: boolean;
  /** The one row that the Tab key reaches. */
  readonly isTabStop: boolean;
  readonly isCollapsed: boolean;
  readonly isMenuOpen: boolean;
  readonly isRenaming: boolean;
  /** Stands apart from the rows above: the first shared folder, the trash. */
  readonly isApart: boolean;
  readonly position: { readonly index: number; readonly size: number };
  readonly onOpen: () => void;
  readonly onFocus: () => void;
  readonly onToggle: () => void;
  readonly onMenu: (place: MenuPlace) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onRenamed: (focusRow: boolean) => void;
}

/** One entry of the left pane. */
export function FolderRow(props: FolderRowProps) {
  const { node, isCollapsed, count } = props;
  const { folders } = useMessages();
  const id = useId();
  const row = useRef<HTMLDivElement>(null);
  const { dragProps, dropProps, isDragging, isDropTarget } = useFolderDrag(node, {
    isDisabled: props.isRenaming,
    onActivate: () => isCollapsed && props.onToggle(),
  });
  const file = useImportDrop(node);
  const hasChildren = node.children.length > 0;
  const shareCount = node.kind === 'shared' ? 0 : (node.book?.shareCount ?? 0);

  const onClick = ({ target }: MouseEvent) => {
    if (props.isRenaming) return;
    if (target instanceof Element && target.closest('[data-toggle]')) props.onToggle();
    else props.onOpen();
  };

  const openMenu = (event: MouseEvent) => {
    event.preventDefault();
    row.current?.focus();
    if (menuActions(node).length === 0) return;
    props.onMenu(menuPlaceOf({ clientX: event.clientX, clientY: event.clientY, currentTarget: event.currentTarget }));
  };

  return (
    <div
      {...mergeProps(dragProps, dropProps, file.dropProps)}
      ref={row}
      role="treeitem"
      aria-labelledby={props.isRenaming ? undefined : `${id}-text ${id}-count`}
      aria-describedby={shareCount > 0 ? `${id}-shared` : undefined}
      aria-level={node.level}
      aria-posinset={props.position.index}
      aria-setsize={props.position.size}
      aria-selected={props.isSelected}
      aria-expanded={hasChildren ? !isCollapsed : undefined}
      tabIndex={props.isTabStop ? 0 : -1}
      className={classes(styles['row'], props.isApart && styles['apart'])}
      style={{ '--level': node.level } as React.CSSProperties}
      data-folder={node.key}
      data-menu-open={props.isMenuOpen || undefined}
      data-dragging={isDragging || undefined}
      data-drop-target={isDropTarget || file.isOver || undefined}
      onClick={onClick}
      onFocus={props.onFocus}
      onContextMenu={openMenu}
      onKeyDown={props.onKeyDown}
    >
      <span
        className={styles['toggle']}
        data-toggle={hasChildren || undefined}
        data-open={(hasChildren && !isCollapsed) || undefined}
      >
        {hasChildren ? <ChevronRight size={14} aria-hidden /> : null}
      </span>
      <FolderIcon kind={node.kind} color={node.color} />
      {props.isRenaming ? <RenameField node={node} onDone={props.onRenamed} /> : <Name id={`${id}-text`} node={node} />}
      {shareCount > 0 ? <SharedMark id={`${id}-shared`} count={shareCount} /> : null}{' '}
      <Count id={`${id}-count`} count={count ?? 0} noun={node.kind === 'trash' ? folders.itemNoun : folders.cardNoun} />
      {node.kind === 'directory' ? (
        <span className={styles['arrow']} />
      ) : (
        <button
          type="button"
          className={styles['arrow']}
          aria-label={folders.actionsOf(node.name)}
          aria-haspopup="menu"
          aria-expanded={props.isMenuOpen}
          tabIndex={props.isTabStop ? 0 : -1}
          onKeyDown={(event) => event.stopPropagation()}
          onClick={(event) => {
            event.stopPropagation();
            props.onMenu(menuPlaceBelow(event.currentTarget));
          }}
        >
          <ChevronDown size={15} aria-hidden />
        </button>
      )}
    </div>
  );
}

function Name({ id, node }: { readonly id: string; readonly node: FolderNode }) {
  const owner = useOwner(node);
  return (
    <span className={styles['text']} id={id} title={owner ? `${node.name}\n${owner.told}` : node.name}>
      <span className={styles['name']}>{node.name}</span>{' '}
      {owner ? <span className={styles['owner']}>{owner.shown}</span> : null}
    </span>
  );
}

function SharedMark({ id, count }: { readonly id: string; readonly count: number }) {
  const { folders } = useMessages();
  return (
    <span className={styles['shared']} title={folders.sharedByMe(count)}>
      <Users size={14} aria-hidden />
      <span className="visually-hidden" id={id}>
        {folders.sharedByMe(count)}
      </span>
    </span>
  );
}

/** The number alone is seen, « 17 contacts » is heard. */
function Count({
  id,
  count,
  noun,
}: {
  readonly id: string;
  readonly count: number;
  readonly noun: (n: number) => string;
}) {
  const language = useLanguage();
  if (count === 0) return <span id={id} />;
  return (
    <span className={styles['count']} id={id}>
      {new Intl.NumberFormat(language).format(count)} <span className="visually-hidden">{noun(count)}</span>
    </span>
  );
}

/** « Partagé par Ben · Gestionnaire », on the folder where somebody else's begins. */
function useOwner(node: FolderNode): { readonly shown: string; readonly told: string } | undefined {
  const { common, folders } = useMessages();
  const { session } = useSession();
  const { book } = node;
  if (node.kind !== 'shared' || !book?.isShareRoot) return undefined;
  const name = session.accounts[book.accountId]?.name ?? '';
  const role = common.roles[roleOf(book.myRights)];
  return { shown: `${name} · ${role}`, told: folders.sharedBy(name, role) };
}
