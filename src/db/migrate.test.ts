import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { missingMigrations } from './migrate.ts';

const folder = new URL('./migrations/', import.meta.url);
const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
/** From this number on the rule holds. */
const since = '0040';

const applied = new Set(names.filter((name) => !name.endsWith('.postgres.sql')));

test('a database to which a newer version has added something is opened; one from which it has taken something is refused', async () => {
  assert.deepEqual(await missingMigrations(new Set([...applied, '9998-more.sql']), 'sqlite'), []);
  await assert.rejects(
    missingMigrations(new Set([...applied, '9998-more.sql', '9999-contract-less.sql']), 'sqlite'),
    /written by a newer version of Coterie \(9999-contract-less\.sql\)/u,
  );
});

test('migrations only add: the version before goes on with what they leave, unless they are called contract', async () => {
  const strict = names.filter((name) => name >= since && !name.includes('-contract-'));
  assert.ok(strict.length > 0);
  for (const name of strict) {
    const script = (await readFile(new URL(name, folder), 'utf8')).replaceAll(/--.*$/gmu, '');
    assert.doesNotMatch(script, /\b(?:DROP (?:TABLE|COLUMN|VIEW)|RENAME)\b/iu, `${name} takes something away`);
    for (const [column] of script.matchAll(/\bADD COLUMN\b[^;,]*/giu))
      assert.ok(
        !/NOT NULL/iu.test(column) || /DEFAULT/iu.test(column),
        `${name}: ${column} is unknown to the version before`,
      );
  }
});
