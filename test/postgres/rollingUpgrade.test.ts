/** Programs are replaced one after the other by those of the next version, while people work. */
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { startServer } from '../../e2e/kit/server.ts';
import type { Server } from '../../e2e/kit/server.ts';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import { startLoad } from '../cluster/load.ts';
import type { Load } from '../cluster/load.ts';
import { freePort } from '../kit/daemon.ts';
import { createClient } from '../kit/person.ts';
import { startPostgres, templateName } from '../kit/postgresServer.ts';
import { createTestApp } from '../kit/world.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const migration = `
CREATE TABLE next_things (id TEXT PRIMARY KEY) STRICT;
ALTER TABLE card ADD COLUMN next_thing TEXT;
ALTER TABLE address_book ADD COLUMN next_thing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN next_thing INTEGER NOT NULL DEFAULT 0;
`;

/** The sources of this version with one migration more; its main file. */
async function makeNextVersion(folder: string): Promise<string> {
  await mkdir(folder);
  await cp(join(root, 'src'), join(folder, 'src'), { recursive: true });
  await cp(join(root, 'package.json'), join(folder, 'package.json'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'src/db/migrations/9998-next.sql'), migration);
  return join(folder, 'src/main.ts');
}

type Program = Server & { readonly port: number };

/** A load balancer: each connection goes to one of the programs, in turn. */
async function openBalancer(): Promise<{ url: string; programs: Program[]; server: NetServer }> {
  const programs: Program[] = [];
  let count = 0;
  const reach = (client: Socket, left: number) => {
    const behind = connect(programs[count++ % programs.length]!.port, '127.0.0.1');
    behind.once('connect', () => void client.pipe(behind).pipe(client));
    behind.on('error', () => (behind.pending && left > 0 ? reach(client, left - 1) : client.destroy()));
    behind.on('close', () => client.destroy());
    client.on('error', () => behind.destroy());
    client.on('close', () => behind.destroy());
  };
  const server = createServer((client) => reach(client, 3));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, programs, server };
}

test('two programs are replaced by the next version, one after the other and back, while people write: nothing is lost, nothing fails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const next = await makeNextVersion(join(folder, 'next'));
  const postgres = await startPostgres({ synchronousCommit: 'on' });
  const database = `${postgres.url}/${templateName}`;
  const balancer = await openBalancer();
  const settings = {
    COTERIE_DATABASE_URL: database,
    COTERIE_URL: balancer.url,
    COTERIE_STOP_SECONDS: '30',
    COTERIE_DRAIN_SECONDS: '2',
  };
  const started: Program[] = [];
  let load: Load | null = null;
  const start = async (main?: string) => {
    const port = await freePort();
    const own = { ...settings, COTERIE_PORT: String(port) };
    const program = { ...(await startServer(join(folder, 'data'), own, main)), port };
    started.push(program);
    balancer.programs.push(program);
    return program;
  };
  /** As a load balancer does that asks whether it is ready: no new connections, and then the end. */
  const retire = async (program: Program) => {
    balancer.programs.splice(balancer.programs.indexOf(program), 1);
    assert.equal(await program.stop(), 0, program.output());
  };
  try {
    const app = await createTestApp({ database: await openPostgres(database) });
    const people = [app.ada, app.ben, app.chloe];
    await app.close();
    const [first, second] = [await start(), await start()];
    const clients = await Promise.all(
      people.map(async (person) => {
        const client = createClient(balancer.url, person);
        await client.signIn();
        return client;
      }),
    );
    load = await startLoad(clients);
    await load.working(20);
    const firstNext = await start(next);
    await retire(first);
    await load.working(20);
    const secondNext = await start(next);
    await retire(second);
    await load.working(20);
    // The next version was no good: the one of before starts on what it has left.
    await start();
    await retire(firstNext);
    await load.working(20);
    assert.ok(balancer.programs.includes(secondNext));
    const output = () => started.map((program) => program.output()).join('\n');
    assert.deepEqual(await load.finish(), [], output());
    // A connection may have been closed at the very moment at which something was sent; nobody was refused anything.
    assert.deepEqual(
      load.troubles().filter(({ status }) => status !== null),
      [],
      output(),
    );
    const admin = new Client(database);
    await admin.connect();
    assert.equal((await admin.query('SELECT next_thing FROM card LIMIT 1')).rowCount, 1);
    await admin.end();
  } finally {
    // Whoever still works, after a failure, ends.
    await load?.finish().catch(() => undefined);
    for (const program of started) await program.kill();
    balancer.server.close();
    await postgres.stop();
    await rm(folder, { recursive: true });
  }
});
