import { type RefObject, useEffect } from 'react';
import { useSession } from '../../api/hooks.ts';
import { areShortcutsOn, isBehindDialog, isTyping } from '../../model/shortcuts.ts';
import { navigate } from '../../model/navigation.ts';
import { folderPath, type Route } from '../../model/route.ts';
import { useFolderTree } from '../folders/use-folder-tree.ts';
import { openPalette } from './palette/open-palette.tsx';
import { openShortcutsDialog } from './open-shortcuts.tsx';

/** The keys that work everywhere: Ctrl+K opens the palette, / searches, n makes a contact, ? shows them all. */
export function useShortcuts(route: Route, search: RefObject<HTMLInputElement | null>): void {
  const { accountId } = useSession();
  const { nodes } = useFolderTree();
  const home = nodes.find((node) => node.kind === 'contacts')?.book?.id;
  useEffect(() => {
    const newContact = () => {
      const view = route.screen === 'contacts' ? route.view : undefined;
      if (view?.kind === 'folder') navigate(folderPath(view.accountId, view.bookId, 'new'));
      else if (home) navigate(folderPath(accountId, home, 'new'));
    };
    const actions: Readonly<Record<string, () => void>> = {
      '/': () => search.current?.focus(),
      n: newContact,
      '?': openShortcutsDialog,
    };
    const onKeyDown = (event: KeyboardEvent) => {
      // Also while one types; a dialog that is open comes first.
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        if (!isBehindDialog()) void openPalette();
        return;
      }
      const action = actions[event.key];
      if (!action || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!areShortcutsOn() || isTyping(event.target) || isBehindDialog()) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [route, search, accountId, home]);
}
