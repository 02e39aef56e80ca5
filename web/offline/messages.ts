/** What a page asks of the worker. */
export type ToWorker = { readonly type: 'refresh' | 'status' | 'retry' | 'abandon' | 'erase' };

/** How things stand with what is kept. */
export type FromWorker = {
  /** What was asked last was answered from what is kept. */
  readonly isAway: boolean;
  /** When everything was as on the server; null: not yet. */
  readonly syncedAt: string | null;
  /** So many changes wait for the connection. */
  readonly waiting: number;
  /** What the server did not take. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
};
