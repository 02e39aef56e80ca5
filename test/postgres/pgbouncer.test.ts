import assert from 'node:assert/strict';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { Client } from 'pg';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import { freePort, startDaemon } from '../kit/daemon.ts';
import { startPostgres, templateName } from '../kit/postgresServer.ts';
import { forgetTestDatabase, testDatabaseUrl } from '../kit/testDatabase.ts';

const nobody = 65_534;

/** PgBouncer in the mode « transaction », with fewer connections to the server than the programs have to it. */
async function startPgBouncer(folder: string, server: URL) {
  const port = await freePort();
  const users = join(folder, 'users.txt');
  await writeFile(users, '"coterie" ""\n');
  await writeFile(
    join(folder, 'pgbouncer.ini'),
    `[databases]
* = host=${server.hostname} port=${server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
admin_users = coterie
server_login_retry = 1
pool_mode = transaction
default_pool_size = 10
`,
  );
  await chmod(folder, 0o755);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await chown(folder, nobody, nobody);
  const daemon = await startDaemon({
    command: '/usr/sbin/pgbouncer',
    words: [join(folder, 'pgbouncer.ini')],
    packageName: 'pgbouncer',
    logFile: join(folder, 'log'),
    port,
    ...(isRoot ? { uid: nobody, gid: nobody } : {}),
  });
  return { port, stop: () => daemon.stop() };
}

test('behind PgBouncer, where each transaction has another connection, many write and read at the same time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const direct = new URL(await testDatabaseUrl(folder));
  const bouncer = await startPgBouncer(folder, direct);
  const url = new URL(direct);
  url.port = String(bouncer.port);
  const programs = await Promise.all([1, 2].map(() => openPostgres(url.href)));
  const valueOf = async (index: number) => {
    const db = programs[index % 2]!;
    const row = await db.reading(() =>
      db.first(db.build.selectFrom('setting').select('value').where('name', '=', 'count')),
    );
    return Number(row?.value);
  };
  await programs[0]!.transaction((tx) => tx.run(tx.build.insertInto('setting').values({ name: 'count', value: '0' })));
  const count = (index: number) =>
    programs[index % 2]!.transaction(async (tx) => {
      const row = await tx.first(tx.build.selectFrom('setting').select('value').where('name', '=', 'count'));
      const value = String(Number(row!.value) + 1);
      await tx.nested(() => tx.run(tx.build.updateTable('setting').set({ value }).where('name', '=', 'count')));
      return valueOf(index);
    });
  const seen = await Promise.all(Array.from({ length: 30 }, (_, index) => count(index)));
  assert.ok(seen.every((value) => value >= 0 && value < 30));
  assert.deepEqual([await valueOf(0), await valueOf(1)], [30, 30]);
  const kept = await programs[0]!.transaction(async (tx) =>
    tx.all(sql`SELECT * FROM pg_prepared_statements`.compile(tx.build)),
  );
  assert.deepEqual(kept, [], 'a connection that the next transaction may not have is told nothing to keep');
  await Promise.all(programs.map((program) => program.close()));
  await bouncer.stop();
  await forgetTestDatabase(folder);
  await rm(folder, { recursive: true });
});

test('a server that was started anew behind PgBouncer is noticed, though no connection broke: what was told before may be lost', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const server = await startPostgres({ synchronousCommit: 'on' });
  const bouncer = await startPgBouncer(folder, new URL(server.url));
  const url = `postgres://coterie@127.0.0.1:${bouncer.port}`;
  const admin = new Client(`${url}/pgbouncer`);
  await admin.connect();
  const db = await openPostgres(`${url}/${templateName}`);
  let missed = 0;
  const failures: unknown[] = [];
  const stop = db.hear!({
    told: () => undefined,
    missed: () => (missed += 1),
    failed: (error) => failures.push(error),
  });
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await until(() => missed === 1);
  // Nobody asks anything while it is away.
  await admin.query('PAUSE');
  await server.kill();
  await server.start();
  // It listens before it is ready.
  for (let isReady = false; !isReady;) {
    const client = new Client(`${server.url}/postgres`);
    isReady = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end();
  }
  await admin.query('RESUME');
  await db.transaction((tx) => tx.run(tx.build.insertInto('setting').values({ name: 'after', value: '' })));
  const gaps = () => db.all(db.build.selectFrom('lost_number').select('log'));
  assert.deepEqual(await gaps(), [{ log: 'directory' }], 'numbers leap before anything is changed');
  await until(() => missed === 2);
  assert.deepEqual(failures, []);
  await stop();
  await admin.end();
  await db.close();
  await bouncer.stop();
  await server.stop();
  await rm(folder, { recursive: true });
});
