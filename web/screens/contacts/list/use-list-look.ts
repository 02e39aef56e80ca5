import { type CSSProperties, type RefObject, useLayoutEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { type Column, type Layout, sizes } from '../../../model/layout/layout.ts';
import { rem } from '../../../ui/rem.ts';

/** In rem: from here on a list has room for columns, or from where all of them fit in. */
const tableFrom = 56;
const tickWidth = 2.75;
const folderColumn: Column = { name: 'folder', width: 160 };

/** In rem. A finger needs 44 pixels, however dense the list is. */
const rowHeights = {
  list: { comfortable: 3.5, compact: 2.75 },
  table: { comfortable: 2.75, compact: 2 },
} as const;
const headerHeight = 2.25;
const leastByFinger = 2.75;

/** How a list looks in the room that it has. */
export interface ListLook {
  /** null: two lines for each contact. */
  readonly columns: readonly Column[] | null;
  /** Pixels. */
  readonly rowHeight: number;
  /** Pixels; 0 without columns. */
  readonly headerHeight: number;
  /** The custom properties that its rows are laid out by. */
  readonly style: CSSProperties;
}

/** Columns where there is room for them, and rows as high as the person likes. */
export function useListLook(grid: RefObject<HTMLElement | null>, layout: Layout, isSearch: boolean): ListLook {
  const { density, columns: chosen, sizes: sized } = layout;
  const nameWidth = sized.name ?? sizes.name.usual;
  const wanted = chosen.reduce((sum, { width }) => sum + width, tickWidth * rem + nameWidth);
  const hasRoom = useHasRoom(grid, Math.min(tableFrom * rem, wanted));
  return useMemo(() => {
    const isTable = chosen.length > 0 && hasRoom;
    // In results one wants to know where somebody is.
    const isPlaceless = isSearch && chosen.every(({ name }) => name !== 'folder');
    const columns = isTable ? [...chosen, ...(isPlaceless ? [folderColumn] : [])] : null;
    const height = rowHeights[isTable ? 'table' : 'list'][density];
    const rowHeight = (isTouch ? Math.max(leastByFinger, height) : height) * rem;
    const head = isTable ? Math.round((isTouch ? leastByFinger : headerHeight) * rem) : 0;
    const widths = [
      ['--column-name', `${nameWidth}px`],
      ...(columns ?? []).map(({ name, width: wide }) => [`--column-${name}`, `${wide}px`]),
    ];
    const tracks = widths.map(([name]) => `var(${name})`).join(' ');
    return {
      columns,
      rowHeight,
      headerHeight: head,
      style: {
        '--row-height': `${rowHeight}px`,
        ...(columns ? { '--header-height': `${head}px`, '--tracks': `${tickWidth}rem ${tracks} minmax(0, 1fr)` } : {}),
        ...Object.fromEntries(widths),
      },
    };
  }, [hasRoom, density, chosen, nameWidth, isSearch]);
}

/** Whether columns fit in. It is told when the page has been laid out, and before that is seen. */
function useHasRoom(grid: RefObject<HTMLElement | null>, least: number): boolean {
  const [hasRoom, setRoom] = useState(false);
  useLayoutEffect(() => {
    if (!grid.current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) flushSync(() => setRoom(entry.contentRect.width >= least));
    });
    observer.observe(grid.current);
    return () => observer.disconnect();
  }, [grid, least]);
  return hasRoom;
}

const isTouch = matchMedia('(pointer: coarse)').matches;
