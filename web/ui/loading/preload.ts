import { isWaitedFor, whenNothingIsWaitedFor } from './waiting.ts';

const queue: (() => Promise<unknown>)[] = [];
let isPreloading = false;

/**
 * Fetches code while the browser has nothing else to do, so that it is there at once, even when the server is not. One
 * after another: together they would take longer than a key press should wait. Not before what the page shows has come: a
 * browser that waits for the server is idle, too, and what is fetched then is in the way of the answer.
 */
export function preloadWhenIdle(...loads: readonly (() => Promise<unknown>)[]): void {
  queue.push(...loads);
  begin();
}

/** The same, before all that waits: what the rest is opened from. */
export function preloadFirst(load: () => Promise<unknown>): void {
  queue.unshift(load);
  begin();
}

function begin(): void {
  if (isPreloading) return;
  isPreloading = true;
  whenIdle(next);
}

async function next(): Promise<void> {
  try {
    await queue.shift()?.();
  } catch {
    // It is tried again when it is needed.
  }
  isPreloading = queue.length > 0;
  if (isPreloading) whenIdle(next);
}

function whenIdle(run: () => Promise<void>): void {
  const callback = () => {
    if (isWaitedFor()) whenNothingIsWaitedFor(() => whenIdle(run));
    else void run();
  };
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in window) requestIdleCallback(callback, { timeout: 5_000 });
  else setTimeout(callback, 300);
}
