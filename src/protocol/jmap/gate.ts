/** Lets so many in at a time for each key. */
export type Gate = {
  /** Runs the task, or answers null at once when the key has its number inside already. */
  pass<T>(key: string, task: () => Promise<T>): Promise<T | null>;
};

/** A gate with nobody inside. */
export function createGate(most: number): Gate {
  const inside = new Map<string, number>();
  return {
    async pass(key, task) {
      const count = inside.get(key) ?? 0;
      if (count >= most) return null;
      inside.set(key, count + 1);
      try {
        return await task();
      } finally {
        const left = inside.get(key)! - 1;
        if (left === 0) inside.delete(key);
        else inside.set(key, left);
      }
    },
  };
}
