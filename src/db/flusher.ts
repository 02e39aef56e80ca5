/** Flushes writes to the disk: once for everybody who is waiting, without blocking the rest of the process. */
export type Flusher = {
  /** Something has been written. */
  note(): void;
  /** Everything written so far is on the disk, when this returns; throws when that failed. */
  settled(): Promise<void>;
  /** Throws once a flush has failed. */
  requireSound(): void;
};

/**
 * A flusher that uses the given flush. What is written during a flush waits for the next one. After a failed flush
 * nobody knows what is on the disk, and the next flush would not tell either (the system may have discarded what it
 * could not write): nothing more is accepted until the process restarts and reads what is there.
 */
export function createFlusher(flush: () => Promise<void>): Flusher {
  let written = 0;
  let flushed = 0;
  let underWay: Promise<void> | null = null;
  let failure: Error | null = null;

  const requireSound = () => {
    if (failure) throw failure;
  };
  async function round(): Promise<void> {
    const covered = written;
    try {
      await flush();
      flushed = covered;
    } catch (error) {
      failure = new Error('What was written did not reach the disk: start the program anew', { cause: error });
    } finally {
      underWay = null;
    }
  }

  return {
    note: () => void written++,
    requireSound,
    async settled() {
      const wanted = written;
      while (flushed < wanted) {
        requireSound();
        underWay ??= round();
        await underWay;
      }
      requireSound();
    },
  };
}
