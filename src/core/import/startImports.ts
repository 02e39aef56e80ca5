import type { ImportRunRow } from '../../db/importRows.ts';
import type { World } from '../context.ts';
import { interruptImports } from './importRuns.ts';
import { performImport } from './performImport.ts';

/** Imports at work. */
export type Imports = {
  /** When nothing is under way any more. */
  idle(): Promise<void>;
  /** Stops after the batch that is being written; the rest is *interrupted*. */
  stop(): Promise<void>;
};

/** How many run at once: the database writes one thing at a time anyhow, but nobody's ten contacts wait for 50,000. */
const atOnce = 2;

/** Runs what is asked for, soon after the commit that asks for it. */
export async function startImports(world: World, report: (error: unknown) => void): Promise<Imports> {
  await interruptImports(world);
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();

  async function look(): Promise<void> {
    if (stopping.signal.aborted || running.size >= atOnce) return;
    const run = await nextRun(world, [...running.keys()]);
    if (!run || running.has(run.id) || running.size >= atOnce) return;
    const done = performImport(world, run, stopping.signal)
      .catch(report)
      .finally(() => {
        running.delete(run.id);
        kick();
      });
    running.set(run.id, done);
    await look();
  }
  let looking: Promise<void> = Promise.resolve();
  const kick = (): void => {
    looking = looking.then(look).catch(report);
  };
  const silence = world.hub.listen(({ changes }) => {
    if (changes.some(({ type }) => type === 'ContactImport')) kick();
  });
  const idle = async (): Promise<void> => {
    await looking;
    while (running.size > 0) await Promise.all(running.values()).then(() => looking);
  };
  return {
    idle,
    async stop() {
      stopping.abort();
      silence();
      await idle();
      await interruptImports(world);
    },
  };
}

function nextRun({ db }: World, except: readonly string[]): Promise<ImportRunRow | undefined> {
  const waiting = db.build
    .selectFrom('import_run')
    .selectAll()
    .where('state', 'in', ['waiting', 'undoing'])
    .orderBy('created_at');
  return db.first(except.length === 0 ? waiting : waiting.where('id', 'not in', except));
}
