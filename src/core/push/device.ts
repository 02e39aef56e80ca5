import type { ChangedStates } from '../sync/changedStates.ts';

/** How a post went: it is there; nobody wants it; or it may be tried again, after so many seconds at least. */
export type Outcome = 'delivered' | 'refused' | { readonly retryAfter: number };

/** One device that is to be told: it hears the newest states, when it can. */
export type Device = {
  /** Notes what changed; told soon, together with what else comes until then. */
  note(states: ChangedStates): void;
  /** Tells nothing more. */
  stop(): void;
};

/** How a device is told; `second` is shorter in tests. */
export type DeviceSettings = {
  /** Sends what is waiting. Never throws. */
  deliver(states: ChangedStates): Promise<Outcome>;
  refused(): void;
  readonly second: number;
  /** After so many failures in a row it counts as refused; absent: never. */
  readonly mostFailures?: number;
};

/** After a message the next one waits so long, for others to come along with it. */
const pauseSeconds = 1;
const firstRetrySeconds = 5;
const longestRetrySeconds = 3600;

/** A device of which nothing is known yet. */
export function createDevice({ deliver, refused, second, mostFailures = Infinity }: DeviceSettings): Device {
  const waiting = new Map<string, Map<string, string>>();
  let timer: NodeJS.Timeout | null = null;
  let isBusy = false;
  let isStopped = false;
  let failures = 0;
  let notBefore = 0;

  function schedule(): void {
    if (timer || isBusy || isStopped || waiting.size === 0) return;
    timer = setTimeout(() => void flush(), Math.max(0, notBefore - performance.now()));
    timer.unref();
  }

  async function flush(): Promise<void> {
    timer = null;
    isBusy = true;
    const states = new Map(waiting);
    waiting.clear();
    const outcome = await deliver(states);
    isBusy = false;
    if (isStopped) return;
    if (outcome !== 'delivered') failures++;
    if (outcome === 'refused' || failures >= mostFailures) {
      refused();
      return;
    }
    if (outcome === 'delivered') failures = 0;
    else mergeUnder(waiting, states);
    notBefore = performance.now() + pauseAfter(outcome) * second;
    schedule();
  }

  function pauseAfter(outcome: Exclude<Outcome, 'refused'>): number {
    if (outcome === 'delivered') return pauseSeconds;
    const patience = Math.min(longestRetrySeconds, firstRetrySeconds * 2 ** (failures - 1));
    return Math.max(patience, outcome.retryAfter);
  }

  return {
    note(states) {
      for (const [accountId, types] of states) {
        const known = waiting.get(accountId) ?? new Map<string, string>();
        for (const [type, state] of types) known.set(type, state);
        waiting.set(accountId, known);
      }
      schedule();
    },
    stop() {
      isStopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}

/** What could not be told is told with what came since, which is newer. */
function mergeUnder(waiting: Map<string, Map<string, string>>, old: ReadonlyMap<string, Map<string, string>>): void {
  for (const [accountId, types] of old) {
    waiting.set(accountId, new Map([...types, ...(waiting.get(accountId) ?? [])]));
  }
}
