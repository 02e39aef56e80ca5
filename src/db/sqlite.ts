import { open } from 'node:fs/promises';
import SqliteDatabase from 'better-sqlite3';
import type { CompiledQuery, Kysely } from 'kysely';
import { foldText } from '../lib/fold.ts';
import { newId } from '../lib/ids.ts';
import { briefText, lineText } from '../lib/lineText.ts';
import { Mutex } from '../lib/mutex.ts';
import type { Database, Query, Reader, Writer } from './database.ts';
import { openAside } from './aside.ts';
import { openCheckpoints } from './checkpoints.ts';
import { sqliteBuilder } from './dialect.ts';
import { createFlusher } from './flusher.ts';
import type { Flusher } from './flusher.ts';
import { openGroups, requireTransaction } from './groups.ts';
import type { Group } from './groups.ts';
import { requireWhole } from './copy/mark.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';
import type { Target } from './target.ts';
import { openVersions } from './versions.ts';

const cachedStatements = 400;

/**
/**
 * Who hears at the same moment that the disk has what they sent asks again at the same moment, but not in the same turn of the
 * event loop: a group is committed when a turn has brought nobody else, or after so many milliseconds.
 */
const longestGroup = 10;

/**
 * Opens the embedded database in a file (created if absent) and migrates its schema. `durable: false` trades safety
 * against power cuts for speed: for tests only. `target`: the database is to be filled. `logPages`: the write-ahead log
 * is copied into the file when it has that many pages, not with every tenth commit, because the same pages change again
 * and again.
 */
export async function openSqlite(
  file: string,
  options: { readonly durable?: boolean; readonly target?: Target | undefined; readonly logPages?: number } = {},
): Promise<Database> {
  const { durable = true, logPages = 16_000 } = options;
  const writeConnection = connect(file, { cacheKilobytes: 32_768 });
  const build = sqliteBuilder();
  const writing = openReading(writeConnection);
  const versions = openVersions(writeConnection);
  const prepareNoted: Prepare = (text) => {
    versions.note(text);
    return writing.prepare(text);
  };
  const writer = openWriter(writeConnection, prepareNoted, build);
  // For migrations that fill a column with folded text.
  writeConnection.function('fold_text', { deterministic: true }, (text) => foldText(String(text)));
  writeConnection.function('line_text', { deterministic: true }, (text) => lineText(String(text)));
  writeConnection.function('brief_text', { deterministic: true }, (text) => briefText(String(text)));
  try {
    await begin(writeConnection, writer, options.target);
    const execute = (script: string) => void writeConnection.exec(script);
    await migrate(writer, execute, options.target?.migrations ?? null);
  } catch (error) {
    writing.close();
    throw error;
  }
  // While a transaction is under way others read by a connection of their own: it sees committed data only. At all other
  // times they read by the one that writes, which alone knows after a commit that its memory of pages still holds.
  const beside = openReading(connect(file, { cacheKilobytes: 8_192 }));
  const disk = await openDisk(writeConnection, durable);
  const checkpoints = openCheckpoints(writeConnection, { pages: logPages, isDurable: durable });
  const ended = () => {
    versions.settle();
    if (!writeConnection.inTransaction) checkpoints.note();
  };
  const groups = openGroups(writeConnection, { disk, reading: [writing, beside], ended });
  const turns = new Mutex();
  const aside = openAside(file);

  return {
    programId: newId('n', new Date()),
    isShared: false,
    ...openReader(build, (sql) => {
      const reading = groups.isOpen() ? beside : writing;
      reading.begin();
      return reading.prepare(sql);
    }),
    // All that is read in a turn of the event loop is one state as it is.
    reading: (task) => task(),
    async transaction(task, committed) {
      const { value, group } = await turns.run(async () => {
        disk.requireSound();
        const joined = groups.join((group) => commitWhenQuiet(turns, group, performance.now() + longestGroup));
        const result = await groups.part(() => task(writer));
        if (committed) {
          joined.commit();
          await joined.end;
          await committed();
        }
        return { value: result, group: joined };
      });
      await group.end;
      await disk.settled();
      return value;
    },
    settled: disk.settled,
    versionOf(tables) {
      // While a transaction is under way everybody else reads what was there before it, and nobody else can commit.
      if (!groups.isOpen()) writing.begin();
      return versions.of(tables);
    },
    aside<Row>(query: Query<Row> | CompiledQuery<Row>) {
      const { sql, parameters } = compiled(query);
      return aside.first(sql, parameters) as Promise<Row | undefined>;
    },
    close: () =>
      turns.run(async () => {
        groups.close();
        await aside.close();
        await checkpoints.close();
        await disk.close();
        beside.close();
        writing.close();
      }),
  };
}

/** Before anything is changed: nobody but who fills it opens a database that is not whole. */
async function begin(connection: SqliteDatabase.Database, writer: Writer, target: Target | undefined): Promise<void> {
  if (!target) return requireWhole(writer);
  connection.exec('BEGIN IMMEDIATE');
  await target.begin(writer);
  connection.exec('COMMIT');
}

function commitWhenQuiet(turns: Mutex, group: Group, latest: number, before = 0): void {
  const size = group.size();
  setImmediate(() => {
    void turns.run(async () => {
      if (size === before || performance.now() > latest) group.commit();
      else commitWhenQuiet(turns, group, latest, size);
    });
  });
}

function connect(file: string, { cacheKilobytes }: { readonly cacheKilobytes: number }): SqliteDatabase.Database {
  const connection = new SqliteDatabase(file);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('busy_timeout = 5000');
  connection.pragma(`cache_size = -${cacheKilobytes}`);
  connection.pragma('temp_store = MEMORY');
  // That is done beside (`checkpoints`); where it fails again and again, the log does not grow for ever.
  connection.pragma('wal_autocheckpoint = 100000');
  // What is deleted is overwritten where that costs nothing: addresses and keys of devices (RFC 8620 §7.2), contacts.
  connection.pragma('secure_delete = FAST');
  return connection;
}

/** What is committed, on its way to the disk. */
type Disk = Flusher & { close(): Promise<void> };

/**
 * In WAL mode a commit writes behind the end of the log and need not wait for the disk to be consistent; that it is
 * durable is ours to see to. By itself SQLite would hold up the whole program for each commit until the disk has it.
 */
async function openDisk(connection: SqliteDatabase.Database, isDurable: boolean): Promise<Disk> {
  const isWal = connection.pragma('journal_mode', { simple: true }) === 'wal';
  // Where there is no such log (some network disks) it stays as it is.
  if (isDurable && !isWal) return { ...createFlusher(async () => undefined), close: async () => undefined };
  connection.pragma(`synchronous = ${isDurable ? 'NORMAL' : 'OFF'}`);
  if (!isDurable) return { ...createFlusher(async () => undefined), close: async () => undefined };
  const log = await open(`${connection.name}-wal`, 'r+');
  const flusher = createFlusher(() => log.datasync());
  return {
    ...flusher,
    async close() {
      await flusher.settled();
      await log.close();
    },
  };
}

type Prepare = (sql: string) => SqliteDatabase.Statement<unknown[]>;
type Reading = { readonly prepare: Prepare; begin(): void; end(): void; close(): void };

/**
 * All that is read by a connection in one turn of the event loop is read in one transaction: to open and close one for
 * each statement costs more than most statements do. It ends before each commit, so that what is committed is seen at once.
 */
function openReading(connection: SqliteDatabase.Database): Reading {
  const [open, close] = [connection.prepare('BEGIN'), connection.prepare('COMMIT')];
  let isOpen = false;
  const end = () => {
    if (!isOpen) return;
    isOpen = false;
    close.run();
  };
  return {
    prepare: statementCache(connection),
    begin() {
      if (isOpen) return;
      open.run();
      isOpen = true;
      setImmediate(end);
    },
    end,
    close() {
      end();
      connection.close();
    },
  };
}

/** Reads by prepared statements. */
export function openReader(build: Kysely<Schema>, prepare: Prepare): Reader {
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

function openWriter(connection: SqliteDatabase.Database, prepare: Prepare, build: Kysely<Schema>): Writer {
  let depth = 0;
  return {
    ...openReader(build, prepare),
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

function compiled<Row>(query: Query<Row> | CompiledQuery<Row>): CompiledQuery<Row> {
  return 'compile' in query ? query.compile() : query;
}

/** Preparing a statement costs more than running a point query: the most recently used statements are kept. */
export function statementCache(connection: SqliteDatabase.Database): Prepare {
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
