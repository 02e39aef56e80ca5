import type { Log } from './log.ts';
import { silentMeter } from './meter.ts';
import type { Meter } from './meter.ts';

/** A task to be repeated. */
export type Job = { readonly name: string; readonly everySeconds: number; run(): Promise<unknown> };

/** Jobs that can be started and stopped. */
export type Jobs = {
  start(): void;
  /** Begins no further runs and waits for those under way. */
  stop(): Promise<void>;
};

/** What jobs tell, and to whom. */
export type JobSettings = {
  readonly log: Log;
  readonly meter?: Meter;
  /** Whether a failure is of something that is away, and of which somebody else says when it went and came back. */
  readonly isAway?: (error: unknown) => boolean;
};

/** A timer for each job; a run that takes longer than its interval never overlaps with the next. */
export function createJobs(
  table: readonly Job[],
  { log, meter = silentMeter, isAway = () => false }: JobSettings,
): Jobs {
  const timers: NodeJS.Timeout[] = [];
  const running = new Map<string, Promise<void>>();

  function begin(job: Job): void {
    if (running.has(job.name)) return;
    const began = performance.now();
    const note = (failed: boolean) =>
      meter.job({ name: job.name, failed, seconds: (performance.now() - began) / 1000 });
    const run = meter
      .within({ name: `job ${job.name}` }, () =>
        Promise.resolve()
          .then(() => job.run())
          .then(
            () => note(false),
            (error: unknown) => {
              note(true);
              if (isAway(error)) log.debug('job put off', { job: job.name, reason: String(error) });
              else log.error('job failed', { job: job.name, error });
            },
          ),
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
