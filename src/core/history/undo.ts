import { destroyCard } from '../card/destroyCard.ts';
import { requireRoomForCards } from '../card/saveCard.ts';
import { transact, within } from '../change/transact.ts';
import type { Transaction } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { createBreath } from '../../lib/breath.ts';
import { requireBook } from '../sharing/access.ts';
import { asOperation } from '../version/asOperation.ts';
import { bringTo } from './bringTo.ts';
import { planUndo } from './planUndo.ts';
import type { Step, StepKind } from './planUndo.ts';
import type { Undoing } from './selectChanges.ts';

/** What was undone, or would be. */
export type Undone = {
  readonly counts: Readonly<Record<StepKind, number>>;
  readonly steps: readonly Step[];
  /** What undoes it; null when nothing was done. */
  readonly operationId: string | null;
};

const cardsInARow = 20;

/** What `undo` would do, without doing it. Errors: as `undo`. */
export async function previewUndo(context: Context, accountId: string, undoing: Undoing): Promise<Undone> {
  const { db } = context;
  if (undoing.kind === 'since') await requireBook(db, context, undoing.bookId, 'mayWrite');
  const steps = await planUndo(db, context, accountId, undoing);
  return { counts: countsOf(steps), steps, operationId: null };
}

/**
 * Undoes changes: cards that were deleted come back, edits are taken out, what was created goes into the trash, what was moved
 * moves back. All in one transaction, as one operation that can be undone itself. A card that others changed since keeps what they
 * did. Errors: `notFound`, `forbidden`, `tooLarge`, `overQuota`.
 */
export function undo(context: Context, accountId: string, undoing: Undoing): Promise<Undone> {
  const inOperation = asOperation(context, 'restore');
  return transact(inOperation, async (tx) => {
    if (undoing.kind === 'since') await requireBook(tx, inOperation, undoing.bookId, 'mayWrite');
    const steps = await planUndo(tx, inOperation, accountId, undoing);
    const counts = countsOf(steps);
    if (counts.restored > 0) await requireRoomForCards(tx, inOperation, accountId, counts.restored);
    const breathe = createBreath(cardsInARow);
    for (const step of steps) {
      await take(tx, inOperation, step);
      await breathe();
    }
    const isNothing = counts.kept === steps.length;
    return { counts, steps, operationId: isNothing ? null : inOperation.operation };
  });
}

async function take(tx: Transaction, context: Context, step: Step): Promise<void> {
  if (step.kind === 'kept') return;
  if (step.kind === 'deleted') await destroyCard(within(context, tx), step.cardId);
  else await bringTo(tx, context, { cardId: step.cardId, place: step.place, text: await step.text() });
}

function countsOf(steps: readonly Step[]): Undone['counts'] {
  const counts = { restored: 0, changed: 0, deleted: 0, moved: 0, kept: 0 };
  for (const { kind } of steps) counts[kind] += 1;
  return counts;
}
