import { useState } from 'react';
import type { AddressBook, Id } from '../../../client/src/types.ts';
import type { InAccount } from '../../api/inAccount.ts';
import { useSession } from '../../api/hooks.ts';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { findNode, folderKey } from '../../model/folders/folder-tree.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useFolderTree } from '../folders/use-folder-tree.ts';
import { ActivityRow } from './activity-row.tsx';
import { ActivityTools, type Person } from './activity-tools.tsx';
import { HistoryFrame, historyDaysOf } from './history-frame.tsx';
import { useHistoryTexts } from './history-texts.ts';
import { RewindDialog } from './rewind-dialog.tsx';
import { authorOf, exactTime } from './said.ts';
import { type ShownHistory, useActivities } from './use-history.ts';

interface FolderActivityProps {
  readonly book: InAccount<AddressBook>;
  readonly onClose: () => void;
}

/** A moment that the folder is to go back to, perhaps of one person's changes only. */
interface Moment {
  readonly to: string;
  readonly person: Person | null;
}

/** « Activité »: what happened in a folder; one click undoes an entry, two take the folder back to a moment. */
export function FolderActivityDialog({ book, onClose }: FolderActivityProps) {
  const { common } = useMessages();
  const texts = useHistoryTexts();
  const language = useLanguage();
  const { accountId: me, session } = useSession();
  const { nodes } = useFolderTree();
  const [person, setPerson] = useState<Person | null>(null);
  const [moment, setMoment] = useState<Moment>();
  const { accountId, id: bookId } = book;
  const history = useActivities(accountId, bookId, person?.id ?? null);
  const people = usePeople(history, me);
  const mayWrite = book.myRights.mayWrite;
  const nameOf = (id: Id) => findNode(nodes, folderKey(accountId, id))?.name;

  if (moment) {
    const when = exactTime(moment.to, language);
    return (
      <RewindDialog
        accountId={accountId}
        undoing={{ bookId, to: moment.to, author: moment.person?.id ?? null }}
        title={moment.person ? texts.previewOf(moment.person.name, when) : texts.previewTitle(texts.dayOn(when))}
        label={moment.person ? texts.applyUndo : texts.apply}
        onBack={() => setMoment(undefined)}
        onDone={onClose}
      />
    );
  }
  return (
    <Dialog
      title={texts.folderTitle(book.name)}
      size="wide"
      onClose={onClose}
      footer={<Button onPress={onClose}>{common.close}</Button>}
    >
      <ActivityTools
        people={people}
        person={person}
        onPerson={setPerson}
        mayRewind={mayWrite}
        onRewind={(to) => setMoment({ to, person })}
      />
      <HistoryFrame
        history={history}
        label={texts.entries}
        emptyTitle={texts.folderEmpty}
        days={historyDaysOf(session.accounts[accountId]?.accountCapabilities)}
      >
        {(activity) => (
          <ActivityRow
            key={activity.id}
            accountId={accountId}
            activity={activity}
            me={me}
            nameOf={nameOf}
            mayWrite={mayWrite}
            onRewind={() => setMoment({ to: justBefore(activity.from), person: null })}
          />
        )}
      </HistoryFrame>
    </Dialog>
  );
}

function justBefore(time: string): string {
  return new Date(Date.parse(time) - 1).toISOString();
}

/** Everybody who was seen in the feed, also while it shows one of them only. */
function usePeople(history: ShownHistory<Parameters<typeof authorOf>[0]>, me: Id): readonly Person[] {
  const texts = useHistoryTexts();
  const [known, setKnown] = useState<readonly Person[]>([]);
  const unknown = history.items.flatMap(({ authorId, authorName, way }) => {
    if (authorId === null || known.some(({ id }) => id === authorId)) return [];
    return [{ id: authorId, name: authorOf({ authorId, authorName, way }, me, texts) }];
  });
  const added = unknown.filter(({ id }, index) => unknown.findIndex((other) => other.id === id) === index);
  if (added.length > 0) setKnown([...known, ...added]);
  return known;
}
