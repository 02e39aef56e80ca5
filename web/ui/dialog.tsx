import { X } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { Dialog as AriaDialog, Form, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useMessages } from '../locales/messages.ts';
import { addLayer } from '../model/back-step.ts';
import { classes, IconButton } from './button.tsx';
import styles from './dialog.module.css';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Makes the dialog a form: Enter in a field submits. */
  readonly onSubmit?: () => void;
  readonly footer?: ReactNode;
  readonly size?: 'medium' | 'wide';
  /** For a question that must be answered: read out at once, not closed by a click beside it. */
  readonly isAlert?: boolean;
  readonly children: ReactNode;
}

/** A dialog in the middle of the screen, on a phone a sheet from below. Escape, the cross and going back close it. */
export function Dialog({ title, onClose, onSubmit, footer, size = 'medium', isAlert = false, children }: DialogProps) {
  const { common } = useMessages();
  useBackToClose(onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A dialog opened from this one is its child for React, and its form's events come by here too.
    event.stopPropagation();
    onSubmit?.();
  };
  const content = (
    <>
      <div className={styles['body']}>{children}</div>
      {footer ? <div className={styles['footer']}>{footer}</div> : null}
    </>
  );
  return (
    <ModalOverlay
      isOpen
      isDismissable={!isAlert}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      className={styles['overlay']!}
    >
      <Modal className={classes(styles['modal'], size === 'wide' && styles['wide'])}>
        <AriaDialog role={isAlert ? 'alertdialog' : 'dialog'} className={styles['dialog']!}>
          <div className={styles['header']}>
            <Heading slot="title" level={2} className={styles['title']!}>
              {title}
            </Heading>
            <IconButton label={common.close} size="small" onPress={onClose}>
              <X size={18} aria-hidden />
            </IconButton>
          </div>
          {onSubmit ? (
            <Form validationBehavior="aria" onSubmit={submit} className={styles['form']!}>
              {content}
            </Form>
          ) : (
            <div className={styles['form']}>{content}</div>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function useBackToClose(onClose: () => void): void {
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  }, [onClose]);
  useEffect(() => addLayer(() => latest.current()), []);
}
