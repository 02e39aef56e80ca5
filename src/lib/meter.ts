/** A request or a job run, of which other measurements are parts. */
export type Whole = {
  readonly name: string;
  /** Names the request in the log, too. */
  readonly requestId?: string;
  /** What the program that asked calls its own doing (W3C Trace Context). */
  readonly traceparent?: string | undefined;
};

/** Receives measurements for whoever monitors the program: how long something took, and how it ended. */
export type Meter = {
  /** Runs something: what is measured before it has ended belongs to it. */
  within<T>(whole: Whole, task: () => Promise<T>): Promise<T>;
  /** An answer to a request, by the door that gave it. */
  request(facts: {
    readonly protocol: string;
    readonly operation: string;
    readonly status: number;
    readonly seconds: number;
  }): void;
  /** One method of a JMAP request; `error` is the type of its error, or empty. */
  method(facts: { readonly name: string; readonly error: string; readonly seconds: number }): void;
  /** A transaction: how long it waited for its turn, and how long it had it. */
  transaction(facts: { readonly waited: number; readonly ran: number }): void;
  /** A run of something that is done again and again. */
  job(facts: { readonly name: string; readonly failed: boolean; readonly seconds: number }): void;
};

/** A meter that discards everything. */
export const silentMeter: Meter = {
  within: (_whole, task) => task(),
  request: () => undefined,
  method: () => undefined,
  transaction: () => undefined,
  job: () => undefined,
};

/** A meter that passes everything on to several. */
export function joinMeters(meters: readonly Meter[]): Meter {
  return {
    within: (whole, task) => meters.reduceRight((inner, meter) => () => meter.within(whole, inner), task)(),
    request: (facts) => meters.forEach((meter) => meter.request(facts)),
    method: (facts) => meters.forEach((meter) => meter.method(facts)),
    transaction: (facts) => meters.forEach((meter) => meter.transaction(facts)),
    job: (facts) => meters.forEach((meter) => meter.job(facts)),
  };
}
