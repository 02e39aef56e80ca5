import type { ReactNode } from 'react';
import { useMessages } from '../locales/messages.ts';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

export interface FormDialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  /** What the button says instead of « OK ». */
  readonly verb?: string;
  /** Something goes for ever: the question is read out, and Enter answers « Annuler ». */
  readonly isFinal?: boolean;
  /** The button in the colour of danger; what is final has it anyhow. */
  readonly isDangerous?: boolean;
  readonly isPending?: boolean;
  readonly isDisabled?: boolean;
  /** What went wrong; stands above what was filled in. */
  readonly problem?: string | undefined;
  readonly size?: 'medium' | 'wide';
  /** More to do, before « Annuler ». */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A dialog that is answered with « Annuler » or one verb. */
export function FormDialog({
  title,
  onClose,
  onSubmit,
  verb,
  isFinal = false,
  isDangerous = isFinal,
  isPending = false,
  isDisabled = false,
  problem,
  size = 'medium',
  actions,
  children,
}: FormDialogProps) {
  const { common } = useMessages();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={onSubmit}
      size={size}
      isAlert={isFinal}
      footer={
        <>
          {actions}
          <Button onPress={onClose} autoFocus={isFinal}>
            {common.cancel}
          </Button>
          <Button
            type="submit"
            variant={isDangerous ? 'danger' : 'primary'}
            isPending={isPending}
            isDisabled={isDisabled}
          >
            {verb ?? common.ok}
          </Button>
        </>
      }
    >
      {problem ? (
        <Banner tone="danger" isInline isLive>
          {problem}
        </Banner>
      ) : null}
      {children}
    </Dialog>
  );
}
