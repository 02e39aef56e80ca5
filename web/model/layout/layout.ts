import { type CardOrder, cardSorts, type CardSortName, usualOrder } from '../cards/card-queries.ts';

/** What a wide list can show beside the name. */
export const columnNames = [
  'email',
  'phone',
  'organization',
  'title',
  'folder',
  'tags',
  'birthday',
  'city',
  'created',
  'updated',
] as const;

/** One of the columns. */
export type ColumnName = (typeof columnNames)[number];

/** A column as it is shown; its width is in pixels. */
export interface Column {
  readonly name: ColumnName;
  readonly width: number;
}

/** How far apart the rows are. */
export const densities = ['comfortable', 'compact'] as const;

/** Where a contact opens: beside the list, below it, or in its place. */
export const readingPanes = ['right', 'below', 'off'] as const;

/** What can be made wider, with its bounds in pixels; `usual` where it does not depend on the window. */
export const sizes = {
  folders: { least: 200, most: 480 },
  list: { least: 260, most: 1_600 },
  listHeight: { least: 160, most: 1_200 },
  name: { least: 140, most: 640, usual: 240 },
} as const;

/** One of these sizes. */
export type SizeName = keyof typeof sizes;

/** The bounds of a column's width, and what it is at first. */
export const columnWidth = { least: 72, most: 640, usual: 180 } as const;

/** How a person has arranged lists and panes. */
export interface Layout {
  readonly density: (typeof densities)[number];
  readonly readingPane: (typeof readingPanes)[number];
  /** Absent: as wide as suits the window. */
  readonly sizes: { readonly [Name in SizeName]?: number };
  readonly columns: readonly Column[];
  /** The orders of the folders that are not in the usual one, by the keys of the folders; of searches by "search". */
  readonly sorts: Readonly<Record<string, CardOrder>>;
}

/** How everything is arranged before anybody has touched it. */
export const usualLayout: Layout = {
  density: 'comfortable',
  readingPane: 'right',
  sizes: {},
  columns: [
    { name: 'email', width: 210 },
    { name: 'phone', width: 130 },
    { name: 'organization', width: 160 },
    { name: 'title', width: 150 },
  ],
  sorts: {},
};

/** So many folders with an order of their own are remembered. */
const mostSorts = 200;

/** What is remembered, as far as it can be understood: another version of the app may have written it. */
export function readLayout(stored: unknown): Layout {
  const { density, readingPane, sizes: sized, columns, sorts } = asObject(stored);
  return {
    density: oneOf(densities, density) ?? usualLayout.density,
    readingPane: oneOf(readingPanes, readingPane) ?? usualLayout.readingPane,
    sizes: readSizes(asObject(sized)),
    columns: Array.isArray(columns) ? readColumns(columns) : usualLayout.columns,
    sorts: Object.fromEntries(Object.entries(asObject(sorts)).flatMap(readSort)),
  };
}

/** The order of a folder. */
export function orderIn({ sorts }: Layout, key: string): CardOrder {
  return sorts[key] ?? usualOrder;
}

/** The orders with that of one folder changed; the one that was chosen longest ago makes room. */
export function withOrder({ sorts }: Layout, key: string, order: CardOrder): Layout['sorts'] {
  const others = Object.entries(sorts).filter(([other]) => other !== key);
  const isUsual = order.by === usualOrder.by && !order.isReversed;
  return Object.fromEntries(isUsual ? others : [...others.slice(1 - mostSorts), [key, order]]);
}

/** A number within bounds. */
export function within({ least, most }: { readonly least: number; readonly most: number }, value: number): number {
  return Math.round(Math.min(most, Math.max(least, value)));
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function oneOf<T extends string>(all: readonly T[], value: unknown): T | undefined {
  return all.find((one) => one === value);
}

function readSizes(stored: Readonly<Record<string, unknown>>): Layout['sizes'] {
  const names = Object.keys(sizes) as SizeName[];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = stored[name];
      return typeof value === 'number' && Number.isFinite(value) ? [[name, within(sizes[name], value)]] : [];
    }),
  );
}

function readColumns(stored: readonly unknown[]): readonly Column[] {
  const columns = new Map<ColumnName, Column>();
  for (const one of stored) {
    const { name: called, width } = asObject(one);
    const name = oneOf(columnNames, called);
    const isWide = typeof width === 'number' && Number.isFinite(width);
    if (name) columns.set(name, { name, width: within(columnWidth, isWide ? width : columnWidth.usual) });
  }
  return [...columns.values()];
}

function readSort([key, stored]: [string, unknown]): [string, CardOrder][] {
  const { by, isReversed } = asObject(stored);
  const sort = oneOf(Object.keys(cardSorts) as CardSortName[], by);
  return sort ? [[key, { by: sort, isReversed: isReversed === true }]] : [];
}
