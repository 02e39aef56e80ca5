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
import { useMessages } from '../locales/messages.ts';
import { classes } from './button.tsx';
import styles from './toasts.module.css';

export interface ToastOptions {
  /** As « Annuler ». The message goes away when it is pressed. */
  readonly action?: { readonly label: string; readonly onAction: () => void };
  readonly tone?: 'neutral' | 'failure';
}

interface ToastItem extends ToastOptions {
  readonly text: string;
}

const queue = new ToastQueue<ToastItem>({ maxVisibleToasts: 3 });

/** Shows a message for some seconds, longer with an action; it waits while pointed at or focused (F6). */
export function showToast(text: string, options: ToastOptions = {}): () => void {
  const key = queue.add({ text, ...options }, { timeout: options.action ? 12_000 : 6_000 });
  return () => queue.close(key);
}

/** Says that something failed. */
export function showFailure(text: string): void {
  showToast(text, { tone: 'failure' });
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
