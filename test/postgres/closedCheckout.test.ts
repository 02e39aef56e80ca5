/** Where PostgreSQL is run from, when the packages are in a folder that is closed to others. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { postgresPrograms } from '../kit/postgresPrograms.ts';
import { startPostgres } from '../kit/postgresServer.ts';

const run = promisify(execFile);

test('the tests find PostgreSQL in a checkout that only its owner may enter, as in the home of root', async (context) => {
  const closed = await mkdtemp(join(tmpdir(), 'coterie-closed-'));
  context.after(() => rm(closed, { recursive: true }));
  await chmod(closed, 0o700);
  await run('cp', ['-a', dirname(await postgresPrograms(closed)), join(closed, 'packaged')]);
  process.env['COTERIE_TEST_POSTGRES_PROGRAMS'] = join(closed, 'packaged/bin');
  const server = await startPostgres();
  context.after(() => server.stop());
  const client = new Client(`${server.url}/postgres`);
  await client.connect();
  const { rows } = await client.query('SELECT 1 AS one');
  await client.end();
  assert.deepEqual(rows, [{ one: 1 }]);
});
