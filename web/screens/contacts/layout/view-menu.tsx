import { Columns3, RotateCcw, SlidersHorizontal } from 'lucide-react';
import { useMessages } from '../../../locales/messages.ts';
import { cardSorts, type CardSortName, sortsIn, usualOrder } from '../../../model/cards/card-queries.ts';
import { densities, readingPanes } from '../../../model/layout/layout.ts';
import { useLayout } from '../../../model/layout/use-layout.ts';
import { IconButton } from '../../../ui/button.tsx';
import { loadDialog } from '../../../ui/dialog-host.tsx';
import { Menu, type MenuEntry } from '../../../ui/menu.tsx';
import { showToast } from '../../../ui/toasts.tsx';
import type { CardView, ListSource } from '../list/use-list-source.ts';
import { useLayoutTexts } from './layout-texts.ts';

interface ViewMenuProps {
  readonly view: CardView;
  readonly source: ListSource;
}

/** How the list is sorted, and how everything is arranged. */
export function ViewMenu({ view, source: { order, setOrder } }: ViewMenuProps) {
  const {
    contacts: { list },
  } = useMessages();
  const texts = useLayoutTexts();
  const { layout, change, reset } = useLayout();
  const sorts = sortsIn(view.kind === 'folder' ? view.accountId : null);
  const resetAll = () => {
    const before = layout;
    reset();
    showToast(texts.resetDone, { undo: () => change(before) });
  };
  const entries: readonly MenuEntry[] = [
    {
      id: 'sort',
      heading: list.sort,
      options: sorts.map((id) => ({ id, label: list.sorts[id] })),
      selected: order.isReversed ? '' : order.by,
      onSelect: (id) => setOrder({ ...usualOrder, by: id in cardSorts ? (id as CardSortName) : usualOrder.by }),
    },
    {
      id: 'density',
      heading: texts.density,
      options: densities.map((id) => ({ id, label: texts.densities[id] })),
      selected: layout.density,
      onSelect: (id) => change({ density: densities.find((one) => one === id) ?? 'comfortable' }),
    },
    ...(isWide() ? wideEntries() : []),
    { id: 'line', separator: true },
    { id: 'reset', label: texts.reset, icon: <RotateCcw size={16} aria-hidden />, onAction: resetAll },
  ];
  return (
    <Menu label={texts.menu} entries={entries}>
      <IconButton label={texts.view(list.sorts[order.by])} size="small">
        <SlidersHorizontal size={16} aria-hidden />
      </IconButton>
    </Menu>
  );

  /** What a telephone has no room for. */
  function wideEntries(): readonly MenuEntry[] {
    return [
      {
        id: 'pane',
        heading: texts.readingPane,
        options: readingPanes.map((id) => ({ id, label: texts.readingPanes[id] })),
        selected: layout.readingPane,
        onSelect: (id) => change({ readingPane: readingPanes.find((one) => one === id) ?? 'right' }),
      },
      { id: 'line0', separator: true },
      {
        id: 'columns',
        label: texts.columnsEntry,
        icon: <Columns3 size={16} aria-hidden />,
        onAction: () =>
          void loadDialog(
            () => import('./columns-dialog.tsx'),
            ({ ColumnsDialog }, close) => <ColumnsDialog onClose={close} />,
          ),
      },
    ];
  }
}

function isWide(): boolean {
  return matchMedia('(min-width: 66rem)').matches;
}
