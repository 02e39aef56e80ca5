import { sql } from 'kysely';
import type { Comparators, Sql } from './types.ts';

/** The values by which a row is sorted, as text; the last is its id. */
export type Tuple = readonly string[];

/** A total order of rows: no two are equal. */
export type Order = {
  /** For ORDER BY. */
  readonly by: Sql;
  /** What to select, besides the id, to know the tuple of a row. */
  readonly columns: Sql;
  tupleOf(row: Readonly<Record<string, string>>): Tuple;
  /** Whether the row of `card` stands before that place. */
  before(tuple: Tuple): Sql;
};

/** The order by these comparators, each of which has a column that is never null; there is at least one. */
export function orderBy<Sort extends string>(
  columns: Readonly<Record<Sort, string>>,
  comparators: Comparators<Sort>,
): Order {
  // A property that comes again decides nothing.
  const sorted = comparators.filter(
    ({ property }, index) => comparators.findIndex((one) => one.property === property) === index,
  );
  const names: string[] = sorted.map(({ property }) => columns[property]);
  // The id makes the order complete, in the direction in which the index runs.
  const steps = [...sorted.map(({ isAscending }) => isAscending), sorted.at(-1)!.isAscending];
  const all = [...names, 'id'].map((name) => sql.ref(`card.${name}`));
  const isOneWay = steps.every((step) => step === steps[0]);
  return {
    by: sql.join(all.map((column, index) => sql`${column} ${steps[index] ? sql`ASC` : sql`DESC`}`)),
    columns: sql.join(all),
    tupleOf: (row) => [...names, 'id'].map((name) => row[name]!),
    before: (tuple) => (isOneWay ? together(all, tuple, steps[0]! ? sql`<` : sql`>`) : oneByOne(all, tuple, steps)),
  };
}

/** As one comparison of rows: the range of an index. */
function together(all: readonly Sql[], tuple: Tuple, comparison: Sql): Sql {
  return sql`(${sql.join(all)}) ${comparison} (${sql.join(tuple)})`;
}

/** Up and down: the first column is the range of an index, the others decide where it is equal. */
function oneByOne(all: readonly Sql[], tuple: Tuple, steps: readonly boolean[]): Sql {
  const less = (index: number) => sql`${all[index]!} ${steps[index] ? sql`<` : sql`>`} ${tuple[index]}`;
  const from = (index: number): Sql =>
    index === all.length - 1
      ? less(index)
      : sql`(${less(index)} OR (${all[index]!} = ${tuple[index]} AND ${from(index + 1)}))`;
  return sql`(${all[0]!} ${steps[0] ? sql`<=` : sql`>=`} ${tuple[0]} AND ${from(0)})`;
}
