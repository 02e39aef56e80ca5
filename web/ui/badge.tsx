import type { ReactNode } from 'react';
import styles from './badge.module.css';
import { classes } from './button.tsx';

export interface BadgeProps {
  readonly tone?: 'neutral' | 'accent' | 'solid' | 'success' | 'warning' | 'danger';
  readonly children: ReactNode;
}

/** A small word or number beside something. */
export function Badge({ tone = 'neutral', children }: BadgeProps) {
  return <span className={classes(styles['badge'], tone !== 'neutral' && styles[tone])}>{children}</span>;
}
