import type { ReactNode } from 'react';
import { Link as AriaLink } from 'react-aria-components';

export interface LinkProps {
  /** An address of the app. */
  readonly to: string;
  readonly className?: string;
  readonly isCurrent?: boolean;
  /** Before it is followed: to close what lies above the page. */
  readonly onPress?: () => void;
  readonly children: ReactNode;
}

/** A real link that stays in the app; with a modifier key the browser opens its own tab. */
export function Link({ to, className, isCurrent, onPress, children }: LinkProps) {
  return (
    <AriaLink
      href={to}
      {...(className ? { className } : {})}
      {...(onPress ? { onPress } : {})}
      {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
    >
      {children}
    </AriaLink>
  );
}
