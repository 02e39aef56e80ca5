import type { CompiledQuery } from 'kysely';
import type { Database, Query, Reader, Writer } from '../../../src/db/database.ts';

/** A statement that went to the database. */
export type Said = { readonly sql: string; readonly parameters: readonly unknown[]; readonly isWrite: boolean };

/** Remembers what is asked of a database. */
export type Recorder = {
  /** The same database; all its statements are noted. */
  over(db: Database): Database;
  /** What was said while the task ran. */
  during(task: () => Promise<unknown>): Promise<Said[]>;
};

/** A recorder that has heard nothing. */
export function createRecorder(): Recorder {
  let said: Said[] = [];
  const note = <Row>(query: Query<Row> | CompiledQuery<Row>, isWrite: boolean): CompiledQuery<Row> => {
    const compiled = 'compile' in query ? query.compile() : query;
    said.push({ sql: compiled.sql, parameters: compiled.parameters, isWrite });
    return compiled;
  };
  const reader = <R extends Reader>(inner: R): Reader => ({
    ...inner,
    all: (query) => inner.all(note(query, false)),
    first: (query) => inner.first(note(query, false)),
  });
  const writer = (inner: Writer): Writer => ({
    ...inner,
    ...reader(inner),
    run: (query) => inner.run(note(query, true)),
  });
  return {
    over: (db) => ({
      ...db,
      ...reader(db),
      aside: (query) => db.aside(note(query, false)),
      transaction: (task, committed) => db.transaction((tx) => task(writer(tx)), committed),
    }),
    async during(task) {
      said = [];
      await task();
      return said;
    },
  };
}
