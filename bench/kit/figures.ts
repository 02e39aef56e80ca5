/** What some times come down to, in milliseconds; `cpu` is the processor time of the server, for each. */
export type Figures = { readonly median: number; readonly p95: number; readonly count: number; readonly cpu?: number };

/** The median and the 95th percentile. */
export function figuresOf(times: readonly number[]): Figures {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
  return { median: at(0.5), p95: at(0.95), count: sorted.length };
}

/** How long a task takes, in milliseconds. */
export async function timed(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

/** A time with as many digits as mean something. */
export function written(milliseconds: number): string {
  if (milliseconds >= 100) return milliseconds.toFixed(0);
  return milliseconds >= 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(2);
}
