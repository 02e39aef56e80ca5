import { History, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { CardActivity } from '../../../client/src/history.ts';
import type { Id } from '../../../client/src/types.ts';
import { useMessages } from '../../locales/messages.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import styles from './history.module.css';
import { undoChanges } from './history-operations.ts';
import { useHistoryTexts } from './history-texts.ts';
import { activitySentence, authorOf, circumstances } from './said.ts';
import { When } from './when.tsx';

interface ActivityRowProps {
  readonly accountId: Id;
  readonly activity: CardActivity;
  readonly me: Id;
  readonly nameOf: (bookId: Id) => string | undefined;
  readonly mayWrite: boolean;
  readonly onRewind: () => void;
}

/** One entry of the feed: « Ben Démo a supprimé 43 contacts, il y a 5 minutes », and what undoes it. */
export function ActivityRow({ accountId, activity, me, nameOf, mayWrite, onRewind }: ActivityRowProps) {
  const { contacts } = useMessages();
  const texts = useHistoryTexts();
  const [isRunning, setRunning] = useState(false);
  const sentence = activitySentence(activity, me, texts);
  const author = authorOf(activity, me, texts);
  const names = activity.cards.map(({ name }) => name || contacts.unnamed).join(texts.between);
  const others = activity.cardCount - activity.cards.length;
  const undo = async () => {
    setRunning(true);
    await undoChanges(accountId, { batchId: activity.id });
    setRunning(false);
  };
  return (
    <li className={styles['entry']}>
      <Avatar name={activity.authorName ?? author} seed={activity.authorId ?? author} size={32} />
      <div className={styles['body']}>
        <div>
          <p className={styles['sentence']}>{sentence}</p>
          <p className={styles['second']}>
            <When time={activity.to} /> · {circumstances(activity, nameOf, texts)}
          </p>
          <p className={styles['second']}>{others > 0 ? `${names} ${texts.others(others)}` : names}</p>
        </div>
        {mayWrite && activity.action !== 'handedOver' ? (
          <div className={styles['actions']}>
            <Button
              size="small"
              aria-label={texts.undoOf(sentence)}
              icon={<Undo2 size={16} aria-hidden />}
              isPending={isRunning}
              onPress={() => void undo()}
            >
              {texts.undo}
            </Button>
            <Button
              size="small"
              variant="quiet"
              aria-label={texts.rewindBeforeOf(sentence)}
              icon={<History size={16} aria-hidden />}
              onPress={onRewind}
            >
              {texts.rewindBefore}
            </Button>
          </div>
        ) : null}
        {isRunning ? (
          <p role="status" className={styles['note']}>
            {texts.undoing}
          </p>
        ) : null}
      </div>
    </li>
  );
}
