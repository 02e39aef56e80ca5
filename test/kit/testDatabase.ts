import { join } from 'node:path';
import { Client } from 'pg';
import type { Database } from '../../src/db/database.ts';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import { openSqlite } from '../../src/db/sqlite.ts';
import { Mutex } from '../../src/lib/mutex.ts';
import { emptyDatabase } from './emptyDatabase.ts';
import { lendDatabase } from './lentDatabase.ts';
import { templateName } from './postgresServer.ts';

/** The address of the server on which tests run instead of SQLite, without the name of a database: `npm test` starts it. */
const server = process.env['COTERIE_TEST_SERVER'];

/** Whether this run is one on PostgreSQL. */
export const isPostgres = server !== undefined;

/** Opens the database of a folder; whoever opens it again goes on with what is there. */
export async function openTestDatabase(folder: string): Promise<Database> {
  if (!isPostgres) return openSqlite(join(folder, 'coterie.db'), { durable: false });
  const url = await testDatabaseUrl(folder);
  const db = kept.get(await used.get(folder)!)?.pop() ?? (await openPostgres(url));
  return lendDatabase(db, () => closed.set(folder, [...(closed.get(folder) ?? []), db]));
}

/** What a program is told of the database of its folder: nothing where that is the file in it. */
export async function databaseSettings(folder: string): Promise<Readonly<Record<string, string>>> {
  return isPostgres ? { COTERIE_DATABASE_URL: await testDatabaseUrl(folder) } : {};
}

/** The address of the database of a folder, made when there is none yet. */
export async function testDatabaseUrl(folder: string): Promise<string> {
  const made = used.get(folder) ?? claims.run(claim);
  used.set(folder, made);
  return serverUrl(`test_${await made}`);
}

/** The folder is about to be removed. */
export async function forgetTestDatabase(folder: string): Promise<void> {
  const number = await used.get(folder);
  used.delete(folder);
  if (number === undefined) return;
  // Only now: whoever opens the database of a folder again is another program.
  kept.set(number, [...(kept.get(number) ?? []), ...(closed.get(folder) ?? [])]);
  closed.delete(folder);
  free.push(number);
}

const claims = new Mutex();
const used = new Map<string, Promise<number>>();
/** All that this process has ever taken, and those among them that it does not use now. */
const taken = new Set<number>();
const free: number[] = [];
/** What has been closed: until its folder is removed, and then for the next one that gets the same database. */
const closed = new Map<string, Database[]>();
const kept = new Map<number, Database[]>();
/** Its types do not tell. */
type Unkept = Client & { ref(): void; unref(): void };
let admin: Promise<Unkept> | undefined;
const emptying = new Map<number, Unkept>();

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
    else await empty(number);
    return number;
  } finally {
    client.unref();
  }
}

/** By a connection that knows the tables already, when it is not the first time. */
async function empty(number: number): Promise<void> {
  const client = emptying.get(number) ?? (await connect(`test_${number}`));
  emptying.set(number, client);
  client.ref();
  await emptyDatabase(client);
  client.unref();
}

async function take(client: Client): Promise<number> {
  for (let number = 1; ; number++) {
    // A session is given what it has already once more.
    if (taken.has(number)) continue;
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [number]);
    if (!rows[0]!.taken) continue;
    taken.add(number);
    return number;
  }
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
