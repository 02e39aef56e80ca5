import type { ImportRunRow } from '../../db/importRows.ts';
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

/** Carries out an import that waits, or an undo; how it ends stands in its row. */
export async function performImport(world: World, run: ImportRunRow, signal: AbortSignal): Promise<void> {
  const context = { ...world, way: 'import' as const, actor: await actorOf(world, run.principal_id, undefined) };
  try {
    if (run.state === 'undoing') {
      await takeBack(asOperation(context, 'restore'), run, signal);
      return;
    }
    if (!(await begin(world, run))) return;
    await runners[run.kind](asOperation(context, 'import', run.id), run, signal);
  } catch (error) {
    const reason = error instanceof AppError ? String(error.details.reason ?? error.kind) : 'fault';
    await transact(world, async (tx) => {
      await changeRun(tx, run, { state: 'failed', reason, ended_at: world.now().toISOString() });
    });
    if (!(error instanceof AppError)) throw error;
  }
}

/** Whether the import is still wanted: it may have been cancelled before its turn. */
async function begin(world: World, run: ImportRunRow): Promise<boolean> {
  return transact(world, async (tx) => {
    const now = await tx.first(tx.build.selectFrom('import_run').select('state').where('id', '=', run.id));
    if (now?.state !== 'waiting') return false;
    await changeRun(tx, run, { state: 'running' });
    return true;
  });
}
