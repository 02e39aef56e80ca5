import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './nodes.ts';
import { createClient } from './person.ts';
import type { Person } from './person.ts';
import { forgetTestDatabase, openClient, testDatabaseUrl } from './testDatabase.ts';
import { createTestApp } from './world.ts';
import type { TestApp, TestOptions } from './world.ts';

/** Programs on one database of PostgreSQL. */
export type Programs = AsyncDisposable & {
  readonly all: readonly TestApp[];
  /** Somebody signed in at each program, with a browser for each. */
  at(person: Person): Promise<readonly Person[]>;
  /** Breaks the connections by which the programs hear of each other, as a server that starts anew does; how many. */
  cut(): Promise<number>;
};

/** Starts so many, with Ada, Ben and Chloé known to the first. */
export async function openPrograms(count: number, options: TestOptions = {}): Promise<Programs> {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const all: TestApp[] = [];
  for (let made = 0; made < count; made++)
    all.push(await createTestApp({ ...options, folder, ...(made > 0 && { empty: true }) }));
  return {
    all,
    at: (person) =>
      Promise.all(
        all.map(async ({ url }) => {
          const client = createClient(url, person);
          await client.signIn();
          return client;
        }),
      ),
    async cut() {
      const name = new URL(await testDatabaseUrl(folder)).pathname.slice(1);
      await using admin = await openClient(name);
      const those = `FROM pg_stat_activity WHERE datname = $1 AND application_name = 'coterie listens'`;
      const rowsOf = async (what: string) => (await admin.client.query(`SELECT ${what} ${those}`, [name])).rowCount;
      // Whoever lost the connection to the cut before may be on the way back, and one that is told to end hears for a moment longer.
      await until(async () => (await rowsOf('pid')) === count);
      return (await rowsOf('pg_terminate_backend(pid, 10000)')) ?? 0;
    },
    async [Symbol.asyncDispose]() {
      for (const app of all) await app.close();
      await forgetTestDatabase(folder);
      await rm(folder, { recursive: true });
    },
  };
}
