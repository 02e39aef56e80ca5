import type { Writer } from './database.ts';

/** How to open a database that is to be filled. */
export type Target = {
  /** The migrations to apply; null: all. */
  readonly migrations: readonly string[] | null;
  /** What to do before anything else, in a transaction; throws if this database must not be filled. */
  begin(tx: Writer): Promise<void>;
};

/** Applies the whole schema, whatever the database contains. */
export const wholeSchema: Target = { migrations: null, begin: async () => undefined };
