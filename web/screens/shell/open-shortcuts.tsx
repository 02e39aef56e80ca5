import { loadDialog, preloadWhenIdle } from '../../ui/dialog-host.tsx';

const shortcutsDialog = () => import('./shortcuts-dialog.tsx');

/** Fetches the dialog after the first look, which does not need it. */
export function preloadShortcutsDialog(): void {
  preloadWhenIdle(shortcutsDialog);
}

/** Opens the list of the keyboard's shortcuts. */
export function openShortcutsDialog(): void {
  void loadDialog(shortcutsDialog, ({ ShortcutsDialog }, close) => <ShortcutsDialog onClose={close} />);
}
