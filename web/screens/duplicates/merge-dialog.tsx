import { useEffect, useState } from 'react';
import { describeError } from '../../api/errors.ts';
import { useMessages } from '../../locales/messages.ts';
import type { CardRef } from '../../model/cards/card-ref.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { SkeletonLines } from '../../ui/loading/skeleton.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { describeMergeError } from './duplicate-group.tsx';
import { useDuplicatesTexts } from './duplicates-texts.ts';
import { loadCardsOf, mergeContacts } from './merge-operations.ts';
import { MergeTable } from './merge-table.tsx';
import { type MergeCard, useMergeForm } from './use-merge-form.ts';

interface MergeDialogProps {
  readonly refs: readonly CardRef[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** « Fusionner… »: contacts that a person chose in a list. */
export function MergeDialog({ refs, onClose, onDone }: MergeDialogProps) {
  const words = useDuplicatesTexts();
  const { common } = useMessages();
  const [cards, setCards] = useState<readonly MergeCard[]>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    loadCardsOf(refs).then((found) => {
      setCards(
        refs.flatMap(({ id, accountId }) => {
          const card = found.get(id);
          return card ? [{ accountId, card }] : [];
        }),
      );
    }, setError);
  }, [refs]);
  if (cards && cards.length > 1) return <Chosen cards={cards} onClose={onClose} onDone={onDone} />;
  return (
    <Dialog title={words.dialogTitle(refs.length)} onClose={onClose}>
      {error !== undefined || cards ? (
        <ErrorState text={cards ? words.mergeRefused : describeError(error)} />
      ) : (
        <SkeletonLines count={6} label={common.loading} />
      )}
    </Dialog>
  );
}

function Chosen({
  cards,
  onClose,
  onDone,
}: Pick<MergeDialogProps, 'onClose' | 'onDone'> & { readonly cards: readonly MergeCard[] }) {
  const words = useDuplicatesTexts();
  const form = useMergeForm(cards, cards[0]!.card.id);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = () => {
    if (!form.wish) return setProblem(words.tooFew);
    setPending(true);
    mergeContacts(form.wish, [...new Set(cards.map(({ accountId }) => accountId))]).then(
      () => {
        onClose();
        onDone();
      },
      (error: unknown) => {
        setPending(false);
        setProblem(describeMergeError(error));
      },
    );
  };
  return (
    <FormDialog
      title={words.dialogTitle(cards.length)}
      onClose={onClose}
      onSubmit={submit}
      verb={words.merge}
      isPending={isPending}
      problem={problem}
      size="wide"
    >
      <MergeTable form={form} />
    </FormDialog>
  );
}
