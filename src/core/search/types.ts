import type { RawBuilder } from 'kysely';

/** A part of a statement. */
export type Sql = RawBuilder<unknown>;

/** Conditions joined by operators (RFC 8620 §5.5). */
export type Filter<Condition> =
  | { readonly operator: 'AND' | 'OR' | 'NOT'; readonly conditions: readonly Filter<Condition>[] }
  | { readonly operator: null; readonly condition: Condition };

/** Comparators, the first one weighs most. */
export type Comparators<Sort extends string> = readonly { readonly property: Sort; readonly isAscending: boolean }[];

/** Rows that are searched, by the name of `card`. */
export type Space = {
  /** For FROM. */
  readonly from: Sql;
  /** Where its rows lie, however they are found; part of `within`. */
  readonly place: Sql;
  /** Which rows of it. */
  readonly within: Sql;
  /** The same where an order is walked along: it may have an index of its own. */
  readonly withinOrder: Sql;
  /** How many there are, where that is known; left out: as many as are listed. */
  size?(): Promise<number>;
  /** How many there may be at most: an estimate that costs nothing. */
  most(): Promise<number>;
};

/** A condition in the forms that a plan chooses from. All speak of a row of `card`. */
export type Test = {
  /** To ask of one row after the other: cheap for a few. */
  readonly each: Sql;
  /** To ask of all: what is looked up is gathered once. */
  readonly all: Sql;
  /** Selections of `id` that are found by an index and miss no row that matches; none: no index helps. */
  readonly leads: readonly Sql[];
};

/** Something among the results, and where it stands. */
export type Placed = { readonly id: string; readonly index: number };

/** What matches, of which only what is needed is read. */
export type SearchResults = {
  total(): Promise<number>;
  /** Where something stands among them; -1 when it is not. */
  indexOf(id: string): Promise<number>;
  /** Where those of these stand that are among them, in their order. */
  indexesOf(ids: readonly string[]): Promise<readonly Placed[]>;
  /** `limit` null: to the end. */
  slice(offset: number, limit: number | null): Promise<readonly string[]>;
};
