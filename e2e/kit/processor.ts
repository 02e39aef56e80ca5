/** What a page costs the processor: time that it waits for, on a busy machine, is not in it. */
import type { Browser, Page } from 'playwright-core';

type TraceEvent = {
  readonly name: string;
  readonly cat: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Processor time of the thread, in microseconds. */
  readonly tdur?: number;
  readonly args: { readonly startTime?: number; readonly data?: { readonly startTime?: number } };
};

/** What the main thread did between the beginning of the page, or a mark, and another mark. */
export type MainThread = {
  /** Milliseconds of the processor, all tasks together. */
  readonly total: number;
  /** The longest task. */
  readonly longest: number;
};

/** Records what the browser does while something happens. */
export async function traced(browser: Browser, page: Page, run: () => Promise<void>): Promise<readonly TraceEvent[]> {
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  let octets: Buffer;
  try {
    await run();
  } finally {
    octets = await browser.stopTracing();
  }
  return (JSON.parse(octets.toString()) as { traceEvents: TraceEvent[] }).traceEvents;
}

/** The tasks of the page's main thread until a mark (`performance.mark`), from another one or from the beginning of the page. */
export function mainThread(events: readonly TraceEvent[], { from, to }: { from?: string; to: string }): MainThread {
  const mark = (name: string) => events.find((event) => event.name === name && event.cat.includes('user_timing'));
  const end = mark(to);
  if (!end) throw new Error(`The page has not marked ${to}.`);
  const sinceStart = end.args.startTime ?? end.args.data?.startTime ?? 0;
  const start = from === undefined ? end.ts - sinceStart * 1_000 : (mark(from)?.ts ?? Number.NaN);
  const mine = events
    .filter(({ pid, tid, ph, ts }) => pid === end.pid && tid === end.tid && ph === 'X' && ts >= start && ts <= end.ts)
    .toSorted((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0));
  let until = 0;
  let total = 0;
  let longest = 0;
  for (const { ts, dur = 0, tdur = 0 } of mine) {
    // What happens within a task is in its time already.
    if (ts < until) continue;
    until = ts + dur;
    total += tdur;
    longest = Math.max(longest, tdur);
  }
  return { total: total / 1_000, longest: longest / 1_000 };
}
