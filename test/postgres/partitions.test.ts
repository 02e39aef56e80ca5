import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkCards } from '../../src/core/card/checkCards.ts';
import { create, folder, list, update } from '../kit/calls.ts';
import { dav, document, homeOf, plainCard, put } from '../kit/dav.ts';
import { spellQuery } from '../../src/db/postgres/spelling.ts';
import { sayAll } from '../kit/growth/hotPaths.ts';
import { openPartitioned } from '../kit/growth/openPartitioned.ts';
import type { Partitioned } from '../kit/growth/openPartitioned.ts';
import { partitionCount } from '../kit/growth/partition.ts';
import { planOf, preferIndexes } from '../kit/growth/plan.ts';
import { createRecorder } from '../kit/growth/recorder.ts';
import type { Said } from '../kit/growth/recorder.ts';
import { checkedIn, statementsIn, writtenStatements } from '../kit/growth/statements.ts';
import { createTestApp } from '../kit/world.ts';
import type { TestApp } from '../kit/world.ts';

let partitioned: Partitioned;
let app: TestApp;
/** What was said on each hot path, by the owner of the folder and by somebody with whom it is shared. */
let said: ReadonlyMap<string, readonly Said[]>;

before(async () => {
  partitioned = await openPartitioned();
  await preferIndexes(partitioned.client);
  const recorder = createRecorder();
  app = await createTestApp({ database: recorder.over(partitioned.db) });
  said = await sayAll(app, recorder);
});
after(async () => {
  await app.close();
  await partitioned[Symbol.asyncDispose]();
});

/** Where a statement looks into several partitions of a table, or into a table without an index. */
async function faultsOf(statement: Said): Promise<string[]> {
  const plan = await planOf(partitioned.client, statement);
  const ofTable = Map.groupBy(plan, ({ table }) => table);
  return [...ofTable].flatMap(([table, all]) => {
    const places = new Set(all.map(({ partition }) => partition));
    const faults = places.size > 1 ? [`${places.size} partitions of ${table}`] : [];
    return all.every(({ isBounded }) => isBounded) ? faults : [...faults, `all of ${table}`];
  });
}

const plain = (sql: string) => ({ sql, parameters: [app.ada.id], isWrite: false });

test('every statement of the hot paths finds its rows by an index, in one partition of each table of accounts', async () => {
  const known = new Map<string, string[]>();
  const found: string[] = [];
  for (const [name, statements] of said) {
    assert.ok(statements.length > 0, name);
    for (const statement of statements) {
      const faults = known.get(statement.sql) ?? (await faultsOf(statement));
      known.set(statement.sql, faults);
      if (faults.length > 0) found.push(`${name}: ${faults.join(', ')}: ${statement.sql}`);
    }
  }
  assert.deepEqual(found, []);
  assert.deepEqual(app.faults, []);
});

test('they are those that are checked in', async () => {
  const describe = async (statement: Said) => {
    const plan = await planOf(partitioned.client, statement);
    const names = (isCut: boolean) => [
      ...new Set(plan.filter(({ partition }) => (partition !== null) === isCut).map(({ table }) => table)),
    ];
    const [cut, whole] = [names(true).sort(), names(false).sort()];
    return [
      ...(cut.length > 0 ? [`one partition of ${cut.join(', ')}`] : []),
      ...(whole.length > 0 ? [`by an index ${whole.join(', ')}`] : []),
    ];
  };
  const text = await writtenStatements(said, { spell: spellQuery, describe });
  assert.deepEqual(statementsIn(text), statementsIn(await checkedIn('postgres', text)));
});

test('a statement that does not say the account is found to look everywhere, one without an index to read all', async () => {
  assert.deepEqual(await faultsOf(plain('SELECT id FROM card WHERE id = $1')), [
    `${partitionCount} partitions of card`,
  ]);
  assert.deepEqual(await faultsOf(plain('SELECT id FROM principal WHERE time_zone = $1')), ['all of principal']);
  assert.deepEqual(await faultsOf(plain('SELECT uid FROM card WHERE account_id = $1 AND uid = $1')), []);
});

test('the rows of an account lie together, whatever the table', async () => {
  const places = new Map<string, Set<string>>();
  for (const table of ['card', 'card_record', 'card_text', 'card_words', 'card_match', 'card_version', 'change']) {
    const { rows } = await partitioned.client.query<{ account: string; place: string }>(
      `SELECT DISTINCT account_id AS account, regexp_replace(tableoid::regclass::text, '.*_p', '') AS place FROM ${table}`,
    );
    assert.ok(
      rows.some(({ account }) => account === app.ada.id),
      table,
    );
    for (const { account, place } of rows) places.set(account, (places.get(account) ?? new Set()).add(place));
  }
  for (const [account, all] of places) assert.equal(all.size, 1, account);
});

test('a folder that is given to somebody else takes all rows of its cards along, and they are whole', async () => {
  const { ada, chloe } = app;
  const addressBookId = await folder(ada, 'Given');
  const place = `${homeOf(ada)}${addressBookId}/given.vcf`;
  await put(ada, place, plainCard('given', 'EMAIL:given@demo.example', 'CATEGORIES:presse'));
  await put(ada, place, plainCard('given', 'EMAIL:given@demo.example', 'TEL:0123456789'));
  const id = await create(ada, 'FolderHandover', { addressBookId, toId: chloe.id, keptRole: 'none' });
  await update(chloe, 'FolderHandover', id, { status: 'accepted' });
  const [card] = await list(chloe, 'ContactCard', {});
  for (const table of ['card_record', 'card_text', 'card_brief', 'card_words', 'card_match', 'card_email']) {
    const rows = await partitioned.client.query(`SELECT account_id FROM ${table} WHERE card_id = $1`, [card!['id']]);
    assert.deepEqual(rows.rows, [{ account_id: chloe.id }], table);
  }
  const found = await chloe.call('ContactCard/query', { filter: { text: 'given' } });
  assert.deepEqual(found['ids'], [card!['id']]);
  const query = document('C:addressbook-query', '<D:prop><D:getetag/></D:prop><C:filter/>');
  const reply = await dav(chloe, 'REPORT', `${homeOf(chloe)}${addressBookId}/`, { body: query });
  assert.equal(reply.responses.length, 1, reply.text);
  assert.deepEqual(await checkCards(app.world, () => undefined), []);
});
