import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { databaseSettings, forgetTestDatabase, openTestDatabase } from '../kit/testDatabase.ts';
import { exportAccount, systemFolders } from '../kit/zimbra/account.ts';
import { mailbox } from '../kit/zimbra/moving.ts';
import { startZimbra } from '../kit/zimbra/server.ts';

const program = fileURLToPath(new URL('../../src/commands.ts', import.meta.url));

describe('coterie import zimbra', () => {
  let data = '';
  let database: Readonly<Record<string, string>> = {};
  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'coterie-zimbra-'));
    await (await openTestDatabase(data)).close();
    database = await databaseSettings(data);
    for (const name of ['Ada', 'Ben']) await run(['user', 'add', `${name.toLowerCase()}@demo.example`, name]);
    await writeFile(join(data, 'ada.tgz'), exportAccount(mailbox));
  });
  after(async () => {
    await forgetTestDatabase(data);
    await rm(data, { recursive: true });
  });

  function run(
    words: string[],
    input = '',
    environment: NodeJS.ProcessEnv = {},
  ): Promise<{ status: number; text: string }> {
    return new Promise((resolve) => {
      const env = { PATH: process.env['PATH'], COTERIE_DATA: data, ...database, ...environment };
      const child = execFile(process.execPath, [program, ...words], { env }, (error, stdout, stderr) => {
        resolve({ status: Number(error?.code ?? 0), text: stdout + stderr });
      });
      child.stdin!.end(input);
    });
  }

  test('an archive is looked at first, moved in, and not moved in twice', async () => {
    const words = ['import', 'zimbra', '--archive', join(data, 'ada.tgz'), '--for', 'ada@demo.example'];
    const dry = await run([...words, '--dry-run']);
    assert.match(dry.text, /^ada\.tgz +dry run +4 folders, 3 contacts, 1 groups, 1 photos, 1 tags, 4 new, /u);
    assert.match(dry.text, /\n +date +Tom Roux +1980-02-30\n/u);
    assert.match((await run(words)).text, /^ada\.tgz +done +4 made, 0 changed, 0 as they are, 0 lost\n/u);
    assert.match((await run(words)).text, /^ada\.tgz +done +0 made, 0 changed, 4 as they are, 0 lost\n/u);
  });

  test('one’s own account is fetched; the password comes by the standard input or the environment', async () => {
    await using zimbra = await startZimbra({ 'ben@demo.example': { password: 'pässword', mailbox } });
    const words = ['import', 'zimbra', '--from', zimbra.url, '--user', 'ben@demo.example'];
    const wrong = await run(words, 'no\n');
    assert.deepEqual(wrong, { status: 1, text: 'ben@demo.example  loginRefused\n' });
    assert.match((await run([...words, '--dry-run'], 'pässword\n')).text, /^ben@demo\.example +dry run +4 folders/u);
    assert.match((await run(words, '', { ZIMBRA_PASSWORD: 'pässword' })).text, /^ben@demo\.example +done +4 made/u);
    assert.match((await run(words)).text, /A password is missing/u);
  });

  test('an administrator moves many in, goes on where it stopped, and keeps a report', async () => {
    const empty = { folders: systemFolders, contacts: [{ id: 350, folderId: 7, fields: { lastName: 'Seul' } }] };
    await using zimbra = await startZimbra({
      'ada@old.example': { password: 'x', mailbox: empty },
      'ben@demo.example': { password: 'x', mailbox: empty },
    });
    const [users, report] = [join(data, 'users.txt'), join(data, 'report.jsonl')];
    await writeFile(
      users,
      '# there, here\nada@old.example ada@demo.example\nnobody@demo.example ben@demo.example\nben@demo.example\n',
    );
    const words = [
      'import',
      'zimbra',
      '--from',
      zimbra.url,
      '--admin',
      'admin',
      '--admin-url',
      zimbra.url,
      '--users',
      users,
    ];
    const first = await run([...words, '--report', report], 'admin secret\n');
    assert.equal(first.status, 1);
    assert.match(
      first.text,
      /^ada@old\.example +done +1 made.*\nnobody@demo\.example +loginRefused\nben@demo\.example +done +1 made/u,
    );
    const rows = (await readFile(report, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { state: string });
    assert.deepEqual(
      rows.map(({ state }) => state),
      ['done', 'loginRefused', 'done'],
    );
    zimbra.users.set('nobody@demo.example', { password: 'x', mailbox: empty });
    const second = await run([...words, '--report', report], 'admin secret\n');
    assert.equal(second.status, 0);
    assert.match(
      second.text,
      /^ada@old\.example +done before\nnobody@demo\.example +done .*\nben@demo\.example +done before\n$/u,
    );
    assert.match((await run(words, 'wrong\n')).text, /loginRefused/u);
  });

  test('what is wrong is said in a sentence', async () => {
    const cut = join(data, 'cut.tgz');
    await writeFile(cut, exportAccount(mailbox).subarray(0, 900));
    const words = ['import', 'zimbra', '--for', 'ada@demo.example', '--archive'];
    assert.match((await run([...words, cut])).text, /cut\.tgz +archiveBroken .* is damaged, cut off or no archive/u);
    assert.match((await run([...words, join(data, 'none.tgz')])).text, /none\.tgz cannot be read/u);
    assert.match((await run(['import', 'zimbra', '--password', 'x'])).text, /Unknown option '--password'/u);
    assert.match(
      (await run(['import', 'zimbra', '--from', 'http://zimbra.example', '--user', 'x'], 'x\n')).text,
      /begins with https/u,
    );
  });
});
