import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openSqlite } from '../src/db/sqlite.ts';
import { sayAll } from './kit/growth/hotPaths.ts';
import { createRecorder } from './kit/growth/recorder.ts';
import { checkedIn, statementsIn, writtenStatements } from './kit/growth/statements.ts';
import { createTestApp } from './kit/world.ts';

test('the statements of the hot paths are those that are checked in, and SQLite finds their rows as it is said there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const db = await openSqlite(join(folder, 'coterie.db'), { durable: false });
  const recorder = createRecorder();
  {
    await using app = await createTestApp({ database: recorder.over(db) });
    const scans: string[] = [];
    const said = await sayAll(app, recorder);
    const text = await writtenStatements(said, {
      // The values do not matter to the plan: all of them are bound.
      describe: async (statement) => {
        const plan = await db.all<{ detail: string }>({
          ...sql`SELECT 1`.compile(db.build),
          sql: `EXPLAIN QUERY PLAN ${statement.sql}`,
          parameters: statement.parameters,
        } as never);
        // Which rows name an account would be looked for if its id changed.
        const isAll = plan.some(({ detail }) => /^SCAN (?:card|change|address_book|principal)\w*$/u.test(detail));
        if (isAll && !statement.sql.includes('INSERT INTO account')) scans.push(statement.sql);
        return plan.map(({ detail }) => detail);
      },
    });
    assert.deepEqual(statementsIn(text), statementsIn(await checkedIn('sqlite', text)));
    assert.deepEqual(scans, []);
  }
  await rm(folder, { recursive: true });
});
