import type { RawBuilder } from 'kysely';

/** The filters that look for a text (RFC 9610 §3.3.1). */
export type TextFilter =
  | 'text'
  | 'name'
  | 'name/given'
  | 'name/surname'
  | 'name/surname2'
  | 'nickname'
  | 'organization'
  | 'email'
  | 'phone'
  | 'onlineService'
  | 'address'
  | 'note';

/** One condition on cards; all that are given must hold (RFC 9610 §3.3.1). Times are ISO 8601 in UTC with milliseconds. */
export type CardCondition = { readonly [Name in TextFilter]?: string } & {
  readonly inAddressBook?: string;
  readonly inAddressBooks?: readonly string[];
  readonly uid?: string;
  readonly kind?: string;
  readonly hasMember?: string;
  readonly hasKeyword?: string;
  readonly createdBefore?: string;
  readonly createdAfter?: string;
  readonly updatedBefore?: string;
  readonly updatedAfter?: string;
  readonly nameStartsWith?: string;
};

/** Conditions joined by operators (RFC 8620 §5.5). */
export type CardFilter =
  | { readonly operator: 'AND' | 'OR' | 'NOT'; readonly conditions: readonly CardFilter[] }
  | { readonly operator: null; readonly condition: CardCondition };

/** What cards can be sorted by. */
export type CardSort = 'fileAs' | 'created' | 'updated' | 'name/given' | 'name/surname' | 'name/surname2';

/** Comparators, the first one weighs most. */
export type CardOrder = readonly { readonly property: CardSort; readonly isAscending: boolean }[];

/** A card among the results, and where it stands. */
export type Placed = { readonly id: string; readonly index: number };

/** Cards that match, of which only what is needed is read. */
export type CardResults = {
  total(): Promise<number>;
  /** Where a card stands among them; -1 when it is not. */
  indexOf(cardId: string): Promise<number>;
  /** Where those of these cards stand that are among them, in their order. */
  indexesOf(cardIds: readonly string[]): Promise<readonly Placed[]>;
  /** `limit` null: to the end. */
  slice(offset: number, limit: number | null): Promise<readonly string[]>;
};

/** A part of a statement. */
export type Sql = RawBuilder<unknown>;

/** A condition in the forms that a plan chooses from. All speak of a row of `card`. */
export type Test = {
  /** To ask of one card after the other: cheap for a few. */
  readonly each: Sql;
  /** To ask of all: what is looked up is gathered once. */
  readonly all: Sql;
  /** Selections of `id` that are found by an index and miss no card that matches; none: no index helps. */
  readonly leads: readonly Sql[];
};
