import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../e2e/kit/server.ts';
import type { Server } from '../../e2e/kit/server.ts';
import { createClient } from './person.ts';
import type { Person } from './person.ts';
import { forgetTestDatabase, testDatabaseUrl } from './testDatabase.ts';
import { createTestApp } from './world.ts';
import type { TestApp } from './world.ts';

/** A program in a process of its own, and how somebody signs in there. */
export type Node = Server & { enter(person: Person): Promise<Person> };

/** Several programs with one database of PostgreSQL. */
export type Nodes = AsyncDisposable & {
  /** A program of the test itself, of which nothing happens by itself. */
  readonly app: TestApp;
  start(settings?: Readonly<Record<string, string>>): Promise<Node>;
};

/** Opens a database in which Ada, Ben and Chloé are; the programs are ended with it. */
export async function openNodes(): Promise<Nodes> {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-nodes-'));
  const app = await createTestApp({ folder });
  const started: Server[] = [];
  return {
    app,
    async start(settings = {}) {
      const server = await startServer(folder, { COTERIE_DATABASE_URL: await testDatabaseUrl(folder), ...settings });
      started.push(server);
      const enter = async (person: Person) => {
        const { id, name, email, password } = person;
        const client = createClient(server.url, { id, name, email, password });
        await client.signIn();
        return client;
      };
      return { ...server, enter };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(started.map((server) => server.kill()));
      await app.close();
      await forgetTestDatabase(folder);
      await rm(folder, { recursive: true });
    },
  };
}

/** Until it is so; the test's own time-out ends what never is. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}
