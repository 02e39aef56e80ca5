import type { ReactNode, RefObject } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import { classes } from '../button.tsx';
import popover from '../popover.module.css';

export interface DialogPopupProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
  /** What it is called, unless it has a heading. */
  readonly label?: string;
  readonly popoverClass?: string | undefined;
  readonly dialogClass?: string | undefined;
  readonly children: ReactNode;
}

/** A small dialog below the button that opened it, while it is open. */
export function DialogPopup({ anchor, onClose, label, popoverClass, dialogClass, children }: DialogPopupProps) {
  return (
    <Popover
      trigger="DialogTrigger"
      triggerRef={anchor}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      placement="bottom end"
      offset={4}
      className={classes(popover['popover'], popoverClass)}
    >
      <Dialog {...(label ? { 'aria-label': label } : {})} {...(dialogClass ? { className: dialogClass } : {})}>
        {children}
      </Dialog>
    </Popover>
  );
}
