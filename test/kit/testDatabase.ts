import { join } from 'node:path';
import { Client } from 'pg';
import type { Database } from '../../src/db/database.ts';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import { rowsOfMigrations } from '../../src/db/postgres/migratePostgres.ts';
import { openSqlite } from '../../src/db/sqlite.ts';
import { templateName } from './postgresServer.ts';

/** The address of the server on which tests run instead of SQLite, without the name of a database: `npm test` starts it. */
const server = process.env['COTERIE_TEST_SERVER'];

/** Whether this run is one on PostgreSQL. */
export const isPostgres = server !== undefined;

/** Opens the database of a folder; whoever opens it again goes on with what is there. */
export async function openTestDatabase(folder: string): Promise<Database> {
  if (!isPostgres) return openSqlite(join(folder, 'coterie.db'), { durable: false });
  return openPostgres(await testDatabaseUrl(folder));
}

/** What a program is told of the database of its folder: nothing where that is the file in it. */
export async function databaseSettings(folder: string): Promise<Readonly<Record<string, string>>> {
  return isPostgres ? { COTERIE_DATABASE_URL: await testDatabaseUrl(folder) } : {};
}

/** The address of the database of a folder, made when there is none yet. */
export async function testDatabaseUrl(folder: string): Promise<string> {
  const made = used.get(folder) ?? claim();
  used.set(folder, made);
  return serverUrl(`test_${await made}`);
}

/** The folder is about to be removed. */
export async function forgetTestDatabase(folder: string): Promise<void> {
  const number = await used.get(folder);
  used.delete(folder);
  if (number !== undefined) free.push(number);
}

const used = new Map<string, Promise<number>>();
const free: number[] = [];
/** Its types do not tell. */
type Unkept = Client & { ref(): void; unref(): void };
let admin: Promise<Unkept> | undefined;

/** A database that nobody uses: one of this process, one that another has left, or a new one. To copy one takes longer than to empty it. */
async function claim(): Promise<number> {
  admin ??= connect('postgres');
  const client = await admin;
  // It holds what is taken until this process ends, and does not keep it from ending.
  client.ref();
  try {
    const number = free.pop() ?? (await take(client));
    const name = `test_${number}`;
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${name} TEMPLATE ${templateName} STRATEGY FILE_COPY`);
    else await empty(name);
    return number;
  } finally {
    client.unref();
  }
}

async function take(client: Client): Promise<number> {
  for (let number = 1; ; number++) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [number]);
    if (rows[0]!.taken) return number;
  }
}

async function empty(name: string): Promise<void> {
  await using admin = await openClient(name);
  const { client } = admin;
  const { rows } = await client.query<{ name: string }>(`
    SELECT quote_ident(relname) AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'migration' AND pg_relation_size(oid) > 0`);
  const names = rows.map((row) => row.name);
  // Nothing is checked or told by it.
  const steps = names.map((table) => `DELETE FROM ${table}`);
  await client.query(['BEGIN', 'SET LOCAL session_replication_role = replica', ...steps, 'COMMIT'].join(';'));
  await client.query(await rowsOfMigrations());
  await client.query(`SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'`);
  if (names.length > 0) await client.query(`VACUUM ANALYZE ${names.join(', ')}`);
}

async function connect(name: string): Promise<Unkept> {
  const client = new Client(serverUrl(name));
  await client.connect();
  return client as Unkept;
}

/** A connection to a database of the server, as an administrator has it. */
export async function openClient(name: string): Promise<AsyncDisposable & { readonly client: Client }> {
  const client = new Client(serverUrl(name));
  await client.connect();
  return { client, [Symbol.asyncDispose]: () => client.end() };
}

/** The address of a database of the server on which the tests run. */
export function serverUrl(name: string): string {
  return `${server}/${name}`;
}
