import { AppError } from '../../errors.ts';
import { createRate } from '../../lib/rate/rate.ts';

/** Counts the requests of each person, and of each public link. */
export type RequestRate = {
  /** Throws `tooManyAttempts` (reason `tooManyRequests`, with `retryAfter`) when there were too many in the last minute. */
  require(key: string): void;
  /** Takes a turn: 0; or so many seconds until there is one. */
  take(key: string): number;
};

/** So many are remembered at once: of more, who was here longest ago begins anew. */
const keys = 100_000;

/**
 * Allows this many requests a minute, whether all at once or one after the other; 0: no limit. Requests to other nodes
 * are not counted.
 */
export function createRequestRate(perMinute: number, now: () => Date): RequestRate {
  if (perMinute === 0) return { require: () => undefined, take: () => 0 };
  const rate = createRate({ perMinute, burst: perMinute, keys }, now);
  return {
    take: rate.take,
    require(key) {
      const retryAfter = rate.take(key);
      if (retryAfter === 0) return;
      const message = `At most ${perMinute} requests in a minute: try again in ${retryAfter} seconds`;
      throw new AppError('tooManyAttempts', message, { reason: 'tooManyRequests', retryAfter });
    },
  };
}
