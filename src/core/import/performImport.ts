import type { ImportRunRow } from '../../db/rows/importRows.ts';
import { AppError } from '../../errors.ts';
import { actorOf } from '../auth/actorOf.ts';
import { transact } from '../change/transact.ts';
import { asOperation } from '../version/asOperation.ts';
import type { World } from '../context.ts';
import { changeRun } from './importRuns.ts';
import { runImport } from './runImport.ts';
import { takeBack } from './takeBack.ts';
import { runZimbra } from './zimbra/runZimbra.ts';

const runners = { file: runImport, zimbra: runZimbra };

/** Runs an import that was taken, or an undo; the outcome is stored in its row. */
export async function performImport(world: World, run: ImportRunRow, signal: AbortSignal): Promise<void> {
  const context = { ...world, way: 'import' as const, actor: await actorOf(world, run.principal_id, undefined) };
  try {
    if (run.state === 'undoing') await takeBack(asOperation(context, 'restore'), run, signal);
    else await runners[run.kind](asOperation(context, 'import', run.id), run, signal);
  } catch (error) {
    const reason = error instanceof AppError ? String(error.details.reason ?? error.kind) : 'fault';
    await transact(world, async (tx) => {
      await changeRun(tx, run, { state: 'failed', reason, ended_at: world.now().toISOString() });
    });
    if (!(error instanceof AppError)) throw error;
  }
}

/**
 * Takes a waiting import or undo for this node; false: it was cancelled in the meantime, or another node has taken it.
 */
export async function takeImport(world: World, run: ImportRunRow): Promise<boolean> {
  return transact(world, async (tx) => {
    const row = tx.build.selectFrom('import_run').select(['state', 'program_id']).where('id', '=', run.id);
    const now = await tx.first(row);
    if (now?.state !== run.state || now.program_id !== run.program_id) return false;
    const state = run.state === 'waiting' ? 'running' : run.state;
    await changeRun(tx, run, { state, program_id: world.db.programId });
    return true;
  });
}

/** Runs an import that this process has started itself, while nodes can see that it is alive. */
export async function performOwn(world: World, id: string): Promise<void> {
  const run = await world.db.first(world.db.build.selectFrom('import_run').selectAll().where('id', '=', id));
  if (!run || !(await takeImport(world, run))) return;
  await performImport(world, { ...run, state: 'running' }, new AbortController().signal);
}
