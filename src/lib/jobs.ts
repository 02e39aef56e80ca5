import type { Log } from './log.ts';

/** Something to be done again and again. */
export type Job = { readonly name: string; readonly everySeconds: number; run(): Promise<unknown> };

/** Jobs that can be started and stopped. */
export type Jobs = {
  start(): void;
  /** Begins no further runs and waits for those under way. */
  stop(): Promise<void>;
};

/** A timer for each job; a run that takes longer than its interval is not run twice at once. */
export function createJobs(table: readonly Job[], log: Log): Jobs {
  const timers: NodeJS.Timeout[] = [];
  const running = new Map<string, Promise<void>>();

  function begin(job: Job): void {
    if (running.has(job.name)) return;
    const run = Promise.resolve()
      .then(() => job.run())
      .then(
        () => undefined,
        (error: unknown) => log.error('job failed', { job: job.name, error }),
      )
      .finally(() => running.delete(job.name));
    running.set(job.name, run);
  }

  return {
    start() {
      for (const job of table) {
        begin(job);
        // Does not keep the process alive by itself.
        timers.push(setInterval(() => begin(job), job.everySeconds * 1000).unref());
      }
    },
    async stop() {
      timers.forEach((timer) => clearInterval(timer));
      await Promise.all(running.values());
    },
  };
}
