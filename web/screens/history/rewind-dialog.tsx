import { useEffect, useState } from 'react';
import type { Undone, UndoneChange } from '../../../client/src/history.ts';
import type { Id } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SkeletonLines } from '../../ui/loading/skeleton.tsx';
import { ErrorState } from '../../ui/states.tsx';
import styles from './history.module.css';
import { describeHistoryError, previewUndo, undoChanges, type Undoing } from './history-operations.ts';
import { useHistoryTexts } from './history-texts.ts';

interface RewindProps {
  readonly accountId: Id;
  readonly undoing: Undoing;
  readonly title: string;
  readonly label: string;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

type Preview = { readonly undone: Undone } | { readonly error: unknown } | null;

/** What going back would do, by counts and names; then one button does it. */
export function RewindDialog({ accountId, undoing, title, label, onBack, onDone }: RewindProps) {
  const texts = useHistoryTexts();
  const [isRunning, setRunning] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const preview = usePreview(accountId, undoing, attempt);
  const isUseful = preview !== null && 'undone' in preview && countOf(preview.undone) > 0;
  const apply = async () => {
    setRunning(true);
    if (await undoChanges(accountId, undoing)) onDone();
    else setRunning(false);
  };
  return (
    <Dialog
      title={title}
      onClose={onBack}
      footer={
        <>
          <Button onPress={onBack}>{texts.back}</Button>
          <Button variant="primary" isDisabled={!isUseful} isPending={isRunning} onPress={() => void apply()}>
            {label}
          </Button>
        </>
      }
    >
      {preview === null ? <SkeletonLines count={4} label={texts.looking} /> : null}
      {preview && 'error' in preview ? (
        <ErrorState text={describeHistoryError(preview.error)} onRetry={() => setAttempt(attempt + 1)} />
      ) : null}
      {preview && 'undone' in preview ? <PreviewOf undone={preview.undone} /> : null}
      {isRunning ? <p role="status">{texts.undoing}</p> : null}
    </Dialog>
  );
}

function usePreview(accountId: Id, undoing: Undoing, attempt: number): Preview {
  const [preview, setPreview] = useState<Preview>(null);
  const asked = JSON.stringify(undoing);
  useEffect(() => {
    let isStale = false;
    setPreview(null);
    previewUndo(accountId, JSON.parse(asked) as Undoing).then(
      (undone) => !isStale && setPreview({ undone }),
      (error: unknown) => !isStale && setPreview({ error }),
    );
    return () => {
      isStale = true;
    };
  }, [accountId, asked, attempt]);
  return preview;
}

/** How many cards would not stay as they are. */
function countOf({ counts }: Undone): number {
  return counts.restored + counts.changed + counts.deleted + counts.moved;
}

const order: readonly UndoneChange[] = ['restored', 'changed', 'moved', 'deleted', 'kept'];

function PreviewOf({ undone }: { readonly undone: Undone }) {
  const { contacts } = useMessages();
  const texts = useHistoryTexts();
  const { counts, cards } = undone;
  const total = countOf(undone) + counts.kept;
  if (total === 0) return <p>{texts.previewNothing}</p>;
  const rest = total - cards.length;
  return (
    <div className={styles['preview']}>
      <ul className={styles['counts']}>
        {order.map((change) =>
          counts[change] > 0 ? <li key={change}>{texts.will[change](counts[change])}</li> : null,
        )}
      </ul>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className={styles['concerned']} tabIndex={0} role="group" aria-label={texts.previewList}>
        <ul>
          {cards.map(({ cardId, name, change, reason }) => (
            <li key={cardId}>
              <span>{name || contacts.unnamed}</span>
              <span className={styles['note']}>
                {texts.change[change]}
                {reason ? ` (${texts.why[reason]})` : ''}
              </span>
            </li>
          ))}
          {rest > 0 ? <li>{texts.previewMore(rest)}</li> : null}
        </ul>
      </div>
      <p className={styles['note']}>{texts.previewHint}</p>
    </div>
  );
}
