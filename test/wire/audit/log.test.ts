import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { audit } from '../../../src/core/audit/audit.ts';
import { checkAudit } from '../../../src/core/audit/checkAudit.ts';
import { purgeAudit } from '../../../src/core/audit/purgeAudit.ts';
import { databaseSettings, forgetTestDatabase, openTestDatabase } from '../../kit/testDatabase.ts';
import type { AuditRecord } from '../../../src/format/audit/auditRecord.ts';
import { auditedApp, auditOf, sentencesOf } from '../../kit/audit.ts';
import { makeFolder, shareWith } from '../links/folderFiles.ts';

const day = 86_400_000;
const program = fileURLToPath(new URL('../../../src/commands.ts', import.meta.url));

test('the log is for administrators, on every way in, and never by an app password', async () => {
  await using app = await auditedApp();
  const { ada, ben } = app;
  for (const method of ['AuditRecord/query', 'AuditRecord/get']) {
    const refused = await ben.call(method, method.endsWith('get') ? { ids: ['a1'] } : {});
    assert.deepEqual([refused['type'], refused['reason']], ['forbidden', 'notAdministrator']);
  }
  assert.equal((await ben.get('/audit.csv')).status, 403);
  assert.equal((await fetch(`${app.url}/audit.jsonl`)).status, 401);
  assert.equal((await ada.fetch('/audit.csv', { method: 'POST' })).status, 405);
  const made = await ada.call('AppPassword/set', { create: { p: { name: 'Script' } } });
  const secret = String(made['created']!['p']!['secret']);
  const headers = { Authorization: `Basic ${Buffer.from(`${ada.email}:${secret}`).toString('base64')}` };
  assert.equal((await fetch(`${app.url}/audit.csv`, { headers })).status, 403);
  assert.equal((await ada.get('/audit.csv')).status, 200);
});

test('records are found by person, kind, topic, severity, way, folder, period and words, alone and together', async () => {
  await using app = await auditedApp();
  const { ada, ben, chloe } = app;
  const folder = await makeFolder(app, chloe, 'Élus de la commune');
  await shareWith(app, chloe, folder, { type: 'principal', email: ben.email });
  app.clock.advance(1000);
  await shareWith(app, chloe, folder, { type: 'public' });
  const given = [
    'Chloé a créé un lien public vers « Élus de la commune »',
    'Chloé a partagé « Élus de la commune » avec Ben (Visionneur)',
  ];
  const found = async (filter: object) =>
    (await sentencesOf(ada, filter)).map((sentence) => sentence.replaceAll(/ <[^>]*>/gu, ''));
  assert.deepEqual(await found({ topic: 'sharing' }), given);
  assert.deepEqual(await found({ objectId: folder }), given);
  assert.deepEqual(await found({ text: 'elus COMM' }), given, 'by the beginnings of words, without accents');
  assert.deepEqual(await found({ text: 'elus ben' }), [given[1]]);
  assert.deepEqual(await found({ text: 'elus nowhere' }), []);
  assert.deepEqual(await found({ text: '…' }), []);
  assert.deepEqual(await found({ topic: 'sharing', severity: 'warning' }), [given[0]]);
  assert.deepEqual(
    await found({ person: ben.id, topic: 'sharing' }),
    [given[1]],
    'also as the one to whom it was done',
  );
  assert.deepEqual(await found({ kind: 'share.given', person: chloe.id, text: 'chlo' }), [given[1]]);
  assert.deepEqual(await found({ way: 'system', topic: 'sharing' }), given);
  assert.deepEqual(await found({ way: 'web', topic: 'sharing' }), []);
  const [made] = await auditOf(ada, { kind: 'link.made' });
  const soon = new Date(Date.parse(made!.at) + 1).toISOString();
  assert.deepEqual(await found({ topic: 'sharing', before: made!.at }), [given[1]]);
  assert.deepEqual(await found({ topic: 'sharing', after: made!.at, before: soon }), [given[0]]);
  assert.deepEqual(await found({ after: '2100-01-01T00:00:00Z' }), []);
  const refused = await ada.call('AuditRecord/query', { filter: { operator: 'NOT', conditions: [] } });
  assert.equal(refused['type'], 'unsupportedFilter');
  assert.equal((await ada.call('AuditRecord/query', { filter: { shoe: 'x' } }))['type'], 'unsupportedFilter');
});

test('whoever reads on asks for what is older than the last, and misses nothing that comes meanwhile', async () => {
  await using app = await auditedApp();
  const { ada } = app;
  for (let number = 0; number < 7; number++) await ada.signIn();
  const page = async (beforeId?: string) =>
    auditOf(ada, { kind: 'signIn.succeeded', person: ada.id, ...(beforeId && { beforeId }) }, 3);
  const first = await page();
  await ada.signIn();
  const second = await page(first.at(-1)!.id);
  const third = await page(second.at(-1)!.id);
  const ids = [...first, ...second, ...third].map(({ id }) => Number(id.slice(1)));
  assert.deepEqual(
    ids,
    ids.toSorted((a, b) => b - a),
  );
  assert.deepEqual([first.length, second.length, third.length, new Set(ids).size], [3, 3, 2, 8]);
  assert.deepEqual(await page(third.at(-1)!.id), []);
});

test('to look at the log and to export it is recorded itself', async () => {
  await using app = await auditedApp();
  const { ada } = app;
  await auditOf(ada, { text: 'ben', topic: 'sharing' });
  await (await ada.get('/audit.jsonl?kind=share.given&after=2026-01-01')).text();
  const [look, exported, before] = await auditOf(ada, { topic: 'log' });
  assert.deepEqual([look!.kind, look!.details], ['audit.searched', { topic: 'log' }]);
  assert.deepEqual(exported!.details, { format: 'jsonl', kind: 'share.given', after: '2026-01-01T00:00:00.000Z' });
  assert.deepEqual(before!.details, { text: 'ben', topic: 'sharing' });
  app.clock.advance(day / 2);
  await ada.call('AuditRecord/get', { ids: ['a1', 'a2'] });
  const looks = await auditOf(ada, { kind: 'audit.searched' });
  assert.deepEqual(looks[1]!.details, {}, 'also for who knows ids and only reads');
});

test('the log goes out as a table for a spreadsheet and as lines of JSON, all of it, page by page', async () => {
  await using app = await auditedApp();
  const { ada, ben } = app;
  await makeFolder(app, ben, '=cmd|calc');
  await ben.call('AppPassword/set', { create: { p: { name: '=HYPERLINK("x")' } } });
  await app.world.db.transaction(async (tx) => {
    for (let number = 0; number < 1200; number++) await audit(tx, app.world, { kind: 'mail.dropped' });
  });
  const csv = await (await ada.get('/audit.csv?language=en&separator=;')).text();
  assert.match(csv, /^id;at;severity;kind;text;outcome;way;/u);
  assert.match(csv, /;"Ben <ben@demo\.example> made the app password/u);
  assert.match(csv, /"'=HYPERLINK\(""x""\)"/u, 'nothing in it computes');
  const response = await ada.get('/audit.jsonl');
  assert.equal(response.headers.get('Content-Type'), 'application/x-ndjson');
  assert.match(response.headers.get('Content-Disposition') ?? '', /audit\.jsonl/u);
  const lines = (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AuditRecord & { text: string });
  assert.equal(lines[0]!.text, 'Ada <ada@demo.example> a exporté le journal d’audit');
  assert.equal(lines.length, Number(lines[0]!.id.slice(1)), 'every record, from the newest to the first');
  assert.equal((await ada.get('/audit.csv?after=yesterday')).status, 400);
  assert.equal((await ada.get('/audit.exe')).status, 404);
});

test('a record that is changed, taken out or cut off breaks the chain', async () => {
  await using app = await auditedApp({ key: new Uint8Array(32).fill(3) });
  const { world } = app;
  const whole = await checkAudit(world);
  assert.equal(whole.broken, null);
  assert.ok(whole.records >= 6);
  const { db } = world;
  const row = (await db.first(db.build.selectFrom('audit_record').selectAll().where('seq', '=', 3)))!;
  const change = (change: Partial<typeof row>) =>
    db.transaction((tx) => tx.run(tx.build.updateTable('audit_record').set(change).where('seq', '=', 3)));
  await change({ actor_name: 'Somebody else' });
  assert.deepEqual((await checkAudit(world)).broken, { seq: 3, what: 'changed' });
  await change({ actor_name: row.actor_name });
  assert.equal((await checkAudit(world)).broken, null);
  await db.transaction((tx) => tx.run(tx.build.deleteFrom('audit_record').where('seq', '=', 3)));
  assert.deepEqual((await checkAudit(world)).broken, { seq: 3, what: 'missing' });
  await db.transaction((tx) => tx.run(tx.build.insertInto('audit_record').values(row)));
  await db.transaction((tx) => tx.run(tx.build.deleteFrom('audit_record').where('seq', '=', whole.head.seq)));
  assert.deepEqual((await checkAudit(world)).broken, { seq: whole.head.seq, what: 'end' });
});

test('the hashes cannot be made anew without the key that is not in the database', async () => {
  await using app = await auditedApp({ key: new Uint8Array(32).fill(3) });
  const { world } = app;
  const thief = { ...world, settings: { ...world.settings, auditKey: new Uint8Array(32).fill(4) } };
  assert.deepEqual((await checkAudit(thief)).broken, { seq: 1, what: 'changed' });
});

test('records are kept so many days; what is purged is told, and the chain holds on', async () => {
  await using app = await auditedApp({ environment: { COTERIE_AUDIT_DAYS: '30' } });
  const { ada, world } = app;
  await ada.signIn();
  const { records } = await checkAudit(world);
  app.clock.advance(20 * day);
  await ada.signIn();
  app.clock.advance(20 * day);
  assert.equal(await purgeAudit(world), records);
  assert.equal(await purgeAudit(world), 0);
  await ada.signIn();
  const left = await auditOf(ada, {});
  assert.deepEqual(
    left.map(({ kind }) => kind),
    ['audit.searched', 'signIn.succeeded', 'audit.purged', 'signIn.succeeded'],
  );
  assert.equal(left[2]!.details['records'], records);
  const { broken } = await checkAudit(world);
  assert.equal(broken, null);
  const terms = await world.db.all(world.db.build.selectFrom('audit_term').select('seq').where('seq', '<=', records));
  assert.deepEqual(terms, [], 'nothing by which they were found is left');
});

test('the terminal writes the log, checks it, and is recorded itself', async () => {
  const data = await mkdtemp(join(tmpdir(), 'coterie-audit-'));
  try {
    await (await openTestDatabase(data)).close();
    const database = await databaseSettings(data);
    const run = (...words: string[]) => {
      const env = { PATH: process.env['PATH'], COTERIE_DATA: data, ...database };
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { env, encoding: 'utf8' });
      return { status, text: stdout + stderr };
    };
    run('user', 'add', 'lea@demo.example', 'Léa', 'Démo');
    run('user', 'disable', 'lea@demo.example');
    const lines = run('audit', '--since', '2020-01-01', '--language', 'fr')
      .text.trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { text: string; way: string });
    assert.deepEqual(
      lines.map(({ text }) => text),
      [
        'Le terminal du serveur a exporté le journal d’audit',
        'Le terminal du serveur a bloqué l’accès de Léa Démo <lea@demo.example>',
        'Le terminal du serveur a créé Léa Démo <lea@demo.example>',
      ],
    );
    assert.ok(lines.every(({ way }) => way === 'cli'));
    assert.match(run('audit', '--kind', 'person.keptOut', '--format', 'csv').text, /^\ufeffid,at.*\r\na2,/u);
    assert.equal(run('audit', '--until', '2020-01-01').text, '');
    assert.match(run('audit', '--person', 'lea@demo.example', '--text', 'demo').text, /"person.keptOut"/u);
    assert.match(run('audit', 'check').text, /^The audit log is whole: 6 records, the last is 6 /u);
    assert.match(run('db', 'check').text, /ok {5}the audit log is whole/u);
    assert.match(run('audit', '--shoe', 'x').text, /There is no --shoe/u);
    const db = await openTestDatabase(data);
    await db.transaction((tx) =>
      tx.run(tx.build.updateTable('audit_record').set({ kind: 'person.made' }).where('seq', '=', 2)),
    );
    await db.close();
    const checked = run('db', 'check');
    assert.equal(checked.status, 1);
    assert.match(checked.text, /^FAULT {2}the audit log is whole, .*the first: audit_record 2 was changed/mu);
  } finally {
    await forgetTestDatabase(data);
    await rm(data, { recursive: true });
  }
});
