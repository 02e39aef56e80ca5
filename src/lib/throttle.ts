/** How patient a throttle is. */
export type Patience = {
  /** So many failures cost nothing. */
  readonly free: number;
  /** The wait after the next one, in seconds; each further failure doubles it. */
  readonly firstWait: number;
  readonly longestWait: number;
  /** Failures are forgotten after so many quiet seconds. */
  readonly memory: number;
  /** So many keys at most; the one that failed longest ago is forgotten first. */
  readonly keys: number;
};

/** Counts failures by key, and says how long to wait before the next attempt. */
export type Throttle = {
  /** Seconds to wait; 0: try now. */
  waitFor(key: string): Promise<number>;
  /**
   * Counts a try as failed before its outcome is known, so that tries at the same time cannot slip through: 0. Whoever has to wait
   * is not counted: so many seconds.
   */
  begin(key: string): Promise<number>;
  /** Takes one counted try back: it was none, or it went well. */
  uncount(key: string): Promise<void>;
  /** Forgets the key. */
  forget(key: string): Promise<void>;
};

/** How many seconds to wait after this many failures. */
export function waitAfter(failures: number, { free, firstWait, longestWait }: Patience): number {
  return failures <= free ? 0 : Math.min(longestWait, firstWait * 2 ** (failures - free - 1));
}

/**
 * Begins an attempt that several throttles count. Returns 0, or the number of seconds to wait; in that case none of
 * them has counted it.
 */
export async function beginTry(counted: readonly (readonly [Throttle, string])[]): Promise<number> {
  const begun: (readonly [Throttle, string])[] = [];
  for (const [throttle, key] of counted) {
    const wait = await throttle.begin(key);
    if (wait > 0) {
      await Promise.all(begun.map(([other, otherKey]) => other.uncount(otherKey)));
      return wait;
    }
    begun.push([throttle, key]);
  }
  return 0;
}

/** A throttle in the memory of this process. */
export function createThrottle(patience: Patience, now: () => Date): Throttle {
  const failures = new Map<string, { count: number; last: number }>();
  const seconds = () => now().getTime() / 1000;
  const known = (key: string) => {
    const entry = failures.get(key);
    return entry && seconds() - entry.last <= patience.memory ? entry : { count: 0, last: 0 };
  };
  const keep = (key: string, count: number, last: number) => {
    failures.delete(key);
    if (count > 0) failures.set(key, { count, last });
    if (failures.size > patience.keys) failures.delete(failures.keys().next().value!);
  };
  const waitFor = (key: string) => {
    const { count, last } = known(key);
    const wait = waitAfter(count, patience);
    return wait === 0 ? 0 : Math.max(0, Math.ceil(last + wait - seconds()));
  };
  return {
    waitFor: async (key) => waitFor(key),
    async begin(key) {
      const wait = waitFor(key);
      if (wait === 0) keep(key, known(key).count + 1, seconds());
      return wait;
    },
    uncount: async (key) => keep(key, known(key).count - 1, known(key).last),
    forget: async (key) => void failures.delete(key),
  };
}
