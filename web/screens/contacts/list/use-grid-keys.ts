import type { KeyboardEvent } from 'react';
import { areShortcutsOn } from '../../../model/shortcuts.ts';
import type { ListSelection } from './use-list-selection.ts';

/** What can be done with the contacts of a grid. */
export interface GridCommands {
  readonly open: (index: number) => void;
  readonly edit: () => void;
  readonly move: () => void;
  readonly copy: () => void;
  readonly remove: () => void;
}

/** The list whose keys these are. */
export interface GridKeysOptions {
  readonly total: number;
  readonly selection: ListSelection;
  readonly commands: GridCommands;
  readonly pageRows: () => number;
  readonly scrollTo: (index: number) => void;
  readonly onMenu: () => void;
}

type Target = (current: number, pageRows: number, last: number) => number;

const moves: Readonly<Record<string, Target>> = {
  ArrowDown: (current) => current + 1,
  ArrowUp: (current) => current - 1,
  PageDown: (current, pageRows) => current + pageRows,
  PageUp: (current, pageRows) => current - pageRows,
  Home: () => 0,
  End: (_current, _pageRows, last) => last,
};

/** The keys of the grid (ARIA Authoring Practices, grid), and the letters that Zimbra's users know. */
export function useGridKeys({ total, selection, commands, pageRows, scrollTo, onMenu }: GridKeysOptions) {
  const go = (event: KeyboardEvent, target: Target) => {
    const index = Math.max(0, Math.min(total - 1, target(selection.current, pageRows(), total - 1)));
    if (total === 0) return;
    if (event.shiftKey) selection.extendTo(index, event.ctrlKey || event.metaKey);
    else selection.goTo(index);
    scrollTo(index);
  };
  const keys: Readonly<Record<string, () => void>> = {
    Enter: () => commands.open(selection.current),
    ' ': () => selection.toggle(selection.current),
    Escape: selection.clear,
    Delete: commands.remove,
    ContextMenu: onMenu,
  };
  const letters: Readonly<Record<string, () => void>> = { m: commands.move, c: commands.copy, e: commands.edit };
  return (event: KeyboardEvent) => {
    const withControl = event.ctrlKey || event.metaKey;
    const move = moves[event.key];
    let action: (() => void) | undefined;
    if (move) action = () => go(event, move);
    else if (withControl && event.key.toLowerCase() === 'a') action = selection.selectAll;
    else if (event.shiftKey && event.key === 'F10') action = onMenu;
    else if (event.key === ' ' && event.shiftKey) action = () => selection.extendTo(selection.current, true);
    else if (!event.altKey && (!withControl || event.key === ' '))
      action = keys[event.key] ?? (areShortcutsOn() ? letters[event.key] : undefined);
    if (!action || (event.key === 'Escape' && selection.count === 0)) return;
    event.preventDefault();
    action();
  };
}
