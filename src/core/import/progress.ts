import type { ImportItemRow, ImportRunRow } from '../../db/rows/importRows.ts';
import { statement } from '../../db/statement.ts';
import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import type { ImportReason } from '../../format/import/importItem.ts';
import type { FiledProblem } from './importEntries.ts';
import type { ZimbraReason } from './zimbra/zimbraChoices.ts';
import { requireBook } from '../sharing/access.ts';
import { changeRun } from './importRuns.ts';

const mostProblems = 10_000;

/** The progress of an import. */
export type Counts = { done: number; made: number; merged: number; skipped: number; failed: number };
/** What happened to one contact. */
export type Outcome = 'made' | 'merged' | 'skipped';

/** Nothing is done yet. */
export function noCounts(): Counts {
  return { done: 0, made: 0, merged: 0, skipped: 0, failed: 0 };
}

/** Counts what became of a contact, which is no problem. */
export function noteOutcome(counts: Counts, outcome: Outcome): null {
  counts.done += 1;
  counts[outcome] += 1;
  return null;
}

/** Records a card that an import made or changed, for its undo. */
export const insertItem = statement((build, { row }: { row: ImportItemRow }) =>
  build.insertInto('import_item').values(row),
);

/** A problem of any kind of import. */
export type NotedProblem = Omit<FiledProblem, 'reason'> & { readonly reason: ImportReason | ZimbraReason };

/** Whether the import was not cancelled, and its person was not locked out. */
export async function isWanted(tx: Transaction, id: string): Promise<boolean> {
  const { build } = tx;
  const row = await tx.first(
    build
      .selectFrom('import_run')
      .innerJoin('principal', 'principal.id', 'import_run.principal_id')
      .select('state')
      .where('import_run.id', '=', id)
      .where('is_active', '=', 1),
  );
  return row?.state === 'running';
}

/** Adds a problem to the report; returns the position for the next one. */
export async function noteProblem(
  { tx, run, counts }: { readonly tx: Transaction; readonly run: ImportRunRow; readonly counts: Counts },
  { file, line, reason, isLost, detail, text }: NotedProblem,
  position: number,
): Promise<number> {
  if (isLost) {
    counts.done += 1;
    counts.failed += 1;
  }
  if (position >= mostProblems) return position;
  const row = { run_id: run.id, position, file, line, reason, is_lost: Number(isLost), detail: detail ?? null, text };
  await tx.run(tx.build.insertInto('import_problem').values(row));
  return position + 1;
}

/** Ends an import that was completed. */
export async function finish(context: Context, run: ImportRunRow, counts: Counts): Promise<void> {
  await transact(context, async (tx) => {
    if (!(await isWanted(tx, run.id))) return;
    const { book } = await requireBook(tx, context, run.book_id);
    const object = { type: 'AddressBook', id: book.id, name: book.name } as const;
    await audit(tx, context, { kind: 'import.done', ownerId: book.account_id, object, details: counts });
    await changeRun(tx, run, { state: 'done', ended_at: context.now().toISOString() });
  });
}
