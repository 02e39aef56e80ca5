import type { Id, UTCDate } from './types.ts';

/** By which way a change came (docs/jmap-extension.md). */
export type Way =
  | 'web'
  | 'jmap'
  | 'carddav'
  | 'import'
  | 'link'
  | 'merge'
  | 'restore'
  | 'mail'
  | 'linkedCopy'
  | 'handover'
  | 'cli'
  | 'system';

/** What happened to a card; a move is two, one in each folder. */
export type CardAction = 'created' | 'updated' | 'deleted' | 'restored' | 'movedOut' | 'movedIn' | 'handedOver';

/** One change of a card. */
export interface CardVersion {
  readonly id: Id;
  readonly cardId: Id;
  readonly addressBookId: Id;
  readonly otherAddressBookId: Id | null;
  readonly at: UTCDate;
  readonly authorId: Id | null;
  readonly authorName: string | null;
  readonly way: Way;
  readonly action: CardAction;
  readonly name: string;
  readonly batchId: Id;
  readonly operationId: Id | null;
  readonly before?: Readonly<Record<string, unknown>> | null;
  readonly after?: Readonly<Record<string, unknown>> | null;
}

/** Changes of one kind that one person made in one folder without a pause. */
export interface CardActivity {
  readonly id: Id;
  readonly addressBookId: Id;
  readonly otherAddressBookId: Id | null;
  /** Of contacts that moved at once, all folders that they came from or went to. */
  readonly otherAddressBookIds: readonly Id[];
  readonly from: UTCDate;
  readonly to: UTCDate;
  readonly authorId: Id | null;
  readonly authorName: string | null;
  readonly way: Way;
  readonly action: CardAction;
  readonly operationId: Id | null;
  readonly cardCount: number;
  readonly cards: readonly { readonly cardId: Id; readonly name: string }[];
}

/** What undoing changes does, or would do, to each card. */
export type UndoneChange = 'restored' | 'changed' | 'deleted' | 'moved' | 'kept';

/** What was undone, or would be. */
export interface Undone {
  readonly accountId: Id;
  readonly counts: Readonly<Record<UndoneChange, number>>;
  /** The first 200. */
  readonly cards: readonly {
    readonly cardId: Id;
    readonly name: string;
    readonly change: UndoneChange;
    readonly reason: 'changedSince' | 'elsewhere' | 'gone' | null;
  }[];
  /** How many are still to be done: by the same call, with `continues`. */
  readonly left: number;
  readonly operationId: Id | null;
}
