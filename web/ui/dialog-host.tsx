import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { holdReload, isOutdated } from '../api/version.ts';
import { messages } from '../locales/messages.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { returnFocus } from './focus-after-removal.ts';
import { showFailure, showToast } from './toasts.tsx';

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

/** Opens a dialog whose code is loaded first. */
export async function loadDialog<Module>(
  load: () => Promise<Module>,
  render: (module: Module, close: () => void) => ReactNode,
): Promise<void> {
  try {
    const module = await load();
    openDialog((close) => render(module, close));
  } catch {
    await tellMissingCode();
  }
}

/**
 * A browser remembers that a module could not be fetched, so the way out is to reload the page; also when the server has a
 * newer app, without the files of this one. What is typed into a form is there again after that.
 */
export async function tellMissingCode(): Promise<void> {
  const isOld = await isOutdated();
  const { common } = messages();
  if (isOld) {
    showToast(common.updated, {
      isLasting: true,
      action: { label: common.reloadShort, onAction: () => location.reload() },
    });
    return;
  }
  showToast(common.errorDialog, {
    tone: 'failure',
    action: { label: common.reload, onAction: () => location.reload() },
  });
}

function closeDialog(key: number): void {
  become(open.filter((dialog) => dialog.key !== key));
  // A dialog opened from a menu cannot give the focus back to the menu, which is gone: give it to whatever
  // on the page had it before. Two frames, so that the dialog has had its own try.
  requestAnimationFrame(() => requestAnimationFrame(restoreFocus));
}

/** A dialog that breaks goes away alone: the page behind it is whole. */
function crash(key: number): void {
  closeDialog(key);
  showFailure(messages().common.errorTitle);
}

let lastFocusedOnPage: HTMLElement | undefined;

function rememberFocus({ target }: FocusEvent): void {
  // Menus and dialogs live beside the root element.
  if (target instanceof HTMLElement && document.getElementById('root')?.contains(target)) lastFocusedOnPage = target;
}

function restoreFocus(): void {
  if (document.activeElement && document.activeElement !== document.body) return;
  if (open.length === 0 && lastFocusedOnPage?.isConnected) lastFocusedOnPage.focus();
  else if (!returnFocus() && open.length === 0) document.getElementById('content')?.focus();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where opened dialogs live; once around the signed-in screens: signing out closes whatever is open. */
export function DialogHost() {
  useEffect(() => {
    document.addEventListener('focusin', rememberFocus);
    const release = holdReload(() => open.length > 0);
    return () => {
      release();
      document.removeEventListener('focusin', rememberFocus);
      become([]);
    };
  }, []);
  const dialogs = useSyncExternalStore(subscribe, () => open);
  return (
    <>
      {dialogs.map(({ key, render }) => (
        <ErrorBoundary key={key} onCrash={() => crash(key)}>
          {render(() => closeDialog(key))}
        </ErrorBoundary>
      ))}
    </>
  );
}
