import { X } from 'lucide-react';
import { useEffect } from 'react';
import {
  Button,
  Text,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { holdReload } from '../api/version.ts';
import { messages, useMessages } from '../locales/messages.ts';
import { isBehindDialog, isText } from '../model/shortcuts.ts';
import { classes } from './button.tsx';
import styles from './toasts.module.css';

export interface ToastOptions {
  /** « Annuler », also by Ctrl+Z. The message goes away when it is pressed. */
  readonly undo?: () => void;
  /** Another button, or « Annuler » by a name of its own. */
  readonly action?: { readonly label: string; readonly onAction: () => void };
  readonly tone?: 'neutral' | 'failure';
  /** Stays until somebody closes it. */
  readonly isLasting?: boolean;
}

interface ToastItem extends Pick<ToastOptions, 'action' | 'tone'> {
  readonly text: string;
  readonly isUndo: boolean;
}

const queue = new ToastQueue<ToastItem>({ maxVisibleToasts: 3 });

/** Shows a message for some seconds, longer with an action; it waits while pointed at or focused (F6). */
export function showToast(text: string, options: ToastOptions = {}): () => void {
  const { undo, tone, isLasting } = options;
  const action = options.action ?? (undo && { label: messages().common.undo, onAction: undo });
  const item = { text, isUndo: undo !== undefined, ...(tone && { tone }), ...(action && { action }) };
  const key = queue.add(item, isLasting ? {} : { timeout: action ? 12_000 : 6_000 });
  return () => queue.close(key);
}

/** Ctrl+Z, or ⌘Z: what the newest message that offers it undoes. Texts have an undo of their own, and so have dialogs. */
function useUndoKey(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey)) return;
      if (event.shiftKey || event.altKey || event.defaultPrevented || isText(event.target) || isBehindDialog()) return;
      const toast = queue.visibleToasts.find(({ content }) => content.isUndo);
      if (!toast) return;
      event.preventDefault();
      queue.close(toast.key);
      toast.content.action?.onAction();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Says that something failed. */
export function showFailure(text: string): void {
  showToast(text, { tone: 'failure' });
}

/** Takes all messages away: what they say, and would undo, is somebody's who signs out. */
export function closeToasts(): void {
  queue.clear();
}

/** F6 goes to the newest message and back. */
function useMessageKey(): void {
  useEffect(() => {
    let before: HTMLElement | null = null;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || event.altKey || event.ctrlKey || event.metaKey) return;
      const toast = document.querySelector<HTMLElement>(`.${styles['toast']}`);
      if (!toast) return;
      event.preventDefault();
      event.stopPropagation();
      const isInside = toast.parentElement?.closest(`.${styles['region']}`)?.contains(document.activeElement);
      if (isInside) return before?.focus();
      before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
      toast.focus();
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}

/** Where messages appear; once in the app. */
export function Toasts() {
  const { common } = useMessages();
  useMessageKey();
  useUndoKey();
  // What can still be undone can no longer be after a reload.
  useEffect(() => holdReload(() => queue.visibleToasts.some(({ content }) => content.isUndo)), []);
  return (
    <ToastRegion queue={queue} className={styles['region']!} aria-label={common.notifications}>
      {({ toast }) => (
        <AriaToast
          toast={toast}
          className={classes(styles['toast'], toast.content.tone === 'failure' && styles['failure'])}
        >
          <ToastContent className={styles['text']!}>
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          {toast.content.action ? (
            <Button
              className={classes(styles['button'], styles['action'])}
              onPress={() => {
                queue.close(toast.key);
                toast.content.action?.onAction();
              }}
            >
              {toast.content.action.label}
            </Button>
          ) : null}
          <Button slot="close" aria-label={common.close} className={classes(styles['button'], styles['close'])}>
            <X size={16} aria-hidden />
          </Button>
        </AriaToast>
      )}
    </ToastRegion>
  );
}
