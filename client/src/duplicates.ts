import type { Id, SetError, UTCDate } from './types.ts';

/** Contacts that are one person's, as far as the server can tell (docs/jmap-extension.md). */
export interface Duplicate {
  readonly id: Id;
  /** Whether they can be merged without a look. */
  readonly isCertain: boolean;
  /** What they have in common. */
  readonly reasons: readonly ('email' | 'phone' | 'name')[];
  readonly cards: readonly { readonly id: Id; readonly accountId: Id; readonly addressBookId: Id }[];
  /** The card that the others usually go into. */
  readonly keepId: Id;
  readonly isDismissed: boolean;
}

/** A merge that can be undone. */
export interface Merge {
  readonly id: Id;
  readonly keepId: Id;
  readonly name: string;
  readonly cards: readonly { readonly id: Id; readonly name: string }[];
  readonly mergedAt: UTCDate;
  readonly mergedBy: Id;
  readonly mergedByName: string;
  readonly undoUntil: UTCDate;
}

/** What undoing a merge did: what somebody edited since was kept. */
export interface UndoneMerge {
  readonly kept: 'restored' | 'edited' | 'gone';
  readonly restored: readonly Id[];
  readonly lost: readonly Id[];
  readonly editedGroups: readonly Id[];
}

/** The response of `Merge/undo`. */
export interface UndoneMerges {
  readonly undone: Readonly<Record<Id, UndoneMerge>>;
  readonly notUndone: Readonly<Record<Id, SetError>>;
}
