import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openSqlite } from '../../src/db/sqlite.ts';

const program = fileURLToPath(new URL('../../src/commands.ts', import.meta.url));

describe('the commands of an administrator', () => {
  let data = '';
  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'coterie-commands-'));
    await (await openSqlite(join(data, 'coterie.db'))).close();
  });
  after(() => rm(data, { recursive: true }));

  function run(...words: string[]): { status: number | null; text: string } {
    const environment = { PATH: process.env['PATH'], COTERIE_DATA: data };
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
      env: environment,
      encoding: 'utf8',
    });
    return { status, text: stdout + stderr };
  }

  test('make people and groups and prove the cards', () => {
    assert.match(
      run('person', 'add', 'lea@demo.example', 'Léa', 'Démo').text,
      /may sign in with the password \S{16}\n$/u,
    );
    assert.match(run('group', 'add', 'presse@demo.example', 'Presse').text, /is a group/u);
    assert.match(
      run('group', 'members', 'presse@demo.example', 'LEA@demo.example').text,
      /Members of presse@demo\.example: 1\./u,
    );
    assert.match(run('person', 'close', 'lea@demo.example').text, /kept out/u);
    assert.deepEqual(run('check'), { status: 0, text: '0 cards checked, 0 faults.\n' });
  });

  test('say in a sentence what is wrong', () => {
    assert.deepEqual(run('person', 'password', 'nobody@demo.example'), {
      status: 1,
      text: 'Nobody has the address nobody@demo.example.\n',
    });
    assert.match(run('group', 'address', 'radio@demo.example', 'Radio').text, /person add EMAIL NAME…/u);
    assert.match(run('dance').text, /person add EMAIL NAME…/u);
  });
});
