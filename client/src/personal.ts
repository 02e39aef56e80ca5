import type { Id, UTCDate } from './types.ts';

/** What a person notes about a contact for themselves; its id is that of the contact. */
export interface PrivateNote {
  readonly id: Id;
  readonly cardId: Id;
  readonly cardAccountId: Id;
  readonly text: string;
  readonly updated: UTCDate;
}

/** A copy that follows the contact it was made from; its id is that of the copy. */
export interface CardLink {
  readonly id: Id;
  readonly sourceId: Id;
  readonly addressBookId: Id;
  readonly cardAccountId: Id;
  /** null: the original is not seen any more. */
  readonly sourceAccountId: Id | null;
  readonly sourceAddressBookId: Id | null;
  readonly sourceName: string;
  readonly status: 'following' | 'gone' | 'noAccess' | 'readOnly';
  /** Pointers to the fields that both changed. */
  readonly conflicts: readonly string[];
  readonly isUnlinked: boolean;
  readonly createdAt: UTCDate;
}
