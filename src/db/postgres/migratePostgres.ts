import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'pg';
import { requireWhole } from '../copy/mark.ts';
import { postgresBuilder } from '../dialect.ts';
import { missingMigrations } from '../migrate.ts';
import type { Target } from '../target.ts';
import { isInTheWay } from './failures.ts';
import { openReader, openWriter, patient } from './port.ts';
import { spellMigration, statementsOf } from './spelling.ts';

/** Any number: who brings the schema up to date has it. */
const turn = 7_263_190;

/** Up to the migrations of this number no data was in PostgreSQL: what they move is not there. */
export const beginning = '0039';

/** So long somebody may be kept waiting by a step that waits itself; then all of it is undone, and tried again. */
const lockMilliseconds = 500;
const mostAttempts = 100;
const pauseMilliseconds = 300;

/**
 * Applies the migrations that are missing, all in one transaction: of several programs that start at the same time one
 * does it, and the others find it done. Those that work on the database meanwhile wait for less than a second at a time.
 */
export async function migratePostgres(pool: Pool, target?: Target): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await migrateOnce(pool, target);
    } catch (error) {
      if (!isInTheWay(error) || attempt === mostAttempts) throw error;
      await wait(pauseMilliseconds);
    }
  }
}

async function migrateOnce(pool: Pool, target: Target | undefined): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${turn})`);
    const run = patient(client);
    const part = <T>(task: () => Promise<T>) => task();
    const tx = { ...openReader(postgresBuilder(), run), ...openWriter({ run, part }) };
    await (target ? target.begin(tx) : requireWhole(tx));
    await client.query(
      'CREATE TABLE IF NOT EXISTS migration (name TEXT COLLATE "C" PRIMARY KEY, applied_at TEXT NOT NULL)',
    );
    const { rows } = await client.query<{ name: string }>('SELECT name FROM migration');
    const missing = await missingMigrations(new Set(rows.map(({ name }) => name)), 'postgres', target?.migrations);
    // Whoever writes holds this table, too (`session.ts`): they have ended before the first of theirs is changed.
    if (missing.length > 0)
      await client.query(`SET LOCAL lock_timeout = ${lockMilliseconds}; LOCK TABLE migration IN EXCLUSIVE MODE`);
    for (const { name, script, isOwn } of missing) {
      await client.query(isOwn ? script : spellMigration(name < beginning ? withoutData(script) : script));
      await client.query('INSERT INTO migration VALUES ($1, $2)', [name, new Date().toISOString()]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

/** What the migrations themselves write, for tests that empty a database. */
export async function rowsOfMigrations(): Promise<string> {
  const migrations = await missingMigrations(new Set(), 'postgres');
  const statements = migrations.flatMap(({ script, isOwn }) => (isOwn ? [] : statementsOf(withoutData(script))));
  return spellMigration(statements.filter((statement) => statement.startsWith('INSERT')).join('\n'));
}

function withoutData(script: string): string {
  return statementsOf(script)
    .filter((statement) => !/^(?:UPDATE|DELETE)\b|^INSERT\b.*\bSELECT\b/su.test(statement))
    .join('\n');
}
