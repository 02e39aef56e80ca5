import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { cardKey, type CardRef } from '../../../model/cards/card-ref.ts';
import type { FolderNode } from '../../../model/folders/folder-tree.ts';
import { useLayout } from '../../../model/layout/use-layout.ts';
import type { CardPlace } from '../../../model/route.ts';
import type { Sought } from '../../../model/search/search-query.ts';
import { menuPlaceBelow, menuPlaceOf, type MenuPlace } from '../../../ui/menu.tsx';
import { classes } from '../../../ui/button.tsx';
import styles from './card-grid.module.css';
import { CardRow, type CardRowProps } from './card-row.tsx';
import { ColumnHeader, type ColumnHeaderProps } from './column-header.tsx';
import { useCardDrag } from './use-card-drag.ts';
import { type GridCommands, useGridKeys } from './use-grid-keys.ts';
import { useGroupDrop } from './use-group-drop.ts';
import { useLongPress } from './use-long-press.ts';
import type { ShownList } from './use-card-list.ts';
import { useListLook } from './use-list-look.ts';
import type { ListSelection } from './use-list-selection.ts';

export interface CardGridProps extends ShownList {
  readonly label: string;
  readonly selection: ListSelection;
  readonly open: CardPlace;
  readonly commands: GridCommands;
  /** What was searched for: rows tell where they have it. */
  readonly sought: readonly Sought[];
  /** undefined: contacts cannot be dragged from here; `copy`: they stay where they are. */
  readonly dragEffect: 'copyMove' | 'copy' | undefined;
  /** Of a row in the results of a search. */
  readonly folderOf: ((bookKey: string) => FolderNode | undefined) | undefined;
  /** The folder that is listed. */
  readonly ownFolder: FolderNode | undefined;
  /** Whether a card may be changed: a group takes what is dropped on it. */
  readonly mayChange: (ref: CardRef) => boolean;
  readonly onMenu: (place: MenuPlace) => void;
  readonly sorting: Pick<ColumnHeaderProps, 'order' | 'sorts' | 'onOrder'>;
}

/** The contacts as an ARIA grid of which only the rows on the screen exist; one focus, moved by the keyboard. */
export function CardGrid(props: CardGridProps) {
  const { list, state, selection, open, folderOf } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { layout, change } = useLayout();
  const { columns, rowHeight, headerHeight, style } = useListLook(scroller, layout, folderOf !== undefined);
  const virtual = useVirtualizer({
    count: state.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight,
    overscan: 6,
  });
  useMeasuredAgain(virtual, rowHeight);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => list.show(first, last), [list, first, last, state]);
  useFocusOnReturn(scroller, open);
  const isShown = selection.current >= first && selection.current <= last;

  const onKeyDown = useGridKeys({
    total: state.total,
    selection,
    commands: props.commands,
    pageRows: () => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headerHeight) / rowHeight) - 1),
    scrollTo: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
    onMenu: () => {
      const row = document.getElementById(`${id}-${selection.current}`);
      if (row) props.onMenu(menuPlaceBelow(row));
    },
  });
  const pointer = useGridPointer(props);
  const drag = useCardDrag({ list, selection, effect: props.dragEffect });
  const drop = useGroupDrop(list, props.mayChange);

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={state.total + (columns ? 1 : 0)}
      aria-multiselectable
      tabIndex={0}
      {...(isShown ? { 'aria-activedescendant': `${id}-${selection.current}` } : {})}
      className={classes(styles['grid'], columns && styles['table'])}
      style={style}
      // The buttons of the header have keys of their own.
      onKeyDown={(event) => event.target === event.currentTarget && onKeyDown(event)}
      onFocus={(event) =>
        event.target === event.currentTarget && selection.current < 0 && selection.goTo(Math.max(0, first))
      }
      {...pointer}
      {...drag}
      {...drop.handlers}
    >
      {columns ? (
        <ColumnHeader grid={scroller} columns={columns} layout={layout} change={change} {...props.sorting} />
      ) : null}
      <div role="rowgroup" className={styles['rows']} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => (
          <PlacedRow
            key={keyAt(list, index)}
            {...props}
            id={`${id}-${index}`}
            index={index}
            offset={start - headerHeight}
            columns={columns}
            isDropTarget={index === drop.over}
          />
        ))}
      </div>
    </div>
  );
}

/** What a row is known by while it is on the screen. */
function keyAt(list: ShownList['list'], index: number): string | number {
  const listed = list.at(index);
  return listed ? cardKey(listed.ref) : index;
}

interface PlacedRowProps
  extends CardGridProps, Pick<CardRowProps, 'id' | 'index' | 'offset' | 'columns' | 'isDropTarget'> {}

/** The row at a place of the list, as far as it is known. */
function PlacedRow({ list, selection, open, folderOf, ownFolder, ...place }: PlacedRowProps) {
  const { index, columns } = place;
  const listed = list.at(index);
  const key = listed ? cardKey(listed.ref) : '';
  const openKey = open && open !== 'new' ? cardKey({ accountId: open.accountId, id: open.cardId }) : null;
  const foundFolder = listed && folderOf?.(`${listed.ref.accountId}/${listed.ref.bookId}`);
  return (
    <CardRow
      id={place.id}
      index={index}
      offset={place.offset}
      columns={columns}
      accountId={listed?.ref.accountId ?? ''}
      card={listed?.card}
      isTicked={listed !== undefined && selection.isTicked(key)}
      isCurrent={index === selection.current}
      isOpen={listed !== undefined && key === openKey}
      isDraggable={place.dragEffect !== undefined}
      isDropTarget={place.isDropTarget}
      sought={place.sought}
      folder={foundFolder ?? (columns ? ownFolder : undefined)}
    />
  );
}

/** Rows of another height are somewhere else. */
function useMeasuredAgain(virtual: { readonly measure: () => void }, rowHeight: number): void {
  const measured = useRef(rowHeight);
  useLayoutEffect(() => {
    if (measured.current === rowHeight) return;
    measured.current = rowHeight;
    virtual.measure();
  }, [virtual, rowHeight]);
}

/** On a phone the card covers the list; who comes back from it goes on where they were. */
function useFocusOnReturn(grid: RefObject<HTMLElement | null>, open: CardPlace): void {
  const isOpen = open !== null;
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen && document.activeElement === document.body)
      grid.current?.focus({ preventScroll: true });
    wasOpen.current = isOpen;
  }, [grid, isOpen]);
}

function rowIndexOf(target: EventTarget): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return row ? Number(row.dataset['index']) : undefined;
}

function isTick(target: EventTarget): boolean {
  return target instanceof Element && target.closest('[data-tick]') !== null;
}

/** What mouse and finger do on the rows. */
function useGridPointer({ list, selection, open, commands, onMenu }: CardGridProps) {
  const openMenu = (index: number, place: MenuPlace) => {
    const ref = list.at(index)?.ref;
    // The menu is about what is ticked, unless it was asked for beside it.
    if (ref && !selection.isTicked(cardKey(ref))) {
      selection.clear();
      selection.goTo(index);
    }
    onMenu(place);
  };
  const longPress = useLongPress((target, place) => {
    const index = rowIndexOf(target);
    if (index !== undefined) openMenu(index, place);
  });
  return {
    ...longPress,
    onMouseDown: (event: React.MouseEvent<HTMLElement>) => {
      if (!isTick(event.target)) return;
      // The grid keeps the focus: its keys work on after a tick.
      event.preventDefault();
      event.currentTarget.focus();
    },
    onClick: (event: React.MouseEvent<HTMLElement>) => {
      const index = rowIndexOf(event.target);
      if (index === undefined) return;
      if (isTick(event.target)) {
        if (event.shiftKey) selection.extendTo(index, true);
        else selection.toggle(index);
      } else if (event.shiftKey) selection.extendTo(index, event.ctrlKey || event.metaKey);
      else if (event.ctrlKey || event.metaKey) addBesideOpen(list, selection, open, index);
      else {
        selection.clear();
        selection.goTo(index);
        commands.open(index);
      }
    },
    onDoubleClick: (event: React.MouseEvent) => {
      const index = rowIndexOf(event.target);
      if (index !== undefined && !isTick(event.target)) commands.edit();
    },
    onContextMenu: (event: React.MouseEvent<HTMLElement>) => {
      const index = rowIndexOf(event.target);
      event.preventDefault();
      if (index !== undefined && event.button !== -1) openMenu(index, menuPlaceOf(event));
    },
  };
}

/** Who clicked one contact and then another with Ctrl means both. */
function addBesideOpen(list: ShownList['list'], selection: ListSelection, open: CardPlace, index: number): void {
  const opened = open && open !== 'new' ? cardKey({ accountId: open.accountId, id: open.cardId }) : '';
  const ref = list.at(selection.current)?.ref;
  if (selection.count === 0 && ref && cardKey(ref) === opened && selection.current !== index)
    selection.toggle(selection.current);
  selection.toggle(index);
}
