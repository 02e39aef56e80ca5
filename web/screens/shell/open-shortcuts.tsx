import { loadDialog } from '../../ui/dialog-host.tsx';
import { preloadWhenIdle } from '../../ui/loading/preload.ts';

const shortcutsDialog = () => import('./shortcuts-dialog.tsx');

/** Fetches the dialog after the first look, which does not need it. */
export function preloadShortcutsDialog(): void {
  preloadWhenIdle(shortcutsDialog);
}

/** Opens the list of the keyboard's shortcuts. */
export function openShortcutsDialog(): void {
  void loadDialog(shortcutsDialog, ({ ShortcutsDialog }, close) => <ShortcutsDialog onClose={close} />);
}
