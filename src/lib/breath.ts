import { setImmediate as turn } from 'node:timers/promises';

/**
 * To be awaited at every step of a long task: each time so many steps are done, everybody else gets their turn. The
 * database answers without a pause, so that a task would else keep the whole program to itself.
 */
export function createBreath(steps: number): () => Promise<void> {
  let done = 0;
  return async () => {
    done += 1;
    if (done % steps === 0) await turn();
  };
}
