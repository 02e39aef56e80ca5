/** Runs a task as soon as fewer than the allowed number are running, in the order of asking. */
export type Slots = <T>(task: () => Promise<T>) => Promise<T>;

/** A semaphore: this many tasks run at once, the others wait. */
export function createSlots(atOnce: number): Slots {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    // The one who ends hands its place on, so `running` does not change.
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
