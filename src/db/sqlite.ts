import SqliteDatabase from 'better-sqlite3';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { CompiledQuery } from 'kysely';
import { foldText } from '../lib/fold.ts';
import { lineText } from '../lib/lineText.ts';
import { Mutex } from '../lib/mutex.ts';
import type { Database, Query, Reader, Writer } from './database.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';

const cachedStatements = 400;

/**
 * Opens the embedded database in a file (made when it is absent) and brings its schema up to date.
 * `durable: false` gives up safety against power cuts for speed: for tests alone.
 */
export async function openSqlite(file: string, options: { durable?: boolean } = {}): Promise<Database> {
  const writeConnection = connect(file, options.durable ?? true);
  const build = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  const writer = openWriter(writeConnection, build);
  // For migrations that fill a column with folded text.
  writeConnection.function('fold_text', { deterministic: true }, (text) => foldText(String(text)));
  writeConnection.function('line_text', { deterministic: true }, (text) => lineText(String(text)));
  await migrate(writer, (script) => {
    writeConnection.exec(script);
  });
  // A connection of its own for reads: it sees committed data only, also while a transaction is under way.
  const readConnection = connect(file, options.durable ?? true);
  const turns = new Mutex();

  return {
    ...openReader(readConnection, build),
    transaction: (task, committed) =>
      turns.run(async () => {
        const result = await inTransaction(writeConnection, () => task(writer));
        await committed?.();
        return result;
      }),
    close: () =>
      turns.run(async () => {
        readConnection.close();
        writeConnection.close();
      }),
  };
}

function connect(file: string, durable: boolean): SqliteDatabase.Database {
  const connection = new SqliteDatabase(file);
  connection.pragma('journal_mode = WAL');
  connection.pragma(`synchronous = ${durable ? 'FULL' : 'OFF'}`);
  connection.pragma('foreign_keys = ON');
  connection.pragma('busy_timeout = 5000');
  connection.pragma('cache_size = -65536');
  connection.pragma('temp_store = MEMORY');
  // What is deleted is overwritten where that costs nothing: addresses and keys of devices (RFC 8620 §7.2), contacts.
  connection.pragma('secure_delete = FAST');
  return connection;
}

async function inTransaction<T>(connection: SqliteDatabase.Database, task: () => Promise<T>): Promise<T> {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = await task();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

function openReader(connection: SqliteDatabase.Database, build: Kysely<Schema>): Reader {
  const prepare = statementCache(connection);
  return {
    build,
    async all<Row>(query: Query<Row> | CompiledQuery<Row>): Promise<Row[]> {
      const { sql, parameters } = compiled(query);
      return prepare(sql).all(...parameters) as Row[];
    },
    async first<Row>(query: Query<Row> | CompiledQuery<Row>): Promise<Row | undefined> {
      const { sql, parameters } = compiled(query);
      return prepare(sql).get(...parameters) as Row | undefined;
    },
  };
}

function openWriter(connection: SqliteDatabase.Database, build: Kysely<Schema>): Writer {
  const prepare = statementCache(connection);
  let depth = 0;
  return {
    ...openReader(connection, build),
    async run(query) {
      requireTransaction(connection);
      const { sql, parameters } = compiled(query);
      return prepare(sql).run(...parameters).changes;
    },
    async nested(task) {
      requireTransaction(connection);
      const name = `part${++depth}`;
      prepare(`SAVEPOINT ${name}`).run();
      try {
        return await task();
      } catch (error) {
        if (connection.inTransaction) prepare(`ROLLBACK TO ${name}`).run();
        throw error;
      } finally {
        if (connection.inTransaction) prepare(`RELEASE ${name}`).run();
        depth -= 1;
      }
    },
  };
}

/**
 * A full disk or a fault of it may undo a whole transaction in the middle: what its task would go on to write would be
 * committed statement by statement, without what came before and without the change log.
 */
function requireTransaction(connection: SqliteDatabase.Database): void {
  if (!connection.inTransaction) throw new Error('The transaction has been undone by the database');
}

function compiled<Row>(query: Query<Row> | CompiledQuery<Row>): CompiledQuery<Row> {
  return 'compile' in query ? query.compile() : query;
}

/** Preparing costs more than running a point query: the most recently used statements are kept. */
function statementCache(connection: SqliteDatabase.Database): (sql: string) => SqliteDatabase.Statement<unknown[]> {
  const statements = new Map<string, SqliteDatabase.Statement<unknown[]>>();
  return (sql) => {
    const known = statements.get(sql);
    if (known) {
      statements.delete(sql);
      statements.set(sql, known);
      return known;
    }
    const statement = connection.prepare<unknown[]>(sql);
    statements.set(sql, statement);
    if (statements.size > cachedStatements) statements.delete(statements.keys().next().value!);
    return statement;
  };
}
