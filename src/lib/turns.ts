/** Runs a task when all earlier ones of the same key have ended, whether well or badly. */
export type Turns = <T>(key: string, task: () => Promise<T>) => Promise<T>;

/** Queues by key; a key that nobody waits for costs nothing. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return (key, task) => {
    const result = (last.get(key) ?? Promise.resolve()).then(task, task);
    const ended = result.then(
      () => undefined,
      () => undefined,
    );
    last.set(key, ended);
    void ended.then(() => {
      if (last.get(key) === ended) last.delete(key);
    });
    return result;
  };
}
