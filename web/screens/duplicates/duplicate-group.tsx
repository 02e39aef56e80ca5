import { Merge as MergeIcon } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import type { Duplicate } from '../../../client/src/duplicates.ts';
import { isSetFailure } from '../../../client/src/errors.ts';
import type { ContactCard, Id } from '../../../client/src/types.ts';
import { describeError } from '../../api/errors.ts';
import { useMessages } from '../../locales/messages.ts';
import { spokenName } from '../../model/cards/card-summary.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { showFailure, showToast } from '../../ui/toasts.tsx';
import { type DuplicatesTexts, duplicatesTexts, useDuplicatesTexts } from './duplicates-texts.ts';
import styles from './duplicates.module.css';
import { dismiss, mergeContacts } from './merge-operations.ts';
import { MergeTable } from './merge-table.tsx';
import { type MergeForm, useMergeForm } from './use-merge-form.ts';

interface DuplicateGroupProps {
  readonly duplicate: Duplicate;
  readonly cards: ReadonlyMap<Id, ContactCard>;
  /** It leaves the list, or comes back. */
  readonly onGone: (id: Id) => void;
  readonly onBack: () => void;
}

/** One duplicate: its cards side by side, and what becomes of them. */
export function DuplicateGroup({ duplicate, cards: all, onGone, onBack }: DuplicateGroupProps) {
  const words = useDuplicatesTexts();
  const { contacts } = useMessages();
  const headingId = useId();
  const [isPending, setPending] = useState(false);
  const cards = useMemo(
    () =>
      duplicate.cards.flatMap(({ id, accountId }) => {
        const card = all.get(id);
        return card ? [{ accountId, card }] : [];
      }),
    [duplicate, all],
  );
  const form = useMergeForm(cards, duplicate.keepId);
  const name = chosenName(form) || contacts.unnamed;

  const attempt = (run: () => Promise<void>) => {
    setPending(true);
    run().then(
      () => onGone(duplicate.id),
      (error: unknown) => {
        setPending(false);
        showFailure(describeMergeError(error));
        onBack();
      },
    );
  };
  const merge = () => {
    const { wish } = form;
    if (!wish) return showFailure(words.tooFew);
    attempt(() => mergeContacts(wish, accountsOf(duplicate)));
  };
  const putAside = () =>
    attempt(async () => {
      await dismiss(duplicate.id, true);
      const undo = () =>
        dismiss(duplicate.id, false).then(onBack, (error: unknown) => showFailure(describeError(error)));
      showToast(words.dismissed, { undo: () => void undo() });
    });

  return (
    <article className={styles['duplicate']} aria-labelledby={headingId}>
      <header className={styles['head']}>
        <h3 className={styles['heading']} id={headingId} tabIndex={-1}>
          {name} <span className={styles['number']}>{words.cards(cards.length)}</span>
        </h3>
        <Reasons duplicate={duplicate} words={words} />
      </header>
      <MergeTable form={form} />
      <footer className={styles['foot']}>
        <Button isPending={isPending} onPress={putAside} aria-label={words.notDuplicatesOf(name)}>
          {words.notDuplicates}
        </Button>
        <Button
          variant="primary"
          icon={<MergeIcon size={16} aria-hidden />}
          isPending={isPending}
          isDisabled={form.wish === undefined}
          onPress={merge}
          aria-label={words.mergeOf(name)}
        >
          {words.merge}
        </Button>
      </footer>
    </article>
  );
}

/** What the merged card will be called. */
function chosenName(form: MergeForm): string {
  const row = form.rows.find(({ field }) => field === 'name');
  const kept = form.cards.find(({ card }) => card.id === form.keepId);
  return row?.cells[form.choiceOf('name')]?.[0]?.text ?? (kept ? spokenName(kept.card) : '');
}

function Reasons({ duplicate, words }: { readonly duplicate: Duplicate; readonly words: DuplicatesTexts }) {
  return (
    <p className={styles['reasons']}>
      <Badge tone={duplicate.isCertain ? 'success' : 'warning'}>
        {duplicate.isCertain ? words.certain : words.probable}
      </Badge>
      {duplicate.reasons.map((reason) => words.reasons[reason]).join(', ')}
    </p>
  );
}

function accountsOf({ cards }: Duplicate): readonly Id[] {
  return [...new Set(cards.map(({ accountId }) => accountId))];
}

/** Why a merge was refused, in words. */
export function describeMergeError(error: unknown): string {
  const words = duplicatesTexts();
  if (!isSetFailure(error)) return describeError(error);
  return error.error.reason === 'groupAndContact' ? words.groupAndContact : words.mergeRefused;
}
