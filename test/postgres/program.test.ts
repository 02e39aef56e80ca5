import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { forgetTestDatabase, testDatabaseUrl } from '../kit/testDatabase.ts';

type Ended = { readonly code: unknown; readonly said: string };

/** Runs a program of ours to its end, with its data in a folder and the database at an address. */
function run(words: readonly string[], data: string, url: string): Promise<Ended> {
  const env = { PATH: process.env['PATH'], COTERIE_DATA: data, COTERIE_PORT: '0', COTERIE_DATABASE_URL: url };
  return new Promise((resolve) =>
    execFile(process.execPath, words, { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, said: stdout + stderr }),
    ),
  );
}

test('the terminal’s commands work on the database that COTERIE_DATABASE_URL names, and leave no file beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const url = await testDatabaseUrl(folder);
  const added = await run(['src/commands.ts', 'user', 'add', 'lea@demo.example', 'Léa', 'Martin'], folder, url);
  assert.equal(added.code, 0, added.said);
  const listed = await run(['src/commands.ts', 'user', 'list', 'mart'], folder, url);
  assert.match(listed.said, /lea@demo\.example +Léa Martin/u);
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('.db')),
    [],
  );
  await forgetTestDatabase(folder);
  await rm(folder, { recursive: true });
});

test('a database that cannot be opened stops the start with a sentence that does not tell the password', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  for (const [url, sentence] of [
    ['postgres://coterie:geheim@127.0.0.1:1/coterie', /database \(COTERIE_DATABASE_URL\) cannot be opened/u],
    ['mysql://coterie:geheim@127.0.0.1/coterie', /COTERIE_DATABASE_URL must be an address such as postgres:/u],
  ] as const) {
    const { code, said } = await run(['src/main.ts'], folder, url);
    assert.equal(code, 1);
    assert.match(said, sentence);
    assert.doesNotMatch(said, /geheim/u);
  }
  await rm(folder, { recursive: true });
});
