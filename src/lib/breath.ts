import { setImmediate as turn } from 'node:timers/promises';

/**
 * To be awaited at every step of a long task: after each `steps` steps it yields to the event loop. The database
 * answers synchronously, so that a long task would otherwise keep the whole process to itself.
 */
export function createBreath(steps: number): () => Promise<void> {
  let done = 0;
  return async () => {
    done += 1;
    if (done % steps === 0) await turn();
  };
}
