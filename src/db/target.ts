import type { Writer } from './database.ts';

/** How a database is opened that is to be filled. */
export type Target = {
  /** The migrations to apply; null: all. */
  readonly migrations: readonly string[] | null;
  /** What is done before anything else, in a transaction; it throws when the database is none to be filled. */
  begin(tx: Writer): Promise<void>;
};

/** With the whole schema, whatever is there. */
export const wholeSchema: Target = { migrations: null, begin: async () => undefined };
