import type { Comparators, Filter } from '../../search/types.ts';

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

/** The filters that look into what the person noted for themselves; `anyText`: as `text`, and there. */
export type NoteFilter = 'anyText' | 'privateNote';

/** One condition on cards; all that are given must hold (RFC 9610 §3.3.1). Times are ISO 8601 in UTC with milliseconds. */
export type CardCondition = { readonly [Name in TextFilter | NoteFilter]?: string } & {
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

/** Conditions joined by operators. */
export type CardFilter = Filter<CardCondition>;

/** What cards can be sorted by. */
export type CardSort = 'fileAs' | 'created' | 'updated' | 'name/given' | 'name/surname' | 'name/surname2';

/** Comparators, the first one weighs most. */
export type CardOrder = Comparators<CardSort>;
