import { loadDialog } from '../../../ui/dialog-host.tsx';

let isOpen = false;

/** The palette of commands, once. */
export async function openPalette(): Promise<void> {
  if (isOpen) return;
  isOpen = true;
  await loadDialog(
    () => import('./command-palette.tsx'),
    ({ CommandPalette }, close) => (
      <CommandPalette
        onClose={() => {
          isOpen = false;
          close();
        }}
      />
    ),
  );
}
