import { readdir, readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Writer } from './database.ts';

const folder = new URL('./migrations/', import.meta.url);

/** Applies the migrations that are missing, in the order of their numbers, each in a transaction of its own. */
export async function migrate(db: Writer, execute: (script: string) => void): Promise<void> {
  execute('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT');
  const rows = await db.all(sql<{ name: string }>`SELECT name FROM migration`.compile(db.build));
  const applied = new Set(rows.map((row) => row.name));
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const unknown = [...applied].filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `The data was written by a newer version of Coterie (${unknown.join(', ')}): start that version, or restore a backup.`,
    );
  }
  for (const name of names.filter((candidate) => !applied.has(candidate))) {
    const script = await readFile(new URL(name, folder), 'utf8');
    execute(`BEGIN; ${script}; INSERT INTO migration VALUES ('${name}', datetime('now')); COMMIT`);
  }
}
