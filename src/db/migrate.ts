import { readdir, readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Writer } from './database.ts';

const folder = new URL('./migrations/', import.meta.url);
const variant = '.postgres.sql';

/** A migration to be applied; `isOwn`: it is written for this kind of database. */
export type Migration = { readonly name: string; readonly script: string; readonly isOwn: boolean };

/** The names of all migrations of this version, in order. */
export async function migrationNames(): Promise<string[]> {
  const files = await readdir(folder);
  return files.filter((name) => name.endsWith('.sql') && !name.endsWith(variant)).sort();
}

/** Expand, migrate, contract: whether what the version before needs is taken away (`0050-contract-….sql`). */
const isContract = (name: string) => /^\d{4}[a-z]?-contract-/u.test(name);

/**
 * The migrations that have not been applied yet, in order. For PostgreSQL each is translated, unless a file beside it
 * has the statements for it (`0022b-principal-text.postgres.sql`). `wanted`: consider only these. Unknown migrations
 * that only added something are accepted: while nodes are upgraded one after the other, the old version keeps running
 * and may start. Throws if a newer version has removed what this one needs.
 */
export async function missingMigrations(
  applied: ReadonlySet<string>,
  database: 'sqlite' | 'postgres',
  wanted: readonly string[] | null = null,
): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const names = files.filter((name) => !name.endsWith(variant));
  const unknown = [...applied].filter((name) => !names.includes(name) && isContract(name));
  if (unknown.length > 0) {
    throw new Error(
      `The data was written by a newer version of Coterie (${unknown.join(', ')}): start that version, or restore a backup.`,
    );
  }
  const missing = names.filter((name) => !applied.has(name) && (wanted?.includes(name) ?? true));
  return Promise.all(
    missing.map(async (name) => {
      const own = name.replace(/\.sql$/u, variant);
      const isOwn = database === 'postgres' && files.includes(own);
      return { name, isOwn, script: await readFile(new URL(isOwn ? own : name, folder), 'utf8') };
    }),
  );
}

/** Applies the missing migrations to SQLite, each in its own transaction. */
export async function migrate(
  db: Writer,
  execute: (script: string) => void,
  wanted: readonly string[] | null,
): Promise<void> {
  execute('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT');
  const rows = await db.all(sql<{ name: string }>`SELECT name FROM migration`.compile(db.build));
  for (const { name, script } of await missingMigrations(new Set(rows.map((row) => row.name)), 'sqlite', wanted)) {
    execute(`BEGIN; ${script}; INSERT INTO migration VALUES ('${name}', datetime('now')); COMMIT`);
  }
}
