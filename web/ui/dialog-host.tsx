import { Fragment, type ReactNode, Suspense, useSyncExternalStore } from 'react';

interface OpenDialog {
  readonly key: number;
  readonly render: (close: () => void) => ReactNode;
}

let open: readonly OpenDialog[] = [];
let nextKey = 1;
const listeners = new Set<() => void>();

function become(dialogs: readonly OpenDialog[]): void {
  open = dialogs;
  for (const listener of listeners) listener();
}

/** Opens a dialog from anywhere (a menu, a shortcut); `render` is given what closes it. */
export function openDialog(render: (close: () => void) => ReactNode): () => void {
  const key = nextKey;
  nextKey += 1;
  become([...open, { key, render }]);
  return () => closeDialog(key);
}

function closeDialog(key: number): void {
  become(open.filter((dialog) => dialog.key !== key));
}

/** Closes whatever is open, as when the person signs out. */
export function closeAllDialogs(): void {
  become([]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where opened dialogs live; once in the app. */
export function DialogHost() {
  const dialogs = useSyncExternalStore(subscribe, () => open);
  return (
    <Suspense fallback={null}>
      {dialogs.map(({ key, render }) => (
        <Fragment key={key}>{render(() => closeDialog(key))}</Fragment>
      ))}
    </Suspense>
  );
}
