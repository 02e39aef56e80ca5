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
  /**
   * The first row, or undefined. What may find many asks for one: SQLite stops at the first, PostgreSQL sends all that a statement
   * finds.
   */
  first<Row>(query: Query<Row> | CompiledQuery<Row>): Promise<Row | undefined>;
  /**
   * In a transaction: waits for whoever is changing this account, and has it to itself from then on. It would be done anew
   * anyway for having changed it at the same time; asked for early, that costs least, and nobody waits for each other.
   */
  turn?(accountId: string): Promise<void>;
};

/** What writes, inside one transaction. */
export type Writer = Reader & {
  /** Runs a statement; the number of rows that it changed. */
  run(query: Query<unknown> | CompiledQuery<unknown>): Promise<number>;
  /** A part that fails alone: when it throws, only what it did is undone. */
  nested<T>(task: () => Promise<T>): Promise<T>;
  /** Where several programs share the database: tells the others, with the commit. */
  tell?(message: string): void;
};

/** Somebody who hears what other programs tell. */
export type Hearing = {
  told(message: string): void;
  /** From now on everything is heard; what was told before may not have been. */
  missed(): void;
  /** Nothing is heard for a while. */
  failed(error: unknown): void;
};

/** A database that is open. Reads outside a transaction see what is committed. */
export type Database = Reader & {
  /** The name of this program among all that have the database open. */
  readonly programId: string;
  /** Whether other programs may serve people from it at the same time. */
  readonly isShared: boolean;
  /**
   * Runs the task in a transaction that is committed (and durable) when it returns, rolled back when it throws.
   * It sees one state of the database and what it writes itself. Where several are under way (of several programs, too), one
   * that would write a row that another has written meanwhile is undone and done anew: a task may run several times, so it waits
   * for nothing but this database, and what it leaves outside of it says the same each time. What two tasks must not do
   * at the same time though they write different rows has a row that both write: the counter of the account (see `transact`), that
   * of the directory. `committed` runs with the commit: what it reads is what the task has left, and nobody else.
   */
  transaction<T>(task: (writer: Writer) => Promise<T>, committed?: () => Promise<void>): Promise<T>;
  /**
   * Runs a task of somebody who asks: what it reads without waiting for anything but this database is one state of it, as
   * it was committed. What the task itself has committed is seen by what it reads afterwards.
   */
  reading<T>(task: () => Promise<T>): Promise<T>;
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
  /** Where several programs share the database: from now on hears what others tell with their commits, until the returned function is called. */
  hear?(hearing: Hearing): () => Promise<void>;
  /**
   * Where several programs share the database: runs one statement at once, which is committed when this returns, whatever
   * else is under way; the first row that it gives back. It waits for others that write the same row instead of being undone.
   */
  single?<Row>(query: Query<Row> | CompiledQuery<Row>): Promise<Row | undefined>;
  close(): Promise<void>;
};
