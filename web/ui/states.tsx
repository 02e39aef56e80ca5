import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../locales/messages.ts';
import { Button } from './button.tsx';
import styles from './states.module.css';

export interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly text?: ReactNode;
  /** 1 where this is the whole page. */
  readonly headingLevel?: 1 | 2 | 3;
  /** Buttons. */
  readonly children?: ReactNode;
}

/** What stands where nothing is: why, and what to do. */
export function EmptyState({ icon, title, text, headingLevel = 2, children }: EmptyStateProps) {
  const Heading = `h${headingLevel}` as const;
  return (
    <div className={styles['state']}>
      {icon ? (
        <span className={styles['icon']} aria-hidden>
          {icon}
        </span>
      ) : null}
      <Heading className={styles['title']}>{title}</Heading>
      {text ? <p className={styles['text']}>{text}</p> : null}
      {children ? <div className={styles['actions']}>{children}</div> : null}
    </div>
  );
}

export interface ErrorStateProps {
  readonly title?: string;
  readonly text: ReactNode;
  readonly onRetry?: () => void;
}

/** What stands where something could not be loaded. */
export function ErrorState({ title, text, onRetry }: ErrorStateProps) {
  const { common } = useMessages();
  return (
    <div role="alert" style={{ display: 'contents' }}>
      <EmptyState icon={<TriangleAlert size={24} />} title={title ?? common.errorTitle} text={text}>
        {onRetry ? <Button onPress={onRetry}>{common.retry}</Button> : null}
      </EmptyState>
    </div>
  );
}
