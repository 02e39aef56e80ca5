const waiting = new Set<() => void>();

/**
 * Runs something after all that arrives together has been taken in: what comes in one answer is drawn once, and not
 * once for each of its parts.
 */
export function soon(run: () => void): void {
  if (waiting.size === 0) setTimeout(flush);
  waiting.add(run);
}

function flush(): void {
  const all = [...waiting];
  waiting.clear();
  for (const run of all) run();
}
