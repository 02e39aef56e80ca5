import type { CompiledQuery, Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** A query of the builder; it is compiled only when it runs. */
export type Query<Row> = { compile(): CompiledQuery<Row> };

/**
 * Reads from the database. `build` is the typed query builder for its SQL dialect; it compiles, but does not connect.
 * Queries from `sql` templates are passed as `sql<Row>\`…\`.compile(db.build)`.
 */
export type Reader = {
  readonly build: Kysely<Schema>;
  all<Row>(query: Query<Row> | CompiledQuery<Row>): Promise<Row[]>;
  /**
   * The first row, or undefined. Add LIMIT 1 to queries that may find many rows: SQLite stops at the first, but
   * PostgreSQL sends all of them.
   */
  first<Row>(query: Query<Row> | CompiledQuery<Row>): Promise<Row | undefined>;
  /**
   * In a transaction: locks this account, waiting for whoever is changing it. Two transactions that change the same
   * account at the same time conflict anyway, and one is run again; locking early makes that cheaper, and is done in an
   * order in which nobody waits for each other.
   */
  turn?(accountId: string): Promise<void>;
};

/** Reads and writes inside one transaction. */
export type Writer = Reader & {
  /** Runs a statement; returns the number of rows it changed. */
  run(query: Query<unknown> | CompiledQuery<unknown>): Promise<number>;
  /** Runs a part that can fail on its own (a savepoint): if it throws, only its own writes are rolled back. */
  nested<T>(task: () => Promise<T>): Promise<T>;
  /** If several nodes share the database: sends a message to the others, together with the commit. */
  tell?(message: string): void;
};

/** A listener to the messages of other nodes. */
export type Hearing = {
  told(message: string): void;
  /** From now on every message is delivered; earlier ones may have been missed. */
  missed(): void;
  /** Messages are not delivered for a while. */
  failed(error: unknown): void;
};

/** An open database. Reads outside a transaction see committed data only. */
export type Database = Reader & {
  /** The id of this process among all that have the database open. */
  readonly programId: string;
  /** Whether other nodes may serve people from this database at the same time. */
  readonly isShared: boolean;
  /**
   * Runs the task in a transaction that is committed (and durable) when the promise resolves, and rolled back when the
   * task throws. The task sees one snapshot of the database and its own writes. If it would write a row that another
   * transaction (of any node) has written in the meantime, it is rolled back and run again. A task may therefore run
   * several times: it must wait for nothing but this database, and any effect it has outside must be the same each
   * time.
   * When two tasks must exclude each other although they write different rows, both write a common row: the counter of
   * the account (see `transact`) or that of the directory. `committed` runs with the commit: it reads what the task has
   * written, and nobody else's changes.
   */
  transaction<T>(task: (writer: Writer) => Promise<T>, committed?: () => Promise<void>): Promise<T>;
  /**
   * Runs the task of a request: everything it reads without waiting for anything but this database comes from one
   * committed snapshot. What the task itself commits is visible to its later reads.
   */
  reading<T>(task: () => Promise<T>): Promise<T>;
  /**
   * Resolves when everything that could be read so far is durable. Committed data can be read while it is still being
   * written to the disk; nothing that depends on it may leave the process before.
   */
  settled(): Promise<void>;
  /**
   * A number that changes whenever something in these tables may have changed: what was read after asking for the
   * number may be cached as long as it stays the same. Rows that are deleted by a cascade from another table are only
   * noticed if that table is named, too. null: unknown at the moment.
   */
  versionOf(tables: readonly (keyof Schema)[]): number | null;
  /** Like `first`, but in another thread: for queries so slow that everybody else would have to wait. */
  aside<Row>(query: Query<Row> | CompiledQuery<Row>): Promise<Row | undefined>;
  /**
   * If several nodes share the database: delivers the messages that others send with their commits, until the returned
   * function is called.
   */
  hear?(hearing: Hearing): () => Promise<void>;
  /**
   * If several nodes share the database: runs one statement immediately, outside any transaction, and returns the first
   * row it yields. It is committed when the promise resolves. It waits for others that write the same row, instead of
   * being rolled back.
   */
  single?<Row>(query: Query<Row> | CompiledQuery<Row>): Promise<Row | undefined>;
  close(): Promise<void>;
};
