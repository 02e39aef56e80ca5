import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { foldText } from '../../../src/lib/fold.ts';

const folder = new URL('../../../src/db/migrations/', import.meta.url);
const at = '2026-01-01T00:00:00.000Z';

/** A database as it was before there were guests. */
function openBefore(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  db.exec('PRAGMA foreign_keys = ON');
  db.function('fold_text', (text) => foldText(String(text)));
  const names = readdirSync(folder).filter((name) => name < '0008');
  for (const name of names.sort()) db.exec(readFileSync(new URL(name, folder), 'utf8'));
  return db;
}

function addPerson(db: DatabaseSync, id: string, email: string): void {
  db.exec(`INSERT INTO principal (id, kind, name, email, email_key, created_at)
    VALUES ('${id}', 'individual', '${id}', '${email}', '${email}', '${at}');
    INSERT INTO principal_login VALUES ('${id}', '${email}', 1, 1, '${at}');
    INSERT INTO account VALUES ('${id}', 0, '${at}')`);
}

function addShare(db: DatabaseSync, id: string, book: string, grantee: { email?: string; person?: string }): void {
  const { email, person } = grantee;
  db.exec(`INSERT INTO share (id, account_id, book_id, type, principal_id, email, may_read, may_write, may_share, may_delete, created_at, created_by)
    VALUES ('${id}', 'pAda', '${book}', '${person ? 'principal' : 'guest'}', ${person ? `'${person}'` : 'NULL'},
      ${email ? `'${email}'` : 'NULL'}, 1, 0, 0, 0, '${at}', 'pAda')`);
}

test('guests of before, who had a link, are guests; an address of somebody inside is theirs', () => {
  const db = openBefore();
  addPerson(db, 'pAda', 'ada@demo.example');
  addPerson(db, 'pBen', 'ben@demo.example');
  for (const id of ['f1', 'f2'])
    db.exec(
      `INSERT INTO address_book (id, account_id, name, name_key, created_at) VALUES ('${id}', 'pAda', '${id}', '${id}', '${at}')`,
    );
  addShare(db, 's1', 'f1', { email: 'ines@ailleurs.example' });
  addShare(db, 's2', 'f2', { email: 'ines@ailleurs.example' });
  addShare(db, 's3', 'f1', { email: 'ben@demo.example' });
  addShare(db, 's4', 'f2', { email: 'ben@demo.example' });
  addShare(db, 's5', 'f2', { person: 'pBen' });
  db.exec(readFileSync(new URL('0008-guests.sql', folder), 'utf8'));
  const shares = db.prepare('SELECT id, type, principal_id, email FROM share ORDER BY id').all();
  const guest = db.prepare('SELECT id, email, is_listed FROM principal WHERE is_guest = 1').all();
  assert.deepEqual(
    guest.map((row) => ({ ...row })),
    [{ id: 'p1', email: 'ines@ailleurs.example', is_listed: 0 }],
  );
  assert.deepEqual(
    shares.map((row) => Object.values(row)),
    [
      ['s1', 'guest', 'p1', 'ines@ailleurs.example'],
      ['s2', 'guest', 'p1', 'ines@ailleurs.example'],
      ['s3', 'principal', 'pBen', null],
      ['s5', 'principal', 'pBen', null],
    ],
  );
  db.close();
});
