import type { CompiledQuery, Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** A query of the builder, compiled only when it runs. */
export type Query<Row> = { compile(): CompiledQuery<Row> };

/**
 * What reads. `build` is the typed query builder of this database's dialect; it compiles, it does not connect.
 * Queries with `sql` templates are given as `sql<Row>\`…\`.compile(db.build)`.
 */
export type Reader = {
  readonly build: Kysely<Schema>;
  all<Row>(query: Query<Row> | CompiledQuery<Row>): Promise<Row[]>;
  /** The first row, or undefined. */
  first<Row>(query: Query<Row> | CompiledQuery<Row>): Promise<Row | undefined>;
};

/** What writes, inside one transaction. */
export type Writer = Reader & {
  /** Runs a statement; the number of rows that it changed. */
  run(query: Query<unknown> | CompiledQuery<unknown>): Promise<number>;
  /** A part that fails alone: when it throws, only what it did is undone. */
  nested<T>(task: () => Promise<T>): Promise<T>;
};

/** A database that is open. Reads outside a transaction see what is committed. */
export type Database = Reader & {
  /**
   * Runs the task in a transaction that is committed (and durable) when it returns, rolled back when it throws.
   * Transactions run one after the other: a task waits for nothing but this database. `committed` runs behind the commit
   * and before the next of them: what it reads is what the task has left, and nobody else.
   */
  transaction<T>(task: (writer: Writer) => Promise<T>, committed?: () => Promise<void>): Promise<T>;
  /**
   * Everything that could be read so far is durable, when this returns. What somebody else has just committed may be read
   * while it is still on its way to the disk: nothing that depends on it leaves the program before.
   */
  settled(): Promise<void>;
  /**
   * A number that is another one when something in these tables may have changed: what was read after it was asked for
   * may be remembered as long as it stays the same. It sees changes of those tables themselves, and of those from which
   * they lose rows only when they are named, too. null: it is not known at this moment.
   */
  versionOf(tables: readonly (keyof Schema)[]): number | null;
  /** As `first`, in a thread of its own: for what takes so long that everybody else would wait. */
  aside<Row>(query: Query<Row> | CompiledQuery<Row>): Promise<Row | undefined>;
  close(): Promise<void>;
};
