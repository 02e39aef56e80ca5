import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { databaseSettings, forgetTestDatabase, openTestDatabase } from '../kit/testDatabase.ts';

const program = fileURLToPath(new URL('../../src/commands.ts', import.meta.url));

describe('the commands of an administrator', () => {
  let data = '';
  let database: Readonly<Record<string, string>> = {};
  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'coterie-commands-'));
    await (await openTestDatabase(data)).close();
    database = await databaseSettings(data);
  });
  after(async () => {
    await forgetTestDatabase(data);
    await rm(data, { recursive: true });
  });

  function run(...words: string[]): { status: number | null; text: string } {
    const environment = { PATH: process.env['PATH'], COTERIE_DATA: data, ...database };
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
      env: environment,
      encoding: 'utf8',
    });
    return { status, text: stdout + stderr };
  }

  test('make people and groups and prove the cards', () => {
    assert.match(
      run('user', 'add', 'lea@demo.example', 'Léa', 'Démo').text,
      /may sign in with the password \S{16}\n$/u,
    );
    assert.match(run('group', 'add', 'presse@demo.example', 'Presse').text, /is a group/u);
    assert.match(
      run('group', 'members', 'presse@demo.example', 'LEA@demo.example').text,
      /Members of presse@demo\.example: 1\./u,
    );
    assert.match(run('user', 'disable', 'lea@demo.example').text, /locked out/u);
    assert.match(run('group', 'members', 'presse@demo.example').text, /^lea@demo\.example +Léa Démo\n$/u);
    assert.match(run('group', 'list').text, /^presse@demo\.example +Presse +0\n$/u);
    assert.match(run('user', 'list', 'lea').text, /^lea@demo\.example +Léa Démo +locked out\n$/u);
    assert.match(run('user', 'enable', 'LEA@demo.example').text, /may sign in again/u);
    assert.match(run('group', 'remove', 'presse@demo.example').text, /no group any more/u);
    assert.equal(run('group', 'list').text, 'No group.\n');
    assert.match(run('db', 'check').text, /^ok {5}the database is sound.*^Everything holds\.$/msu);
  });

  test('import a file into a folder of a person, and say what was not understood', () => {
    run('user', 'add', 'eva@demo.example', 'Éva', 'Démo');
    const file = 'test/fixtures/import/outlook-fr.csv';
    assert.match(
      run('import', file, 'eva@demo.example').text,
      /^done: 2 made, 0 merged, 0 skipped, 0 lost\.\n:4 +date /u,
    );
    assert.match(run('import', file, 'eva@demo.example', 'Contacts').text, /^done: 0 made, 0 merged, 2 skipped/u);
    assert.equal(run('import', 'package.json', 'eva@demo.example').status, 1);
    assert.match(run('import', file, 'eva@demo.example', 'Nowhere').text, /No such address book/u);
  });

  test('give the folders of somebody to another, and say how the directory is', () => {
    for (const name of ['Tom', 'Zoé']) run('user', 'add', `${name[0]!.toLowerCase()}@demo.example`, name, 'Démo');
    assert.deepEqual(run('user', 'give-folders', 't@demo.example', 'z@demo.example'), {
      status: 1,
      text: 'There are no folders to give\n',
    });
    assert.match(
      run('user', 'give-folders', 't@demo.example', 'z@demo.example', 'Presse').text,
      /no folder « Presse »/u,
    );
    assert.equal(run('directory', 'status').text, 'The directory was never read.\n0 people and 0 groups.\n');
    assert.deepEqual(run('directory', 'sync', '--all'), { status: 1, text: 'There is no --all.\n' });
  });

  test('forget what a card was', async () => {
    const db = await openTestDatabase(data);
    const row = { card_id: 'c1', account_id: 'p1', book_id: 'f1', at: '2026-01-01T00:00:00.000Z', name: 'Jean' };
    const version = { ...row, way: 'web', action: 'deleted', vcard: 'BEGIN:VCARD' };
    await db.transaction((tx) => tx.run(tx.build.insertInto('card_version').values(version as never)));
    await db.close();
    assert.deepEqual(run('history', 'erase', 'c1'), { status: 0, text: 'One version is forgotten.\n' });
    assert.deepEqual(run('history', 'erase', 'c1'), { status: 1, text: 'There is no history of a card « c1 »\n' });
  });

  test('say in a sentence what is wrong', () => {
    assert.deepEqual(run('user', 'password', 'nobody@demo.example'), {
      status: 1,
      text: 'Nobody has the address nobody@demo.example.\n',
    });
    assert.match(run('group', 'address', 'radio@demo.example', 'Radio').text, /user add EMAIL NAME…/u);
    assert.match(run('dance').text, /user add EMAIL NAME…/u);
  });
});
