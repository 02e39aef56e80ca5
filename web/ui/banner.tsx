import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './banner.module.css';
import { classes } from './button.tsx';

export interface BannerProps {
  readonly tone?: 'info' | 'success' | 'warning' | 'danger';
  /** Rounded inside of a page or dialog; square across the page. */
  readonly isInline?: boolean;
  /** Read out when it appears. */
  readonly isLive?: boolean;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

const icons = { info: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleAlert };

/** A sentence that stays, with what can be done about it. */
export function Banner({ tone = 'info', isInline = false, isLive = false, children, actions }: BannerProps) {
  const Icon = icons[tone];
  return (
    <div
      className={classes(styles['banner'], tone !== 'info' && styles[tone], isInline && styles['rounded'])}
      {...(isLive ? { role: tone === 'danger' ? 'alert' : 'status' } : {})}
    >
      <Icon size={16} aria-hidden />
      <div className={styles['text']}>{children}</div>
      {actions ? <div className={styles['actions']}>{actions}</div> : null}
    </div>
  );
}
