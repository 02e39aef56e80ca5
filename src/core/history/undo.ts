import type { Reader } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import { invalid } from '../../errors.ts';
import { destroyCard } from '../card/destroyCard.ts';
import { requireRoomForCards } from '../card/saveCard.ts';
import { audit } from '../audit/audit.ts';
import { transact, within } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
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
  /** How many cards are still to be done. */
  readonly left: number;
  /** What undoes it; null when nothing was done. */
  readonly operationId: string | null;
};

const cardsInARow = 20;

/** What `undo` would do, without doing it. Errors: as for `undo`. */
export async function previewUndo(context: Context, accountId: string, undoing: Undoing): Promise<Undone> {
  const { db } = context;
  await requireFolder(db, context, undoing);
  const steps = await planUndo(db, context, accountId, { undoing, continues: null });
  const counts = countsOf(steps);
  return { counts, steps, left: steps.length - counts.kept, operationId: null };
}

/** So many cards in one transaction: whoever wants to write waits no longer than that. */
const cardsAtOnce = 1000;

/**
 * Undoes changes: deleted cards are restored, edits reverted, created cards put into the trash, moves reversed; all as
 * one operation that can be undone itself. On cards that others have changed since, their changes are kept. At most a
 * thousand cards at once: if some are `left`, call it again to continue the operation. Errors: `notFound`, `forbidden`,
 * `tooLarge`, `overQuota`, `invalid` (continues).
 */
export function undo(
  context: Context,
  accountId: string,
  undoing: Undoing,
  continues: string | null = null,
): Promise<Undone> {
  const inOperation = asOperation(context, 'restore', continues ?? undefined);
  return transact(inOperation, async (tx) => {
    await requireFolder(tx, inOperation, undoing);
    if (continues !== null) await requireOwnOperation(tx, inOperation, continues);
    const all = await planUndo(tx, inOperation, accountId, { undoing, continues });
    const some = all.filter(({ kind }) => kind !== 'kept').slice(0, cardsAtOnce);
    const kept = all.filter(({ kind }) => kind === 'kept');
    const steps = [...some, ...kept];
    const counts = countsOf(steps);
    if (counts.restored > 0) await requireRoomForCards(tx, inOperation, accountId, counts.restored);
    const breathe = createBreath(cardsInARow);
    for (const step of some) {
      await take(tx, inOperation, step);
      await breathe();
    }
    // What goes on in further steps is told with the first.
    if (continues === null && some.length > 0) await tell(tx, context, undoing, all.length - counts.kept);
    const isNothing = some.length === 0 && continues === null;
    return { counts, steps, left: all.length - steps.length, operationId: isNothing ? null : inOperation.operation };
  });
}

async function tell(tx: Transaction, context: Context, undoing: Undoing, cards: number): Promise<void> {
  if (undoing.kind !== 'since') return audit(tx, context, { kind: 'history.undone', details: { cards } });
  const { book } = await requireBook(tx, context, undoing.bookId);
  await audit(tx, context, {
    kind: 'history.rewound',
    ownerId: book.account_id,
    object: { type: 'AddressBook', id: book.id, name: book.name },
    details: { cards, to: undoing.to },
  });
}

const someOfOperation = statement((build, value: { operation: string }) =>
  build.selectFrom('card_version').select(['author_id', 'way']).where('operation', '=', value.operation).limit(1),
);

/** Nobody adds to what somebody else did, or to something other than an undoing. */
async function requireOwnOperation(reader: Reader, { actor }: Context, operation: string): Promise<void> {
  const found = await reader.first(someOfOperation(reader, { operation }));
  if (found?.author_id === actor.principalId && found.way === 'restore') return;
  throw invalid('continues', 'There is no such undoing of yours');
}

/** What others did in a whole folder is undone by who may write there; what one did oneself, card by card as one may. */
async function requireFolder(reader: Reader, context: Context, undoing: Undoing): Promise<void> {
  if (undoing.kind !== 'since') return;
  const isOwn = undoing.author === context.actor.principalId;
  await requireBook(reader, context, undoing.bookId, isOwn ? 'mayAdd' : 'mayWrite');
}

async function take(tx: Transaction, context: Context, step: Step): Promise<void> {
  if (step.kind === 'kept') return;
  if (step.kind === 'deleted') await destroyCard(within(context, tx), step);
  else await bringTo(tx, context, { cardId: step.cardId, place: step.place, text: await step.text() });
}

function countsOf(steps: readonly Step[]): Undone['counts'] {
  const counts = { restored: 0, changed: 0, deleted: 0, moved: 0, kept: 0 };
  for (const { kind } of steps) counts[kind] += 1;
  return counts;
}
