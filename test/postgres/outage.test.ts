import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startServer } from '../../e2e/kit/server.ts';
import { Client } from 'pg';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import { createLog } from '../../src/lib/log.ts';
import { startLoad } from '../cluster/load.ts';
import { folder, list, stateOf } from '../kit/calls.ts';
import { contactsOf, dav } from '../kit/dav.ts';
import { postJson } from '../kit/person.ts';
import { startPostgres, templateName } from '../kit/postgresServer.ts';
import { openStream } from '../kit/window.ts';
import { createTestApp } from '../kit/world.ts';

/** The program with a server of its own, which can be killed. */
async function openWorld() {
  const server = await startPostgres({ synchronousCommit: 'on' });
  const url = `${server.url}/${templateName}`;
  const lines: string[] = [];
  const database = await openPostgres(url, createLog({ level: 'warn', write: (line) => lines.push(line) }));
  const app = await createTestApp({ database });
  return {
    server,
    url,
    app,
    lines,
    async [Symbol.asyncDispose]() {
      await app.close();
      await server.stop();
    },
  };
}

const until = async (isSo: () => boolean | Promise<boolean>) => {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
};

test('a database that is killed under load loses nothing acknowledged; who asks meanwhile is asked to come back, and all goes on by itself', async () => {
  await using world = await openWorld();
  const { app, server, lines } = world;
  const load = await startLoad([app.ada, app.ben, app.chloe]);
  const isReady = async () => (await fetch(`${app.url}/health/ready`)).status === 200;
  await load.working(20);
  await server.kill();
  let refused = 0;
  await until(() => (refused += load.troubles().filter(({ status }) => status === 503).length) >= 3);
  assert.equal(await isReady(), false);
  const [put, jmap, page] = await Promise.all([
    dav(app.ada, 'PROPFIND', '/dav/'),
    app.ada.fetch('/jmap/api', postJson({ using: [], methodCalls: [] })),
    fetch(`${app.url}/site/context`),
  ]);
  for (const reply of [put, jmap, page]) {
    assert.equal(reply.status, 503);
    assert.match(reply.headers.get('Retry-After') ?? '', /^\d+$/u);
  }
  await server.start();
  await load.working(20);
  await until(isReady);
  assert.deepEqual(await load.finish(), []);
  assert.ok(load.counts.acknowledged > 40);
  assert.deepEqual(
    lines.map((line) => (JSON.parse(line) as { message: string }).message),
    [
      'The database is away',
      'The database is back',
      'The database has crashed, was restored, or another server has taken over: numbers leap, as changes may be lost',
    ],
  );
  assert.deepEqual(app.faults, []);
});

test('the log has one line when the database goes, and one when it is back, whatever a program does by itself meanwhile', async () => {
  const server = await startPostgres({ synchronousCommit: 'on' });
  const data = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const url = `${server.url}/${templateName}`;
  const program = await startServer(data, { COTERIE_DATABASE_URL: url, COTERIE_LOG: 'debug' });
  const count = (words: string) => program.output().split(words).length - 1;
  await server.kill();
  // Each job, and that the program lives, is tried again meanwhile.
  await until(() => count('job put off') > 2 && count('"message":"The database is away"') > 0);
  await server.start();
  await until(() => count('"message":"The database is back"') > 0);
  await program.stop();
  assert.equal(count('"message":"The database is away"'), 1);
  assert.equal(count('"message":"The database is back"'), 1);
  assert.doesNotMatch(program.output(), /job failed|"level":"error"/u);
  await server.stop();
  await rm(data, { recursive: true });
});

test('who asks while the database is started again soon waits and is answered', async () => {
  await using world = await openWorld();
  const { app, server } = world;
  // Soon: nobody is kept waiting for longer than five seconds, and a machine with much else to do may need more for a start.
  for (let attempt = 0; ; attempt++) {
    const [name, began] = [`Made meanwhile ${attempt}`, performance.now()];
    await server.kill();
    const asked = Promise.allSettled([folder(app.ada, name), list(app.ben, 'AddressBook'), contactsOf(app.chloe)]);
    await server.start();
    await until(async () => (await fetch(`${app.url}/health/ready`)).status === 200);
    const wasSoon = performance.now() - began < 4_000;
    const refused = (await asked).filter(({ status }) => status === 'rejected');
    if (!wasSoon) continue;
    assert.deepEqual(refused, []);
    assert.ok((await list(app.ada, 'AddressBook')).some((book) => book['name'] === name));
    break;
  }
});

test('a server that only lets read tells nothing: it may be the primary of before', async () => {
  await using world = await openWorld();
  const { app, server } = world;
  const book = await contactsOf(app.ada);
  await server.kill();
  await server.start('standby');
  const read = () => dav(app.ada, 'PROPFIND', book, { headers: { Depth: '0' } });
  assert.equal((await read()).status, 503);
  const sent = await app.ada.fetch('/jmap/api', postJson({ using: [], methodCalls: [] }));
  assert.equal(sent.status, 503);
  await server.kill();
  await server.start();
  await until(async () => (await read()).status === 207);
});

test('a commit whose wait for a standby was ended by somebody is not acknowledged, and told to windows if it is there', async () => {
  await using world = await openWorld();
  const { app, url } = world;
  const window = await openStream(app.ada);
  const admin = new Client(url);
  await admin.connect();
  const set = async (name: string) => {
    await admin.query(`ALTER SYSTEM SET synchronous_standby_names = '${name}'`);
    await admin.query('SELECT pg_reload_conf()');
  };
  await admin.query('SET synchronous_commit = local');
  await set('one_that_never_comes');
  const made = app.ada.fetch(
    '/jmap/api',
    postJson({
      using: ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:contacts'],
      methodCalls: [['AddressBook/set', { accountId: app.ada.id, create: { new: { name: 'Unclear' } } }, 'c0']],
    }),
  );
  await until(async () => {
    const { rowCount } = await admin.query(
      `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'`,
    );
    return rowCount! > 0;
  });
  const { methodResponses } = (await (await made).json()) as { methodResponses: [string, { type?: string }][] };
  assert.deepEqual(methodResponses[0]?.[0], 'error');
  assert.deepEqual(methodResponses[0]?.[1].type, 'serverUnavailable');
  await set('');
  await admin.end();
  assert.ok((await list(app.ada, 'AddressBook')).some((book) => book['name'] === 'Unclear'));
  assert.equal(await window.hears(app.ada.id, 'AddressBook', await stateOf(app.ada, 'AddressBook')), true);
  window.close();
});
