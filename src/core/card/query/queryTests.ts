import { sql } from 'kysely';
import type { Sql, Test } from './queryTypes.ts';

/** Holds for every card. */
export const always: Test = { each: sql`1 = 1`, all: sql`1 = 1`, leads: [] };

/** Holds for no card. */
export const never: Test = { each: sql`1 = 0`, all: sql`1 = 0`, leads: [sql`SELECT id FROM card WHERE 1 = 0`] };

/** Holds where all of them hold: whatever leads to one of them leads to all. */
export function allOf(tests: readonly Test[]): Test {
  if (tests.length < 2) return tests[0] ?? always;
  return { ...joined(tests, sql` AND `), leads: tests.flatMap(({ leads }) => leads) };
}

/** Holds where one of them holds: when every one has leads, one of each together are a lead, in several combinations. */
export function anyOf(tests: readonly Test[]): Test {
  if (tests.length < 2) return tests[0] ?? never;
  const most = tests.some(({ leads }) => leads.length === 0) ? 0 : Math.max(...tests.map(({ leads }) => leads.length));
  const leads = Array.from({ length: most }, (_, index) => {
    const one = tests.map((test) => test.leads[Math.min(index, test.leads.length - 1)]!);
    return sql`${sql.join(one, sql` UNION ALL `)}`;
  });
  return { ...joined(tests, sql` OR `), leads };
}

/** Holds where it does not hold. */
export function not(test: Test): Test {
  return { each: sql`NOT (${test.each})`, all: sql`NOT (${test.all})`, leads: [] };
}

/** A condition on the row itself, and what leads to such rows where an index does. */
export function rowTest(condition: Sql, ...leads: readonly Sql[]): Test {
  return { each: condition, all: condition, leads };
}

/**
 * A column, so that no index on it is used: the order of the walk through the cards is chosen by the plan, and a
 * database without statistics would rather sort thousands of rows.
 */
export function unindexed(column: Sql): Sql {
  return sql`coalesce(${column}, '')`;
}

/** Whether a column has one of these values. */
export function isAmong(column: Sql, values: readonly string[]): Sql {
  return values.length === 0 ? sql`1 = 0` : sql`${column} IN (${sql.join(values)})`;
}

function joined(tests: readonly Test[], by: Sql): Pick<Test, 'each' | 'all'> {
  const join = (parts: readonly Sql[]) => sql`(${sql.join(parts, by)})`;
  return { each: join(tests.map(({ each }) => each)), all: join(tests.map(({ all }) => all)) };
}
