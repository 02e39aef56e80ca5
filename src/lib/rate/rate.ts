/** How many turns there are: `burst` at once, and `perMinute` come back in a minute. */
export type RateLimit = { readonly perMinute: number; readonly burst: number; readonly keys: number };

/** Gives turns by key. */
export type Rate = {
  /** Takes a turn: 0; or seconds until there is one, and then none is taken. */
  take(key: string): number;
};

/** Turns as from a bucket that fills again; the key that was used longest ago is forgotten first. */
export function createRate({ perMinute, burst, keys }: RateLimit, now: () => Date): Rate {
  const buckets = new Map<string, { left: number; at: number }>();
  const perSecond = perMinute / 60;
  return {
    take(key) {
      const seconds = now().getTime() / 1000;
      const known = buckets.get(key) ?? { left: burst, at: seconds };
      const left = Math.min(burst, known.left + Math.max(0, seconds - known.at) * perSecond);
      buckets.delete(key);
      buckets.set(key, { left: left < 1 ? left : left - 1, at: seconds });
      if (buckets.size > keys) buckets.delete(buckets.keys().next().value!);
      return left < 1 ? Math.ceil((1 - left) / perSecond) : 0;
    },
  };
}
