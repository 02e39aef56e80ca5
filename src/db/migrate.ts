import { readdir, readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Writer } from './database.ts';

const folder = new URL('./migrations/', import.meta.url);
const variant = '.postgres.sql';

/** A migration that is to be applied; `isOwn`: it is written for this very database. */
export type Migration = { readonly name: string; readonly script: string; readonly isOwn: boolean };

/** The names of all migrations of this version, in order. */
export async function migrationNames(): Promise<string[]> {
  const files = await readdir(folder);
  return files.filter((name) => name.endsWith('.sql') && !name.endsWith(variant)).sort();
}

/** Expand, migrate, contract: whether what the version before needs is taken away (`0050-contract-….sql`). */
const isContract = (name: string) => /^\d{4}[a-z]?-contract-/u.test(name);

/**
 * The migrations that are missing, in the order of their numbers. For PostgreSQL each is spelled anew, but where a file
 * beside it says what that takes (`0022b-principal-text.postgres.sql`). `wanted`: no others. What a newer version has added stands in
 * nobody's way: while programs are replaced one after the other, those of before go on, and may start. Throws when a newer version has
 * taken away what this one needs.
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

/** Applies the migrations that SQLite lacks, each in a transaction of its own. */
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
