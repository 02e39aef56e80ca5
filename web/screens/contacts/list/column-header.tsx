import { ArrowDown, ArrowUp } from 'lucide-react';
import type { RefObject } from 'react';
import { useMessages } from '../../../locales/messages.ts';
import { type CardOrder, type CardSortName, isAscending } from '../../../model/cards/card-queries.ts';
import { columnWidth, type Column, sizes } from '../../../model/layout/layout.ts';
import type { LayoutControl } from '../../../model/layout/use-layout.ts';
import { Separator } from '../../../ui/separator.tsx';
import { useLayoutTexts } from '../layout/layout-texts.ts';
import { withSize } from '../layout/pane-separators.tsx';
import styles from './card-grid.module.css';
import { columnRows } from './columns.tsx';

export interface ColumnHeaderProps extends Pick<LayoutControl, 'layout' | 'change'> {
  readonly grid: RefObject<HTMLElement | null>;
  readonly columns: readonly Column[];
  readonly order: CardOrder;
  /** What the server can sort this list by. */
  readonly sorts: readonly CardSortName[];
  readonly onOrder: (order: CardOrder) => void;
}

/** The first row of a wide list: what the columns are, by which it is sorted, and how wide they are. */
export function ColumnHeader({ grid, columns, layout, change, ...sorting }: ColumnHeaderProps) {
  const texts = useLayoutTexts();
  const resized = (name: string, width: number | undefined) =>
    columns.map((column) => (column.name === name ? { name: column.name, width: width ?? columnWidth.usual } : column));
  return (
    <div role="rowgroup" className={styles['headerGroup']}>
      <div role="row" aria-rowindex={1} className={styles['headerRow']}>
        <div role="columnheader" className={styles['headerCell']}>
          <span className="visually-hidden">{texts.selection}</span>
        </div>
        <HeaderCell
          {...sorting}
          grid={grid}
          name="name"
          label={texts.name}
          sort="name"
          bounds={sizes.name}
          onWidth={(width) => change({ sizes: withSize(layout.sizes, 'name', width) })}
        />
        {columns.map(({ name }) => (
          <HeaderCell
            {...sorting}
            key={name}
            grid={grid}
            name={name}
            label={texts.columns[name]}
            sort={columnRows[name].sort}
            bounds={columnWidth}
            onWidth={(width) => change({ columns: resized(name, width) })}
          />
        ))}
      </div>
    </div>
  );
}

interface HeaderCellProps extends Pick<ColumnHeaderProps, 'grid' | 'order' | 'sorts' | 'onOrder'> {
  readonly name: string;
  readonly label: string;
  readonly sort: CardSortName | undefined;
  readonly bounds: { readonly least: number; readonly most: number; readonly usual: number };
  readonly onWidth: (width: number | undefined) => void;
}

function HeaderCell({ grid, name, label, sort, sorts, bounds, order, onOrder, onWidth }: HeaderCellProps) {
  const texts = useLayoutTexts();
  const property = `--column-${name}`;
  const measure = () => grid.current?.querySelector(`[data-column="${name}"]`)?.getBoundingClientRect().width ?? 0;
  const put = (width: number) => grid.current?.style.setProperty(property, `${width}px`);
  const isSorted = sort !== undefined && order.by === sort;
  return (
    <div
      role="columnheader"
      data-column={name}
      className={styles['headerCell']}
      {...(isSorted ? { 'aria-sort': isAscending(order) ? ('ascending' as const) : ('descending' as const) } : {})}
    >
      {sort && sorts.includes(sort) ? (
        <SortButton
          label={label}
          direction={isSorted ? (isAscending(order) ? 'up' : 'down') : undefined}
          onPress={() => onOrder({ by: sort, isReversed: isSorted ? !order.isReversed : false })}
        />
      ) : (
        <span className={styles['headerText']}>{label}</span>
      )}
      <Separator
        label={texts.width(label)}
        axis="x"
        least={bounds.least}
        most={bounds.most}
        measure={measure}
        onMove={put}
        onDone={(width) => {
          put(width ?? bounds.usual);
          onWidth(width);
        }}
        className={styles['resizer']}
      />
    </div>
  );
}

interface SortButtonProps {
  readonly label: string;
  readonly direction: 'up' | 'down' | undefined;
  readonly onPress: () => void;
}

function SortButton({ label, direction, onPress }: SortButtonProps) {
  const {
    contacts: { list },
  } = useMessages();
  return (
    <button type="button" className={styles['sort']} title={`${list.sort}\u202f: ${label}`} onClick={onPress}>
      <span className={styles['headerText']}>{label}</span>
      {direction === 'up' ? <ArrowUp size={14} aria-hidden /> : null}
      {direction === 'down' ? <ArrowDown size={14} aria-hidden /> : null}
    </button>
  );
}
