import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createClient, postJson } from '../../kit/person.ts';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'coterie-start-'));
after(() => rm(folder, { recursive: true }));

type Start = {
  /** What the terminal shows, once the program is open or has ended. */
  readonly output: string;
  readonly url: string;
  /** null while it runs. */
  readonly code: number | null;
  stop(): Promise<number | null>;
};

/** Starts the program as a person does; with any free port unless told otherwise. */
async function start(data: string, environment: Record<string, string> = {}): Promise<Start> {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('COTERIE_')));
  const child = spawn(process.execPath, [main], {
    env: { ...own, COTERIE_DATA: join(folder, data), COTERIE_PORT: '0', ...environment },
  });
  let output = '';
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const opened = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        // The last lines of the greeting come in one piece with the first.
        if (output.includes('Coterie is open')) resolve();
      });
    }
  });
  const code = await Promise.race([ended, opened.then(() => null)]);
  return {
    output,
    url: /Coterie is open: (\S+)/u.exec(output)?.[1] ?? '',
    code,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

test('without configuration a demonstration opens, and what one did there survives a restart', async () => {
  const first = await start('demonstration');
  assert.match(first.output, /This is a demonstration/u);
  for (const name of ['ada', 'ben', 'chloe']) assert.match(first.output, new RegExp(`${name}@demo\\.example`, 'u'));
  assert.match(first.output, /\/demo\/mail/u);
  assert.equal((await stat(join(folder, 'demonstration'))).mode & 0o777, 0o700);
  const ada = createClient(first.url, { id: '', name: 'Ada', email: 'ada@demo.example', password: 'demo' });
  assert.equal((await ada.signIn()).status, 204);
  assert.equal(await first.stop(), 0);

  const second = await start('demonstration');
  const context = (await (await fetch(`${second.url}/site/context`)).json()) as {
    demo: { people: unknown[]; password: string };
  };
  assert.equal(context.demo.people.length, 3);
  assert.equal(context.demo.password, 'demo');
  const again = createClient(second.url, { id: '', name: 'Ada', email: 'ada@demo.example', password: 'demo' });
  again.cookie = ada.cookie;
  assert.equal((await again.get('/jmap/session')).status, 200);
  assert.equal(await second.stop(), 0);

  const refusals = [
    [{ COTERIE_DEMO: 'off' }, /holds a demonstration: set COTERIE_DATA to another directory/u],
    [{ COTERIE_HOST: '0.0.0.0' }, /only for this machine: leave COTERIE_HOST/u],
    [{ COTERIE_URL: 'https://contacts.demo.example' }, /only for this machine/u],
  ] as const;
  for (const [environment, sentence] of refusals) {
    const refused = await start('demonstration', environment);
    assert.equal(refused.code, 1);
    assert.match(refused.output, sentence);
  }
});

test('a new organisation prints a link for its first administrator until there is one', async () => {
  await mkdir(join(folder, 'real'), { mode: 0o755 });
  const first = await start('real', { COTERIE_DEMO: 'off' });
  for (const file of await readdir(join(folder, 'real'))) {
    assert.equal((await stat(join(folder, 'real', file))).mode & 0o077, 0, `${file} is for this user alone`);
  }
  const earlier = /\/setup\?token=(\S+)/u.exec(first.output)![1]!;
  assert.ok(!first.output.includes('demonstration'));
  await first.stop();

  const second = await start('real', { COTERIE_DEMO: 'off' });
  const token = /\/setup\?token=(\S+)/u.exec(second.output)![1]!;
  const setUp = (secret: string) =>
    fetch(
      `${second.url}/site/setup`,
      postJson({ token: secret, name: 'Grace', email: 'grace@demo.example', password: 'ten letters' }),
    );
  assert.equal((await setUp(earlier)).status, 403);
  assert.equal((await setUp(token)).status, 204);
  await second.stop();

  const third = await start('real');
  assert.match(third.output, /Coterie is open/u);
  assert.ok(!third.output.includes('/setup'));
  await third.stop();
  const refused = await start('real', { COTERIE_DEMO: 'on' });
  assert.match(refused.output, /holds a real organisation/u);
});

test('a new directory on all of the network is a real organisation, never a demonstration', async () => {
  const opened = await start('network', { COTERIE_HOST: '0.0.0.0' });
  assert.match(opened.output, /\/setup\?token=/u);
  await opened.stop();
  const refused = await start('network-demonstration', { COTERIE_HOST: '0.0.0.0', COTERIE_DEMO: 'on' });
  assert.equal(refused.code, 1);
  assert.match(refused.output, /only for this machine/u);
});

test('a wrong setting, a port in use and a directory that cannot be made end the start with a sentence', async () => {
  const unknown = await start('x', { COTERIE_PROT: '1' });
  assert.equal(unknown.code, 1);
  assert.match(
    unknown.output,
    /Coterie cannot start\. There is no setting COTERIE_PROT .*Did you mean COTERIE_PORT\?/u,
  );
  const running = await start('port', { COTERIE_DEMO: 'off' });
  const taken = await start('port', { COTERIE_DEMO: 'off', COTERIE_PORT: new URL(running.url).port });
  assert.equal(taken.code, 1);
  assert.match(taken.output, /Port \d+ is in use/u);
  await running.stop();
  await writeFile(join(folder, 'a-file'), '');
  const nowhere = await start('a-file/data', { COTERIE_DEMO: 'off' });
  assert.equal(nowhere.code, 1);
  assert.match(nowhere.output, /a-file\/data \(COTERIE_DATA\) cannot be opened/u);
  for (const { output } of [unknown, taken, nowhere]) assert.doesNotMatch(output, /^\s+at /mu, 'no stack');
});
