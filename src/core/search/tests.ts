import { sql } from 'kysely';
import { foldWords } from '../../lib/fold.ts';
import type { Filter, Sql, Test } from './types.ts';

/** True for every row. */
export const always: Test = { each: sql`1 = 1`, all: sql`1 = 1`, leads: [] };

/** True for no row. */
export const never: Test = { each: sql`1 = 0`, all: sql`1 = 0`, leads: [sql`SELECT '' AS id WHERE 1 = 0`] };

/** True if all tests are; the leads of any of them are leads of the whole. */
export function allOf(tests: readonly Test[]): Test {
  if (tests.length < 2) return tests[0] ?? always;
  return { ...joined(tests, sql` AND `), leads: tests.flatMap(({ leads }) => leads) };
}

/**
 * True if one of the tests is; if each of them has leads, one lead of each together are a lead of the whole, in several
 * combinations.
 */
export function anyOf(tests: readonly Test[]): Test {
  if (tests.length < 2) return tests[0] ?? never;
  const most = tests.some(({ leads }) => leads.length === 0) ? 0 : Math.max(...tests.map(({ leads }) => leads.length));
  const leads = Array.from({ length: most }, (_, index) => {
    const one = tests.map((test) => test.leads[Math.min(index, test.leads.length - 1)]!);
    return sql`${sql.join(one, sql` UNION ALL `)}`;
  });
  return { ...joined(tests, sql` OR `), leads };
}

function not(test: Test): Test {
  return { each: sql`NOT (${test.each})`, all: sql`NOT (${test.all})`, leads: [] };
}

/** The test for a filter: `testOf` gives the tests of its conditions. */
export function filterTest<C>(filter: Filter<C>, testOf: (condition: C) => Test): Test {
  if (filter.operator === null) return testOf(filter.condition);
  const tests = filter.conditions.map((part) => filterTest(part, testOf));
  if (filter.operator === 'AND') return allOf(tests);
  return filter.operator === 'OR' ? anyOf(tests) : not(anyOf(tests));
}

/** The test for a condition: all of its properties must hold. */
export function propertiesTest<C extends object>(condition: C, testOf: (name: keyof C, value: unknown) => Test): Test {
  return allOf((Object.keys(condition) as (keyof C)[]).map((name) => testOf(name, condition[name])));
}

/** A test on the row itself, with a lead if an index helps. */
export function rowTest(condition: Sql, ...leads: readonly Sql[]): Test {
  return { each: condition, all: condition, leads };
}

/** What is filed under a letter (« A » … « Z », or « 123 » for a digit); `lead` selects the ids in a range of the index. */
export function startsWith(letter: string, lead: (range: Sql) => Sql): Test {
  const [first] = letter === '123' ? ['0'] : foldWords(letter);
  if (first === undefined) return letter.trim() === '' ? always : never;
  const end = letter === '123' ? ':' : `${first}\u{10ffff}`;
  const range = sql`(file_as_key >= ${first} AND file_as_key < ${end})`;
  return rowTest(range, lead(range));
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
