import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { forgetTestDatabase, testDatabaseUrl } from '../kit/testDatabase.ts';

const run = promisify(execFile);

/** Starts a node with its data in a folder; what it said when it was open or had ended, and how it ended (null: it runs). */
async function start(data: string, url: string) {
  const env = { PATH: process.env['PATH'], COTERIE_DATA: data, COTERIE_PORT: '0', COTERIE_DEMO: 'off' };
  const child = spawn(process.execPath, ['src/main.ts'], { env: { ...env, COTERIE_DATABASE_URL: url } });
  let said = '';
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const opened = new Promise<null>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('Coterie is open')) resolve(null);
      });
  });
  const code = await Promise.race([ended, opened]);
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { said, code, stop };
}

test('nodes that start at the same time on an empty database open with one secret.key, and with no other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const url = await testDatabaseUrl(folder);
  const [one = '', stranger = ''] = ['one', 'stranger'].map((name) => join(folder, name));
  // Of one folder: one makes the key, the other finds it.
  const nodes = await Promise.all([start(one, url), start(one, url)]);
  for (const { code, said } of nodes) assert.equal(code, null, said);
  const refused = await start(stranger, url);
  assert.equal(refused.code, 1);
  assert.match(refused.said, /another secret\.key than the others on this database: copy theirs .* key accept/u);
  for (const node of nodes) assert.equal(await node.stop(), 0);

  const env = { PATH: process.env['PATH'], COTERIE_DATA: stranger, COTERIE_DATABASE_URL: url };
  await run(process.execPath, ['src/commands.ts', 'key', 'accept'], { env });
  const answers = await Promise.all([start(stranger, url), start(one, url)]);
  assert.deepEqual(
    answers.map(({ code }) => code),
    [null, 1],
  );
  assert.equal(await answers[0].stop(), 0);
  await forgetTestDatabase(folder);
  await rm(folder, { recursive: true });
});
