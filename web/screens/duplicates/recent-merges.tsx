import { RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Merge } from '../../../client/src/duplicates.ts';
import { describeError } from '../../api/errors.ts';
import { useSession } from '../../api/hooks.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { relativeTime } from '../../model/relative-time.ts';
import { Button } from '../../ui/button.tsx';
import { SkeletonLines } from '../../ui/loading/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import { useDuplicatesTexts } from './duplicates-texts.ts';
import styles from './duplicates.module.css';
import { listenToUndo, loadMerges, undoMerges } from './merge-operations.ts';

const perPage = 50;

/** « Fusions récentes », each with its « Annuler ». */
export function RecentMerges() {
  const words = useDuplicatesTexts();
  const { common } = useMessages();
  const [limit, setLimit] = useState(perPage);
  const [round, setRound] = useState(0);
  const [merges, setMerges] = useState<{ readonly list: readonly Merge[]; readonly total: number }>();
  const [error, setError] = useState<unknown>();
  const reload = () => setRound((before) => before + 1);
  useEffect(() => {
    let isWanted = true;
    loadMerges(limit).then(
      (loaded) => isWanted && setMerges(loaded),
      (problem: unknown) => isWanted && setError(problem),
    );
    return () => {
      isWanted = false;
    };
  }, [limit, round]);
  useEffect(() => listenToUndo(() => setRound((before) => before + 1)), []);
  if (error !== undefined) return <ErrorState text={describeError(error)} onRetry={reload} />;
  if (merges === undefined) return <SkeletonLines count={4} label={common.loading} />;
  if (merges.total === 0)
    return <EmptyState title={words.recentEmptyTitle} text={words.recentEmptyText} headingLevel={2} />;
  return (
    <section aria-label={words.sections.recent}>
      <ul className={styles['merges']}>
        {merges.list.map((merge) => (
          <MergeLine key={merge.id} merge={merge} />
        ))}
      </ul>
      {merges.total > merges.list.length ? (
        <Button onPress={() => setLimit((before) => before + perPage)}>{words.more}</Button>
      ) : null}
    </section>
  );
}

function MergeLine({ merge }: { readonly merge: Merge }) {
  const words = useDuplicatesTexts();
  const language = useLanguage();
  const { accountId } = useSession();
  const [isPending, setPending] = useState(false);
  const undo = () => {
    setPending(true);
    void undoMerges([merge.id]).finally(() => setPending(false));
  };
  const by = merge.mergedBy === accountId ? '' : words.recentBy(merge.mergedByName);
  return (
    <li className={styles['merge']}>
      <span className={styles['mergeText']}>
        <span className={styles['name']}>{merge.name}</span>
        <span className={styles['note']}>
          {words.recentText(merge.cards.length + 1, relativeTime(merge.mergedAt, language))}
          {by}
        </span>
      </span>
      <Button
        size="small"
        icon={<RotateCcw size={16} aria-hidden />}
        isPending={isPending}
        onPress={undo}
        aria-label={words.undoOf(merge.name)}
      >
        {words.undo}
      </Button>
    </li>
  );
}
