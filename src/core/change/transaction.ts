import type { Writer } from '../../db/database.ts';
import type { ChangeType } from '../../db/schema.ts';
import type { Change } from './hub.ts';

/** A change as an operation reports it; its number is assigned at the end of the transaction. */
export type Changed = {
  readonly accountId: string;
  readonly type: ChangeType;
  readonly id: string;
  readonly kind: Change['kind'];
  readonly bookId?: string;
  readonly readerId?: string;
  readonly wasReadable?: boolean;
  /** Of a card: its name in the folder, now or before (the name by which devices know it). */
  readonly uri?: string;
};

/** A transaction that writes the change log. */
export type Transaction = Writer & {
  /** Notes a change: it is logged with the commit, and open windows are told after it. */
  changed(change: Changed): void;
  /** Notes that these people's group memberships changed. */
  regrouped(personIds: readonly string[]): void;
  /** Notes that a person's push subscriptions changed. */
  resubscribed(personId: string): void;
  /** Runs an operation as part of this transaction. If it throws, only its own writes are rolled back. */
  joined<T>(task: (tx: Transaction) => Promise<T>): Promise<T>;
};
