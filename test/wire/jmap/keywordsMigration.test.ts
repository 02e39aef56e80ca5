import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { foldText } from '../../../src/lib/fold.ts';

const folder = new URL('../../../src/db/migrations/', import.meta.url);
const at = '2026-01-01T00:00:00.000Z';

/** A database as it was before tags were looked for. */
function openBefore(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  // Cards are enough: whose they are does not matter here.
  db.exec('PRAGMA foreign_keys = OFF');
  db.function('fold_text', (text) => foldText(String(text)));
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql') && name < '0014');
  for (const name of names.sort()) db.exec(readFileSync(new URL(name, folder), 'utf8'));
  return db;
}

test('cards of before are found by their keywords, and stand where their names say that they are sorted', () => {
  const db = openBefore();
  const add =
    db.prepare(`INSERT INTO card (id, account_id, book_id, uid, uri, etag, kind, file_as, file_as_key, given_key,
    surname_key, surname2_key, size, created, updated, data) VALUES (?, 'pAda', 'f1', ?, ?, 'e', 'individual', ?, ?, ?, '', '', 1, '${at}', '${at}', ?)`);
  const card = (id: string, fileAs: string, given: string, content: object) =>
    add.run(
      id,
      id,
      `${id}.vcf`,
      fileAs,
      foldText(fileAs),
      given,
      JSON.stringify({ '@type': 'Card', uid: id, ...content }),
    );
  card('c1', 'van der Bérg, Jan', 'jan', {
    name: { sortAs: { surname: 'Bérg' } },
    keywords: { Presse: true, 'Élus, maires': true },
  });
  card('c2', 'de Gaulle', '', { name: { sortAs: { surname: 'Gaulle' } }, keywords: { Presse: true } });
  card('c3', 'Zola, Émile', 'emile', { name: { full: 'Émile Zola' } });
  db.exec(readFileSync(new URL('0028-keywords.sql', folder), 'utf8'));
  const rows = (query: string) =>
    db
      .prepare(query)
      .all()
      .map((row) => Object.values(row));
  assert.deepEqual(rows('SELECT account_id, keyword, card_id FROM card_keyword ORDER BY keyword, card_id'), [
    ['pAda', 'Presse', 'c1'],
    ['pAda', 'Presse', 'c2'],
    ['pAda', 'Élus, maires', 'c1'],
  ]);
  assert.deepEqual(rows('SELECT id, file_as, file_as_key FROM card ORDER BY id'), [
    ['c1', 'van der Bérg, Jan', 'berg, jan'],
    ['c2', 'de Gaulle', 'gaulle'],
    ['c3', 'Zola, Émile', 'zola, emile'],
  ]);
});
