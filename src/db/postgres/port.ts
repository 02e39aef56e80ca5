import type { CompiledQuery, Kysely } from 'kysely';
import type { ClientBase } from 'pg';
import type { Query, Reader, Writer } from '../database.ts';
import type { Schema } from '../schema.ts';
import type { Session } from './session.ts';
import { spellQuery } from './spelling.ts';
import { valuesFor } from './values.ts';

type Run = (sql: string, parameters: readonly unknown[]) => Promise<{ rows: unknown[] }>;

/** What reads by running statements. */
export function openReader(build: Kysely<Schema>, run: Run): Reader {
  return {
    build,
    async all<Row>(query: Query<Row> | CompiledQuery<Row>): Promise<Row[]> {
      const { sql, parameters } = compiled(query);
      return (await run(sql, parameters)).rows as Row[];
    },
    async first<Row>(query: Query<Row> | CompiledQuery<Row>): Promise<Row | undefined> {
      const { sql, parameters } = compiled(query);
      return (await run(sql, parameters)).rows[0] as Row | undefined;
    },
  };
}

/** What writes in a transaction, beside reading. */
export function openWriter(
  session: Pick<Session, 'run' | 'part'> & Partial<Pick<Session, 'turn'>>,
): Pick<Writer, 'run' | 'nested' | 'turn'> {
  return {
    async run(query) {
      const { sql, parameters } = compiled(query);
      return (await session.run(sql, parameters)).rowCount ?? 0;
    },
    nested: session.part,
    ...(session.turn && { turn: session.turn }),
  };
}

/** A query as it is run. */
export function compiled<Row>(query: Query<Row> | CompiledQuery<Row>): CompiledQuery<Row> {
  return 'compile' in query ? query.compile() : query;
}

/** Runs on a connection whatever it takes, however long: for who copies, checks and migrates. */
export function patient(client: ClientBase) {
  return (sql: string, parameters: readonly unknown[]) =>
    client.query({ text: spellQuery(sql), values: valuesFor(parameters) });
}
