import type { Writer } from '../../db/database.ts';
import type { ChangeType } from '../../db/schema.ts';
import type { Change } from './hub.ts';

/** What an operation says of a change; the number comes at the end of the transaction. */
export type Changed = {
  readonly accountId: string;
  readonly type: ChangeType;
  readonly id: string;
  readonly kind: Change['kind'];
  readonly bookId?: string;
  readonly readerId?: string;
  readonly wasReadable?: boolean;
  /** Of a card: what it is, or was, called in its folder (devices know cards by that name). */
  readonly uri?: string;
};

/** A transaction that keeps the change log. */
export type Transaction = Writer & {
  /** Notes a change: logged with the commit, told to open windows after it. */
  changed(change: Changed): void;
  /** Notes that the groups of these people changed. */
  regrouped(personIds: readonly string[]): void;
  /** Notes that a person's push subscriptions changed. */
  resubscribed(personId: string): void;
  /** Runs an operation as a part of this transaction: when it throws, only what it did is undone. */
  joined<T>(task: (tx: Transaction) => Promise<T>): Promise<T>;
};
