import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { test } from 'node:test';
import { sql } from 'kysely';
import { checkCards } from '../../../src/core/card/checkCards.ts';
import { indexWords } from '../../../src/core/card/words/indexWords.ts';
import { startIndexing } from '../../../src/core/card/words/startIndexing.ts';
import { missingMigrations } from '../../../src/db/migrate.ts';
import { foldText } from '../../../src/lib/fold.ts';
import { briefText, lineText } from '../../../src/lib/lineText.ts';
import { card, create, destroy, folder, update } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

/** Of these texts: how many contacts each finds. */
async function finds(app: TestApp, ...texts: readonly string[]): Promise<number[]> {
  const query = (text: string) => app.ada.call('ContactCard/query', { filter: { text } });
  const found = await Promise.all(texts.map(query));
  return found.map(({ ids }) => (ids as unknown as string[]).length);
}

async function count(app: TestApp, table: 'card_token' | 'card_unindexed'): Promise<number> {
  const { db } = app.world;
  return (await db.first(sql<{ count: number }>`SELECT count(*) AS count FROM ${sql.table(table)}`.compile(db.build)))!
    .count;
}

const faultsOf = (app: TestApp) => checkCards(app.world, () => undefined);

test('a contact is found by the words that it has now, whether it waits for the index or stands in it', async () => {
  await using app = await createTestApp();
  const { ada, world } = app;
  const book = await folder(ada, 'Presse');
  for (const isIndexed of [false, true]) {
    const id = await card(ada, book, 'Zacharie Quick');
    if (isIndexed) assert.equal(await indexWords(world), 1);
    await update(ada, 'ContactCard', id, { 'name/full': 'Zacharie Slow Walker' });
    assert.deepEqual(await finds(app, 'quick', 'zach', 'slow walk', '"walker slow"'), [0, 1, 1, 0]);
    assert.equal(await count(app, 'card_unindexed'), isIndexed ? 0 : 1);
    assert.deepEqual(await faultsOf(app), []);
    await destroy(ada, 'ContactCard', id);
    assert.deepEqual(await finds(app, 'zach'), [0]);
    await ada.call('TrashItem/restore', { ids: [id] });
    assert.deepEqual(await finds(app, 'zach'), [1]);
    await destroy(ada, 'ContactCard', id);
    await ada.call('TrashItem/set', { destroy: [id] });
    assert.deepEqual([await count(app, 'card_token'), await count(app, 'card_unindexed')], [0, 0]);
    assert.deepEqual(await faultsOf(app), []);
  }
});

test('five hundred at once are found before they are indexed, and alike afterwards', async () => {
  await using app = await createTestApp();
  const { ada, world } = app;
  const book = await folder(ada, 'Presse');
  const cards = Array.from({ length: 500 }, (_, index) => ({
    name: { full: `Nom${index} ${index % 2 ? 'Impair' : 'Pair'}` },
    organizations: { o: { name: 'Éditions du Port' } },
    addressBookIds: { [book]: true },
  }));
  await ada.call('ContactCard/set', { create: Object.fromEntries(cards.map((each, index) => [`n${index}`, each])) });
  const texts = ['nom7', 'nom77 impair', 'pair', 'edit', '"editions du port"', '"port du editions"'];
  const totals = () =>
    Promise.all(
      texts.map(async (text) => {
        const { total } = await ada.call('ContactCard/query', { filter: { text }, calculateTotal: true, limit: 1 });
        return total;
      }),
    );
  const expected = [11, 1, 250, 500, 500, 0];
  assert.deepEqual([await finds(app, ...texts), await totals()], [expected, expected]);
  assert.equal(await indexWords(world), 500);
  assert.deepEqual([await finds(app, ...texts), await totals()], [expected, expected]);
  assert.deepEqual(await faultsOf(app), []);
});

test('what waits is indexed when nothing has come for a while, and at the next start what waited at the end', async () => {
  await using app = await createTestApp();
  const { ada, world } = app;
  const book = await folder(ada, 'Presse');
  await card(ada, book, 'Anne Avant');
  const indexing = startIndexing(world, (error) => assert.fail(String(error)));
  const none = async () => {
    while ((await count(app, 'card_unindexed')) > 0) await wait(20);
  };
  await none();
  await card(ada, book, 'Anne Après');
  assert.deepEqual(await finds(app, 'anne', 'apres'), [2, 1]);
  await none();
  assert.deepEqual(await finds(app, 'anne', 'apres'), [2, 1]);
  await indexing.stop();
  await card(ada, book, 'Anne Enfin');
  await wait(400);
  assert.equal(await count(app, 'card_unindexed'), 1);
  assert.deepEqual(await faultsOf(app), []);
});

test('the check tells words that are missing, words too many, and cards that wait and are not there', async () => {
  await using app = await createTestApp();
  const { ada, world } = app;
  const id = await create(ada, 'ContactCard', {
    name: { full: 'Anne Martin' },
    addressBookIds: { [await folder(ada, 'Presse')]: true },
  });
  await indexWords(world);
  const run = (text: string) => world.db.transaction((tx) => tx.run(sql.raw(text).compile(tx.build)));
  await run("DELETE FROM card_token WHERE token = 'martin'");
  assert.deepEqual(
    (await faultsOf(app)).map((fault) => fault.id),
    [id, 'card_token'],
  );
  await run(`INSERT INTO card_token VALUES ('${ada.id}', 'n', 'martin', '${id}'), ('${ada.id}', 'n', 'zoe', '${id}')`);
  await run(`INSERT INTO card_unindexed VALUES ('${ada.id}', 'nobody')`);
  assert.deepEqual(
    (await faultsOf(app)).map((fault) => fault.id),
    ['card_token', 'card_unindexed'],
  );
});

test('cards of before keep their words, their phrases and their keys when each gets one row', async () => {
  const db = new DatabaseSync(':memory:');
  // Cards are enough: whose they are does not matter here.
  db.exec('PRAGMA foreign_keys = OFF');
  for (const [name, fold] of [
    ['fold_text', foldText] as const,
    ['line_text', lineText] as const,
    ['brief_text', briefText] as const,
  ])
    db.function(name, (text) => fold(String(text)));
  const migrations = await missingMigrations(new Set(), 'sqlite');
  const ours = migrations.filter(({ name }) => name.startsWith('0032'));
  for (const { script } of migrations.slice(0, migrations.indexOf(ours[0]!))) db.exec(script);
  for (const id of ['c1', 'c2'])
    db.exec(`INSERT INTO card (id, account_id, book_id, uid, uri, etag, kind, file_as, file_as_key, given_key, surname_key,
      surname2_key, size, created, updated, data) VALUES ('${id}', 'pAda', 'f1', '${id}', '${id}', 'e', 'individual', '', '',
      '', '', '', 1, '', '', '{}')`);
  db.exec(`INSERT INTO card_token VALUES ('pAda', 'n', 'martin', 'c1'), ('pAda', 'g', 'anne', 'c1')`);
  db.exec(`INSERT INTO card_phrase VALUES ('c1', ' n.anne n.martin |')`);
  db.exec(`INSERT INTO card_match VALUES ('f1', 7, 'c1'), ('f1', 4503599627370495, 'c1'), ('f1', 7, 'c2')`);
  for (const { script } of ours) db.exec(script);
  const rows = (query: string) =>
    db
      .prepare(query)
      .all()
      .map((row) => Object.values(row));
  assert.deepEqual(rows('SELECT * FROM card_words ORDER BY card_id'), [
    ['c1', ' g.anne n.martin ', ' n.anne n.martin |'],
    ['c2', ' ', ''],
  ]);
  assert.deepEqual(rows('SELECT * FROM card_token'), [
    ['pAda', 'g', 'anne', 'c1'],
    ['pAda', 'n', 'martin', 'c1'],
  ]);
  assert.deepEqual(rows('SELECT * FROM card_match'), [
    ['f1', 'c1', '7 4503599627370495'],
    ['f1', 'c2', '7'],
  ]);
  db.exec("UPDATE card SET book_id = 'f2' WHERE id = 'c1'");
  db.exec("DELETE FROM card WHERE id = 'c2'");
  assert.deepEqual(rows('SELECT * FROM card_match'), [['f2', 'c1', '7 4503599627370495']]);
});
