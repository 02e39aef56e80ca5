import type { ImportItemRow, ImportRunRow } from '../../db/rows/importRows.ts';
import { AppError } from '../../errors.ts';
import { createBreath } from '../../lib/breath.ts';
import { destroyCard } from '../card/destroyCard.ts';
import { saveCard } from '../card/saveCard.ts';
import { audit } from '../audit/audit.ts';
import { transact, within } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { requireBook } from '../sharing/access.ts';
import { startBatch } from './batchClock.ts';
import { requireChange } from '../sharing/cardRights.ts';
import { changeRun } from './importRuns.ts';
import { takeBackMade } from './zimbra/made.ts';
import { forgetObject, noteTakenBack } from './zimbra/zimbraItems.ts';

const itemsAtOnce = 100;

/**
 * Undoes an import: cards that it made go into the trash, cards that it completed are as before. Cards that somebody
 * has changed or moved since stay as they are, and are reported.
 */
export async function takeBack(context: Context, run: ImportRunRow, signal: AbortSignal): Promise<void> {
  let { undone, kept } = run;
  const breathe = createBreath(1);
  for (let isMore = true; isMore && !signal.aborted; await breathe()) {
    const taken = await transact(context, async (tx) => {
      if (!(await isOwn(tx, context, run.id))) return null;
      const counts = { undone, kept };
      const items = await tx.all(
        tx.build
          .selectFrom('import_item')
          .selectAll()
          .where('run_id', '=', run.id)
          .where('is_kept', '=', 0)
          .limit(itemsAtOnce),
      );
      const isLongEnough = startBatch();
      const rest = createBreath(4);
      for (const [done, item] of items.entries()) {
        if (isLongEnough(done)) break;
        const isBack = await takeBackOne(tx, context, run, item);
        counts[isBack ? 'undone' : 'kept'] += 1;
        await settle(tx, item, isBack);
        await rest();
      }
      const isDone = items.length === 0;
      if (isDone) await tell(tx, context, run, counts);
      if (isDone) await takeBackMade(tx, context, run);
      await changeRun(tx, run, { ...counts, ...(isDone ? { state: 'undone' as const } : {}) });
      return { ...counts, isDone };
    });
    if (!taken) return;
    ({ undone, kept } = taken);
    isMore = !taken.isDone;
  }
}

/** It has not been forgotten, nor has this program been taken for ended and another one begun. */
async function isOwn(tx: Transaction, { db }: Context, id: string): Promise<boolean> {
  const row = tx.build.selectFrom('import_run').select('state').where('id', '=', id);
  return (await tx.first(row.where('program_id', '=', db.programId)))?.state === 'undoing';
}

async function tell(
  tx: Transaction,
  context: Context,
  run: ImportRunRow,
  details: { readonly undone: number; readonly kept: number },
): Promise<void> {
  const find = tx.build.selectFrom('address_book').select(['name', 'account_id']).where('id', '=', run.book_id);
  const book = await tx.first(find);
  const object = { type: 'AddressBook', id: run.book_id, name: book?.name ?? '' } as const;
  await audit(tx, context, { kind: 'import.undone', ...(book && { ownerId: book.account_id }), object, details });
}

/** What is back needs no looking at any more; what was left is told. */
async function settle(
  tx: Transaction,
  { run_id: runId, card_id: cardId }: ImportItemRow,
  isBack: boolean,
): Promise<void> {
  const { build } = tx;
  const kept = build.updateTable('import_item').set({ is_kept: 1 });
  const one = isBack
    ? build.deleteFrom('import_item').where('run_id', '=', runId).where('card_id', '=', cardId)
    : kept.where('run_id', '=', runId).where('card_id', '=', cardId);
  await tx.run(one);
}

/** Whether a card is as it was before the import. */
async function takeBackOne(
  tx: Transaction,
  context: Context,
  run: ImportRunRow,
  item: ImportItemRow,
): Promise<boolean> {
  const old = await tx.first(tx.build.selectFrom('card').selectAll().where('id', '=', item.card_id));
  // Who has thrown it away or made it a part of another has done the undo's work.
  if (!old || old.trash_id !== null) return true;
  if (old.etag !== item.etag || old.book_id !== (item.book_id ?? run.book_id)) return false;
  try {
    await tx.joined(async (inside) => {
      if (item.before === null) {
        await forgetObject(inside, run.principal_id, old.id);
        await destroyCard(within(context, inside), { cardId: old.id });
        return;
      }
      const seen = await requireBook(inside, context, old.book_id);
      requireChange(context, seen, old);
      const { etag } = await saveCard(inside, context, { book: seen.book, vcard: item.before, old });
      await noteTakenBack(inside, run.principal_id, old.id, etag);
    });
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
