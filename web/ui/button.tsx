import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import styles from './button.module.css';
import { Tooltip } from './tooltip.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'isPending'> {
  /** What it started is under way: it keeps the focus and does nothing more. */
  readonly isPending?: boolean;
  readonly variant?: ButtonVariant;
  readonly size?: 'medium' | 'small';
  /** Stands before the text. */
  readonly icon?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

/** A button with a text. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  icon,
  isPending = false,
  children,
  ...props
}: ButtonProps) {
  return (
    <AriaButton
      {...props}
      {...(isPending ? pending : {})}
      className={classes(
        styles['button'],
        styles[variant],
        size === 'small' && styles['small'],
        isPending && styles['pending'],
      )}
    >
      {icon}
      {children}
    </AriaButton>
  );
}

// Not RAC's own isPending: it leaves a live region that points at the button after the button is gone.
const pending = { type: 'button', onPress: () => {}, 'aria-disabled': true } as const;

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'aria-label'> {
  /** Read by screen readers and shown as the tooltip. */
  readonly label: string;
  readonly size?: 'medium' | 'small';
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

/** A button that shows only an icon; its name appears on hover and focus. */
export function IconButton({ label, size = 'medium', children, ...props }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <AriaButton
        {...props}
        aria-label={label}
        className={classes(styles['button'], styles['quiet'], styles['icon'], size === 'small' && styles['small'])}
      >
        {children}
      </AriaButton>
    </Tooltip>
  );
}

/** Joins class names, leaving out what does not apply. */
export function classes(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
