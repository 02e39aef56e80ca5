import { Merge as MergeIcon, Users } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Id } from '../../../client/src/types.ts';
import { describeError } from '../../api/errors.ts';
import { useMessages } from '../../locales/messages.ts';
import { useRunningOperation } from '../../model/running-operation.ts';
import { Button } from '../../ui/button.tsx';
import { useDocumentTitle } from '../../ui/document-title.ts';
import { Link } from '../../ui/link.tsx';
import { SkeletonLines } from '../../ui/loading/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import { DuplicateGroup } from './duplicate-group.tsx';
import { useDuplicatesTexts } from './duplicates-texts.ts';
import styles from './duplicates.module.css';
import { mergeAllCertain } from './merge-operations.ts';
import { RecentMerges } from './recent-merges.tsx';
import { useDuplicates } from './use-duplicates.ts';

const sections = ['open', 'recent'] as const;

/** « Doublons »: contacts that may be one person's, to compare and merge, and what was merged lately. */
export function DuplicatesScreen({ section }: { readonly section: string }) {
  const words = useDuplicatesTexts();
  const chosen = sections.find((id) => id === section) ?? 'open';
  useDocumentTitle(words.title);
  return (
    <div className={styles['screen']}>
      <div className={styles['page']}>
        <h1 className={styles['title']}>{words.title}</h1>
        <p className={styles['intro']}>{words.intro}</p>
        <nav className={styles['sections']} aria-label={words.title}>
          {sections.map((id) => (
            <Link key={id} to={`/duplicates/${id}`} className={styles['section']!} isCurrent={id === chosen}>
              {words.sections[id]}
            </Link>
          ))}
        </nav>
        {chosen === 'open' ? <OpenDuplicates /> : <RecentMerges />}
      </div>
    </div>
  );
}

function OpenDuplicates() {
  const words = useDuplicatesTexts();
  const { common } = useMessages();
  const { page, error, reload, more, remove } = useDuplicates();
  const operation = useRunningOperation();
  const [isMerging, setMerging] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  if (page === undefined)
    return error === undefined ? (
      <SkeletonLines count={6} label={common.loading} />
    ) : (
      <ErrorState title={words.loadFailed} text={describeError(error)} onRetry={reload} />
    );
  const mergeAll = () => {
    setMerging(true);
    void mergeAllCertain().finally(() => {
      setMerging(false);
      // The button goes with what it has merged.
      list.current?.focus();
      reload();
    });
  };
  const leave = (id: Id) => {
    focusNext(
      list.current,
      page.list.findIndex((one) => one.id === id),
    );
    remove(id);
  };
  return (
    <section aria-label={words.sections.open}>
      {page.total === 0 ? (
        <EmptyState icon={<Users size={24} />} title={words.emptyTitle} text={words.emptyText} />
      ) : (
        <div className={styles['tools']}>
          <h2 className={styles['count']}>{words.count(page.total)}</h2>
          {page.certain > 0 ? (
            <Button
              variant="primary"
              icon={<MergeIcon size={16} aria-hidden />}
              isPending={isMerging}
              onPress={mergeAll}
            >
              {words.mergeAll(page.certain)}
            </Button>
          ) : null}
        </div>
      )}
      {operation ? (
        <div className={styles['progress']}>
          <span>
            {operation.text} · {words.progress(operation.done, operation.total)}
          </span>
          <progress aria-label={operation.text} value={operation.done} max={operation.total} />
        </div>
      ) : null}
      <div className={styles['list']} ref={list} tabIndex={-1}>
        {page.list.map((duplicate) => (
          <DuplicateGroup key={duplicate.id} duplicate={duplicate} cards={page.cards} onGone={leave} onBack={reload} />
        ))}
      </div>
      {page.total > page.list.length ? <Button onPress={more}>{words.more}</Button> : null}
    </section>
  );
}

/** What one has answered is gone: the next question has the focus. */
function focusNext(list: HTMLElement | null, index: number): void {
  const headings = [...(list?.querySelectorAll<HTMLElement>('h3[tabindex]') ?? [])];
  (headings[index + 1] ?? headings[index - 1] ?? list)?.focus();
}
