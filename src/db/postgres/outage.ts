import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../../lib/log.ts';

/** So long from the beginning of an outage whoever asks is kept waiting: another server has taken over by then, if that was planned. */
const patienceMilliseconds = 5_000;
const pauseMilliseconds = 200;

/** Whether the database is away, as far as requests have noticed. */
export type Outage = {
  /** Somebody has found it away: waits a little and answers whether to try anew, or (false) to give up. */
  outlast(error: unknown): Promise<boolean>;
  /** Somebody has been answered. */
  over(): void;
};

/**
 * Logs one line when the database is given up, and one when it is back. Patience is counted from the beginning of the
 * outage, not from each request: requests that arrive during an outage fail at once, so that they do not pile up.
 */
export function watchOutage(log: Log): Outage {
  let since: number | null = null;
  let isTold = false;
  return {
    async outlast(error) {
      since ??= performance.now();
      if (performance.now() - since < patienceMilliseconds) {
        await wait(pauseMilliseconds);
        return true;
      }
      if (!isTold) log.warn('The database is away', { error: error instanceof Error ? error.message : String(error) });
      isTold = true;
      return false;
    },
    over() {
      if (since === null) return;
      const seconds = Math.round((performance.now() - since) / 100) / 10;
      since = null;
      if (isTold) log.warn('The database is back', { seconds });
      isTold = false;
    },
  };
}
