import { performance } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How often it is looked at whether there is anything to do, in milliseconds. */
const interval = 5_000;
/** Whoever works for less than this part of the time is idle. */
const idleUtilization = 0.02;
/** So much more than was in use must be held, in octets: to collect takes some 50 ms. */
const worthwhile = 16 * 2 ** 20;

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

/**
 * Gives memory back to the system when the program has been idle for some seconds after it has held much more than it needs. V8
 * collects by what is allocated, so that after a busy hour two thirds of its heap are garbage until somebody asks for more
 * (decision 049). Ends with the program.
 */
export function returnMemoryWhenIdle(): void {
  // No more than this flag makes the function; the program could not be started with it everywhere.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  let inUse = 0;
  let before = performance.eventLoopUtilization();
  setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    if (utilization > idleUtilization || getHeapStatistics().total_heap_size < inUse + worthwhile) return;
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    inUse = getHeapStatistics().total_heap_size;
    before = performance.eventLoopUtilization();
  }, interval).unref();
}
