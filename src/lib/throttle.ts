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

/** Counts failures by key and says how long to wait before the next try. */
export type Throttle = {
  /** Seconds to wait; 0: try now. */
  waitFor(key: string): number;
  /** Counts a try as failed before its outcome is known, so that tries at the same time cannot slip through. */
  count(key: string): void;
  /** Takes one counted try back: it was none, or it went well. */
  uncount(key: string): void;
  /** Forgets the key. */
  forget(key: string): void;
};

/** A throttle that has seen nothing yet. */
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
  return {
    waitFor(key) {
      const { count, last } = known(key);
      if (count <= patience.free) return 0;
      const wait = Math.min(patience.longestWait, patience.firstWait * 2 ** (count - patience.free - 1));
      return Math.max(0, Math.ceil(last + wait - seconds()));
    },
    count: (key) => keep(key, known(key).count + 1, seconds()),
    uncount: (key) => keep(key, known(key).count - 1, known(key).last),
    forget: (key) => failures.delete(key),
  };
}
