import { setTimeout as wait } from 'node:timers/promises';
import type { Ledger } from './ledger.ts';
import { Unavailable, WrongAnswer } from './places.ts';

/** Something was not to be had. */
export type Trouble = {
  /** null: the connection was lost. */
  readonly status: number | null;
  /** So long the answer took. */
  readonly seconds: number;
  readonly message: string;
};

/** What everybody who works has in common. */
export type Run = {
  readonly ledger: Ledger;
  readonly troubles: Trouble[];
  readonly clerks: Clerk[];
  isOver: boolean;
};

/** Somebody who asks one thing after the other, and notes how long they were not answered. */
export type Clerk = {
  readonly run: Run;
  /** Asks once; undefined: it was not to be had. */
  once<T>(ask: () => Promise<T>): Promise<T | undefined>;
  /** Asks until it is answered. */
  again<T>(ask: () => Promise<T>): Promise<T>;
  silence(): { readonly longest: number; readonly slowest: number };
};

const pauseMilliseconds = 100;

/** One more of them. */
export function createClerk(run: Run): Clerk {
  let answered = performance.now();
  let [longest, slowest] = [0, 0];
  const since = (then: number) => (performance.now() - then) / 1000;
  const clerk: Clerk = {
    run,
    async once(ask) {
      const began = performance.now();
      try {
        const answer = await ask();
        longest = Math.max(longest, since(answered));
        answered = performance.now();
        return answer;
      } catch (error) {
        if (error instanceof WrongAnswer) run.ledger.problems.push(error.message);
        else if (!(error instanceof Unavailable)) throw error;
        const status = error instanceof Unavailable ? error.status : 0;
        run.troubles.push({ status, seconds: since(began), message: error.message });
        return undefined;
      } finally {
        slowest = Math.max(slowest, since(began));
      }
    },
    async again(ask) {
      for (;;) {
        const answer = await clerk.once(ask);
        if (answer !== undefined) return answer;
        await wait(pauseMilliseconds);
      }
    },
    silence() {
      const told = { longest: Math.max(longest, since(answered)), slowest };
      [longest, slowest] = [0, 0];
      return told;
    },
  };
  run.clerks.push(clerk);
  return clerk;
}
