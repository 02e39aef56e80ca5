import type { RawBuilder } from 'kysely';

/** A part of an SQL statement. */
export type Sql = RawBuilder<unknown>;

/** Conditions joined by operators (RFC 8620 §5.5). */
export type Filter<Condition> =
  | { readonly operator: 'AND' | 'OR' | 'NOT'; readonly conditions: readonly Filter<Condition>[] }
  | { readonly operator: null; readonly condition: Condition };

/** Comparators, the most significant first. */
export type Comparators<Sort extends string> = readonly { readonly property: Sort; readonly isAscending: boolean }[];

/** The rows to search, under the alias `card`. */
export type Space = {
  /** For FROM. */
  readonly from: Sql;
  /** A condition on where its rows are stored, however they are found; part of `within`. */
  readonly place: Sql;
  /** The condition that selects the rows. */
  readonly within: Sql;
  /** The same for a walk along an order, for which there may be another index. */
  readonly withinOrder: Sql;
  /** How many there are, where that is known; left out: as many as are listed. */
  size?(): Promise<number>;
  /** An upper estimate of their number, which costs nothing. */
  most(): Promise<number>;
};

/** A condition in the forms between which a plan chooses. All refer to a row of `card`. */
export type Test = {
  /** For testing one row after the other: cheap for a few rows. */
  readonly each: Sql;
  /** For testing all rows: whatever has to be looked up is collected once. */
  readonly all: Sql;
  /** Selections of `id` that use an index and miss no matching row; empty: no index helps. */
  readonly leads: readonly Sql[];
};

/** A result and its position. */
export type Placed = { readonly id: string; readonly index: number };

/** The matching rows, of which only what is needed is read. */
export type SearchResults = {
  total(): Promise<number>;
  /** The position of a row among the results; -1 if it is not one of them. */
  indexOf(id: string): Promise<number>;
  /** The positions of those of these rows that are among the results, in result order. */
  indexesOf(ids: readonly string[]): Promise<readonly Placed[]>;
  /** `limit` null: to the end. */
  slice(offset: number, limit: number | null): Promise<readonly string[]>;
};
