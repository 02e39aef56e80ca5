import type { ImportRunRow } from '../../db/rows/importRows.ts';
import type { World } from '../context.ts';
import { interruptImports, interruptOwnImports, nextImport } from './importRuns.ts';
import { performImport, takeImport } from './performImport.ts';

/** Imports at work. */
export type Imports = {
  /** When nothing is under way any more. */
  idle(): Promise<void>;
  /** Stops after the batch that is being written; it is *interrupted* then. What waits goes on waiting. */
  stop(): Promise<void>;
};

/** So often it is looked for imports that wait at another program, which may have ended; in milliseconds. */
const looksEvery = 3_000;

/** How many run at once: the database writes one thing at a time anyhow, but nobody's ten contacts wait for 50,000. */
const atOnce = 2;

/** Runs what is asked for, soon after the commit that asks for it; of several programs the first that is free. */
export async function startImports(world: World, report: (error: unknown) => void): Promise<Imports> {
  await interruptImports(world);
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();

  async function look(): Promise<void> {
    if (stopping.signal.aborted || running.size >= atOnce) return;
    const run = await nextImport(world);
    if (!run || running.size >= atOnce) return;
    if (await takeImport(world, run)) begin(run);
    await look();
  }
  function begin(run: ImportRunRow): void {
    const done = performImport(world, run, stopping.signal)
      .catch(report)
      .finally(() => {
        running.delete(run.id);
        kick();
      });
    running.set(run.id, done);
  }
  let looking: Promise<void> = Promise.resolve();
  const kick = (): void => {
    looking = looking.then(look).catch(report);
  };
  const silence = world.hub.listen(({ changes }) => {
    if (changes.some(({ type }) => type === 'ContactImport')) kick();
  });
  const timer = world.db.isShared ? setInterval(kick, looksEvery).unref() : undefined;
  const idle = async (): Promise<void> => {
    await looking;
    while (running.size > 0) await Promise.all(running.values()).then(() => looking);
  };
  return {
    idle,
    async stop() {
      stopping.abort();
      silence();
      clearInterval(timer);
      await idle();
      await interruptOwnImports(world);
    },
  };
}
