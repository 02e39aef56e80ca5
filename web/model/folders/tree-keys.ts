import type { FolderNode } from './folder-tree.ts';

/** What a key does in the tree (ARIA Authoring Practices, Tree View). */
export type TreeMove = { readonly focus: string } | { readonly setCollapsed: boolean } | undefined;

type Mover = (rows: readonly FolderNode[], index: number, collapsed: ReadonlySet<string>) => TreeMove;

const to = (node: FolderNode | undefined): TreeMove => node && { focus: node.key };

const movers: Readonly<Record<string, Mover>> = {
  ArrowDown: (rows, index) => to(rows[index + 1]),
  ArrowUp: (rows, index) => to(rows[index - 1]),
  Home: (rows) => to(rows[0]),
  End: (rows) => to(rows.at(-1)),
  ArrowRight: (rows, index, collapsed) => {
    const node = rows[index];
    if (!node || node.children.length === 0) return undefined;
    return collapsed.has(node.key) ? { setCollapsed: false } : to(node.children[0]);
  },
  ArrowLeft: (rows, index, collapsed) => {
    const node = rows[index];
    if (!node) return undefined;
    if (node.children.length > 0 && !collapsed.has(node.key)) return { setCollapsed: true };
    return to(rows.slice(0, index).findLast((above) => above.level < node.level));
  },
};

/** Where a key leads from the focused row; undefined: nowhere. */
export function treeMove(
  key: string,
  rows: readonly FolderNode[],
  focused: string,
  collapsed: ReadonlySet<string>,
): TreeMove {
  const index = rows.findIndex((row) => row.key === focused);
  return movers[key]?.(rows, index, collapsed);
}

/** The next row, after the focused one and around, whose name begins with what was typed. */
export function typeahead(typed: string, rows: readonly FolderNode[], focused: string): string | undefined {
  const index = rows.findIndex((row) => row.key === focused);
  // While a word is being typed the focused row may still match; a single letter goes on to the next one.
  const start = [...typed].length > 1 ? index : index + 1;
  const around = [...rows.slice(start), ...rows.slice(0, start)];
  return around.find((row) => fold(row.name).startsWith(fold(typed)))?.key;
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
