import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { OperationNode, RawBuilder, RawNode } from 'kysely';
import type { Schema } from './schema.ts';

/** A part of a query that each database says in its own words. */
type Spelled = RawNode & { readonly postgres?: OperationNode };

/**
 * A part of a query that is written differently for each database. Most differences do not need this, because
 * `postgres/spelling.ts` translates them: only what needs another plan, or other tables, is written twice.
 */
export function spelled(words: { readonly sqlite: RawBuilder<unknown>; readonly postgres: RawBuilder<unknown> }) {
  const node = words.sqlite.toOperationNode() as Spelled;
  const both: Spelled = { ...node, postgres: words.postgres.toOperationNode() };
  return { ...words.sqlite, toOperationNode: () => both } as RawBuilder<unknown>;
}

class PostgresSpelling extends PostgresQueryCompiler {
  protected override visitRaw(node: Spelled): void {
    if (node.postgres) this.visitNode(node.postgres);
    else super.visitRaw(node);
  }
}

/** The query builder for SQLite: it compiles, and does not connect to anything. */
export function sqliteBuilder(): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}

/** The same for PostgreSQL; the SQL goes through `postgres/spelling.ts` before it is run. */
export function postgresBuilder(): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresSpelling(),
    },
  });
}
