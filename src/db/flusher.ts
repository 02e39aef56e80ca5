/** Brings what was written onto the disk: once for all who wait, and beside the rest of the program. */
export type Flusher = {
  /** Something has been written. */
  note(): void;
  /** Everything written so far is on the disk, when this returns; throws when that failed. */
  settled(): Promise<void>;
  /** Throws once a flush has failed. */
  requireSound(): void;
};

/**
 * A flusher with what flushes. Whatever is written while a flush is under way waits for the next one. After one that
 * failed nobody knows what the disk has, nor does the next one say (the system may have given up what it could not write):
 * nothing more is taken until the program starts anew and reads what is there.
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
