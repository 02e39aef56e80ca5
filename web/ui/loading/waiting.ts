let waiters = 0;
let listeners: (() => void)[] = [];

/** Somebody looks at a place where something is still to come; calling what is returned says that it has come. */
export function waitHere(): () => void {
  waiters += 1;
  return () => {
    waiters -= 1;
    if (waiters > 0) return;
    const all = listeners;
    listeners = [];
    for (const listener of all) listener();
  };
}

/** Whether there is such a place on the page. */
export function isWaitedFor(): boolean {
  return waiters > 0;
}

/** Calls the listener once, when the last of them is filled. */
export function whenNothingIsWaitedFor(listener: () => void): void {
  listeners.push(listener);
}
