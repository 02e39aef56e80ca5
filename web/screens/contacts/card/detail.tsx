import type { ReactNode } from 'react';
import styles from './card.module.css';

interface DetailProps {
  readonly label: string;
  /** Tells it apart from others of its label. */
  readonly note?: string;
  readonly children: ReactNode;
}

/** One field of a card, for reading. */
export function Detail({ label, note, children }: DetailProps) {
  return (
    <div className={styles['detail']}>
      <dt>
        {label}
        {note ? <span className={styles['note']}>{note}</span> : null}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
