import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { listen } from '../../../src/lib/http/listen.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { openMonitoring } from '../../../src/monitoring/openMonitoring.ts';
import { forgetTestDatabase, openTestDatabase } from '../../kit/testDatabase.ts';
import { createTestApp } from '../../kit/world.ts';

const noTraces = { tracesUrl: null, tracesPercent: 100 };

test('the program says that it lives, and whether it can work: changes can be written, and it is not about to end', async () => {
  await using app = await createTestApp();
  const ask = async (path: string) => {
    const response = await fetch(app.url + path);
    return [response.status, await response.text(), response.headers.get('cache-control')];
  };
  for (const path of ['/health/live', '/health/ready', '/healthz'])
    assert.deepEqual(await ask(path), [200, 'ok\n', 'no-store'], path);
  assert.equal((await ask('/health/shoe'))[0], 404);
  assert.equal((await fetch(`${app.url}/health/live`, { method: 'POST' })).status, 405);
  app.app.announceEnd();
  assert.deepEqual(await ask('/health/ready'), [503, 'draining\n', 'no-store']);
  assert.equal((await ask('/health/live'))[0], 200);
  assert.equal((await ask('/jmap/session'))[0], 401, 'who still asks is answered');
});

test('a database that cannot be written makes it unready, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const db = await openTestDatabase(folder);
  let isFull = false;
  const full: typeof db = {
    ...db,
    transaction: (task, committed) =>
      isFull ? Promise.reject(new Error('database or disk is full')) : db.transaction(task, committed),
  };
  const app = await createApp(readConfig({}), {
    db: full,
    log: silentLog,
    now: () => new Date(),
    publicUrl: 'http://localhost',
    mailer: null,
    webFolder: folder,
  });
  const listener = await listen(app.handle, { host: '127.0.0.1', port: 0, log: silentLog });
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${listener.port}${path}`)).status;
  try {
    isFull = true;
    assert.equal(await ask('/health/ready'), 503);
    assert.equal(await ask('/health/live'), 200);
  } finally {
    await listener.close(0);
    await app.close();
    await db.close();
    await forgetTestDatabase(folder);
    await rm(folder, { recursive: true });
  }
});

test('metrics stand on the port of the app only for who has the token, and tell of doors, methods, transactions and mails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const token = 'a token that nobody guesses'.replaceAll(' ', '-');
  await writeFile(join(folder, 'token'), `${token}\n`);
  const settings = { metricsPort: 0, metricsHost: '127.0.0.1', metricsTokenFile: join(folder, 'token') };
  const monitoring = (await openMonitoring({ ...settings, ...noTraces }, silentLog))!;
  await using app = await createTestApp({ monitoring });
  const read = (authorization?: string) =>
    fetch(`${app.url}/metrics`, authorization === undefined ? {} : { headers: { Authorization: authorization } });
  assert.equal((await read()).status, 401);
  assert.equal((await read('Bearer wrong')).status, 401);
  await app.ada.call('AddressBook/get', { ids: null });
  await app.ada.call('ContactCard/get', { ids: 'wrong' });
  await app.ada.jmap([['No/such', {}]]);
  await app.ada.basic('/dav/', { method: 'PROPFIND' });
  await app.ada.fetch('/dav/', { method: 'LOCK' });
  const stream = await app.ada.get('/jmap/eventsource?types=*&closeafter=no&ping=0');
  const response = await read(`Bearer ${token}`);
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=/u);
  const text = await response.text();
  const value = (line: string) => {
    const found = text.split('\n').find((each) => each.startsWith(`${line} `));
    assert.ok(found, `${line} in\n${text}`);
    return Number(found.slice(line.length + 1));
  };
  assert.equal(value('coterie_jmap_methods_total{method="AddressBook/get",error=""}'), 1);
  assert.equal(value('coterie_jmap_methods_total{method="ContactCard/get",error="invalidArguments"}'), 1);
  assert.equal(
    value('coterie_jmap_methods_total{method="unknown",error="unknownMethod"}'),
    1,
    'nobody makes the list longer',
  );
  assert.equal(value('coterie_requests_total{protocol="carddav",operation="PROPFIND",status="2xx"}'), 1);
  assert.equal(value('coterie_requests_total{protocol="carddav",operation="other",status="5xx"}'), 1);
  assert.ok(value('coterie_request_duration_seconds_count{protocol="jmap",operation="POST api"}') >= 3);
  assert.ok(value('coterie_transaction_duration_seconds_count') > 0);
  assert.equal(value('coterie_push_streams'), 1);
  assert.equal(value('coterie_outbox_mails'), 0);
  assert.equal(value('coterie_draining'), 0);
  assert.ok(!text.includes('\ncoterie_directory_up '), 'there is no directory');
  await stream.body!.cancel();
  await monitoring.close();
  await rm(folder, { recursive: true });
});

test('a token that is too short is refused, and without any setting nothing is measured', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  await writeFile(join(folder, 'token'), 'short');
  const settings = { metricsPort: 0, metricsHost: '127.0.0.1', metricsTokenFile: '', ...noTraces };
  await assert.rejects(
    openMonitoring({ ...settings, metricsTokenFile: join(folder, 'token') }, silentLog),
    /fewer than 16/u,
  );
  assert.equal(await openMonitoring(settings, silentLog), null);
  await rm(folder, { recursive: true });
});
