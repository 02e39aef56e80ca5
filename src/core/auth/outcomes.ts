import { hash, randomBytes } from 'node:crypto';

/** What a check of a password found: whose it is, or null. */
type Verdict = Promise<string | null>;

type Outcome = { readonly verdict: Verdict; readonly until: number };

/**
 * How long results are remembered. A right password is forgotten after a while; a wrong one may be remembered for ever.
 */
export type Memory = { readonly rightSeconds: number; readonly wrongSeconds: number };

/** Recent results of password checks. Neither passwords nor anything from which they can be recovered are in memory. */
export type Outcomes = {
  /** `parts`: the name, the password, and whatever makes the question another one when it changes. */
  remembered(...parts: string[]): Verdict | undefined;
  remember(verdict: Verdict, memory: Memory, ...parts: string[]): Verdict;
  forget(...parts: string[]): void;
};

const mostOutcomes = 5000;

/** A memory in this process only: its key is created now and stored nowhere. A check that fails is not remembered. */
export function rememberOutcomes(now: () => Date): Outcomes {
  const secret = randomBytes(32).toString('base64url');
  const outcomes = new Map<string, Outcome>();
  // Asked with every request: one call, and the keys never leave this map.
  const keyOf = (parts: readonly string[]) => hash('sha256', secret + JSON.stringify(parts), 'base64url');
  return {
    remembered(...parts) {
      const outcome = outcomes.get(keyOf(parts));
      return outcome && outcome.until > now().getTime() ? outcome.verdict : undefined;
    },
    remember(verdict, { rightSeconds, wrongSeconds }, ...parts) {
      const key = keyOf(parts);
      const outcome = { verdict, until: now().getTime() + rightSeconds * 1000 };
      outcomes.delete(key);
      outcomes.set(key, outcome);
      if (outcomes.size > mostOutcomes) outcomes.delete(outcomes.keys().next().value!);
      const isStillThere = () => outcomes.get(key) === outcome;
      verdict.then(
        (found) => {
          if (found !== null || !isStillThere()) return;
          outcomes.set(key, { verdict, until: now().getTime() + wrongSeconds * 1000 });
        },
        () => isStillThere() && outcomes.delete(key),
      );
      return verdict;
    },
    forget: (...parts) => void outcomes.delete(keyOf(parts)),
  };
}
