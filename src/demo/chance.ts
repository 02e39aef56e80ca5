/** Chance that is the same at every start: the demonstration looks alike everywhere. */
export type Chance = {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  /** Whether it happens, so many times in a hundred. */
  percent(percent: number): boolean;
  pick<T>(list: readonly T[]): T;
};

/** A sequence of its own for each seed (mulberry32: small, and even enough for names). */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { next, below, percent: (percent) => next() * 100 < percent, pick: (list) => list[below(list.length)]! };
}
