import { loadDialog } from '../../../ui/dialog-host.tsx';

let isLoading = false;

/** The palette of commands, once: while it is open it takes the keys itself. */
export async function openPalette(): Promise<void> {
  if (isLoading) return;
  isLoading = true;
  await loadDialog(
    () => import('./command-palette.tsx'),
    ({ CommandPalette }, close) => <CommandPalette onClose={close} />,
  );
  isLoading = false;
}
