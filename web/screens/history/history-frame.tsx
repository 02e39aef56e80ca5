import { History } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../../locales/messages.ts';
import { Button } from '../../ui/button.tsx';
import { SkeletonLines } from '../../ui/loading/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import styles from './history.module.css';
import { describeHistoryError } from './history-operations.ts';
import { useHistoryTexts } from './history-texts.ts';
import type { ShownHistory } from './use-history.ts';

interface HistoryFrameProps<T> {
  readonly history: ShownHistory<T>;
  readonly label: string;
  readonly emptyTitle: string;
  /** How many days are kept; undefined: the server does not say. */
  readonly days: number | undefined;
  readonly children: (item: T, index: number) => ReactNode;
  /** Stands behind the last, when there is no more. */
  readonly end?: ReactNode;
}

/** A part of the history as a list, or why there is none. */
export function HistoryFrame<T>({ history, label, emptyTitle, days, children, end }: HistoryFrameProps<T>) {
  const { common } = useMessages();
  const texts = useHistoryTexts();
  if (history.status === 'loading') return <SkeletonLines count={6} label={common.loading} />;
  if (history.status === 'failed')
    return <ErrorState text={`${texts.failed} ${describeHistoryError(history.error)}`} onRetry={history.reload} />;
  const kept = days === undefined ? undefined : texts.kept(days);
  if (history.items.length === 0)
    return <EmptyState icon={<History size={24} />} title={emptyTitle} text={kept} headingLevel={3} />;
  return (
    <>
      <ol className={styles['list']} aria-label={label}>
        {history.items.map(children)}
        {history.hasMore ? null : end}
      </ol>
      {history.hasMore ? (
        <div className={styles['more']}>
          <Button onPress={history.showMore}>{texts.more}</Button>
        </div>
      ) : null}
      {kept ? <p className={styles['note']}>{kept}</p> : null}
    </>
  );
}

/** How many days the history of an account is kept, as its capabilities say. */
export function historyDaysOf(
  capabilities: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined,
): number | undefined {
  const days = Object.values(capabilities ?? {})
    .map((capability) => capability['historyDays'])
    .find((value) => typeof value === 'number');
  return typeof days === 'number' ? days : undefined;
}
