import { Check, LockKeyhole, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { PrivateNote as Note } from '../../../../client/src/personal.ts';
import type { Id } from '../../../../client/src/types.ts';
import { useSession } from '../../../api/hooks.ts';
import { Button } from '../../../ui/button.tsx';
import { TextArea } from '../../../ui/fields/text-field.tsx';
import { describeCardError } from '../move/card-operations.ts';
import { saveNote } from './note-operations.ts';
import { useNoteTexts } from './note-texts.ts';
import styles from './private-note.module.css';
import { useAutosave } from './use-autosave.ts';
import { usePersonal } from '../card/use-personal.ts';

/** « Note privée »: what the person notes about a contact for themselves, whatever they may do with it. */
export function PrivateNote({ accountId, cardId }: { readonly accountId: Id; readonly cardId: Id }) {
  const texts = useNoteTexts();
  const { status, object: note, retry } = usePersonal('PrivateNote', cardId);
  if (status === 'loading') return null;
  if (status === 'failed')
    return (
      <p className={styles['state']}>
        {texts.failedLoad}{' '}
        <Button size="small" variant="quiet" onPress={retry}>
          {texts.retry}
        </Button>
      </p>
    );
  return <NoteField key={cardId} accountId={accountId} cardId={cardId} note={note} />;
}

const longest = 10_000;

interface NoteFieldProps {
  readonly accountId: Id;
  readonly cardId: Id;
  readonly note: Note | undefined;
}

function NoteField({ accountId, cardId, note }: NoteFieldProps) {
  const texts = useNoteTexts();
  const { accountId: ownAccountId } = useSession();
  const place = { ownAccountId, cardId, cardAccountId: accountId };
  const { text, setText, status, error, flush } = useAutosave(note?.text ?? '', (typed, before) =>
    saveNote(place, typed, before.trim() !== ''),
  );
  const [before, setBefore] = useState(text);
  const undo = () => {
    setText(before);
    flush();
  };
  return (
    <section className={styles['note']} aria-label={texts.label}>
      <LockKeyhole size={16} aria-hidden className={styles['lock']} />
      <TextArea
        label={texts.label}
        value={text}
        onChange={setText}
        onFocus={() => setBefore(text)}
        onBlur={flush}
        maxLength={longest}
        placeholder={texts.placeholder}
        rows={1}
        error={status === 'failed' ? `${texts.unsaved} ${describeCardError(error)}` : undefined}
      />
      <div className={styles['foot']}>
        <span role="status" className={styles['state']}>
          {status === 'saving' ? texts.saving : null}
          {status === 'saved' ? (
            <>
              <Check size={14} aria-hidden /> {texts.saved}
            </>
          ) : null}
        </span>
        {status === 'failed' ? (
          <Button size="small" variant="quiet" onPress={flush}>
            {texts.retry}
          </Button>
        ) : null}
        {text === before ? null : (
          <Button size="small" variant="quiet" icon={<Undo2 size={14} aria-hidden />} onPress={undo}>
            {texts.undo}
          </Button>
        )}
      </div>
    </section>
  );
}
