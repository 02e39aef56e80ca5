import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import SqliteDatabase from 'better-sqlite3';
import { openBackupPlaces } from '../../kit/backupPlaces.ts';
import { isPostgres } from '../../kit/testDatabase.ts';

const migrations = new URL('../../../src/db/migrations/', import.meta.url);
const time = '2026-01-01T00:00:00.000Z';

/** A file as Coterie wrote it when this was the newest migration, with a contact in it. */
async function writeOldFile(file: string, newest: string): Promise<void> {
  const db = new SqliteDatabase(file);
  for (const name of ['fold_text', 'line_text', 'brief_text']) db.function(name, (text) => String(text).toLowerCase());
  db.exec('CREATE TABLE migration (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT');
  const names = (await readdir(migrations)).filter((name) => name.endsWith('.sql') && !name.includes('.postgres.'));
  for (const name of names.sort().filter((each) => each <= newest)) {
    db.exec(await readFile(new URL(name, migrations), 'utf8'));
    db.prepare('INSERT INTO migration VALUES (?, ?)').run(name, time);
  }
  db.exec(`
    INSERT INTO principal (id, kind, name, created_at) VALUES ('p1', 'individual', 'Ada', '${time}');
    INSERT INTO account (id, seq, created_at) VALUES ('p1', 1, '${time}');
    INSERT INTO address_book (id, account_id, name, name_key, card_count, created_at)
      VALUES ('f1', 'p1', 'Contacts', 'contacts', 1, '${time}');
    INSERT INTO card (id, account_id, book_id, uid, uri, etag, kind, file_as, file_as_key, given_key, surname_key, surname2_key,
        size, created, updated, data)
      VALUES ('c1', 'p1', 'f1', 'u1', 'u1.vcf', 'e1', 'individual', 'Jean', 'jean', 'jean', '', '', 1, '${time}', '${time}', '{}');
    INSERT INTO card_record VALUES ('c1', 'BEGIN:VCARD');
    INSERT INTO card_token (account_id, field, token, card_id) VALUES ('p1', 'g', 'jean', 'c1');`);
  db.close();
}

test('a backup of an older version is restored with the tables of then, and brought up to date', async () => {
  await using places = await openBackupPlaces();
  const file = join(places.root, 'backup');
  const target = await places.target('sqlite');
  await writeOldFile(await places.file(join('source', 'coterie.db'), ''), '0029-added-by.sql');
  const made = await places.run('backup', '--from', places.folder, '--to', file);
  assert.equal(made.code, 0, made.said);
  const restored = await places.run('restore', '--from', file, '--to', target);
  assert.equal(restored.code, 0, restored.said);
  const db = await places.open(target);
  // What a later migration has made of it.
  const words = await db.first(db.build.selectFrom('card_words').select('words').where('card_id', '=', 'c1'));
  assert.equal(words?.words, ' g.jean ');
  await db.close();
  if (!isPostgres) return;
  const refused = await places.run('restore', '--from', file, '--to', await places.target('postgres'));
  assert.equal(refused.code, 1);
  assert.match(refused.said, /restore it into a folder first, and move it with « db copy »/u);
});
