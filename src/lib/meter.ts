/** What is measured, for whoever watches the program: how long something took, and how it ended. */
export type Meter = {
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

/** Nobody watches. */
export const silentMeter: Meter = {
  request: () => undefined,
  method: () => undefined,
  transaction: () => undefined,
  job: () => undefined,
};
