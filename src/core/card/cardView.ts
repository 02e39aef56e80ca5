import type { CardRow } from '../../db/schema.ts';

/** A card as the doors see it. */
export type CardView = {
  readonly id: string;
  readonly accountId: string;
  readonly addressBookId: string;
  /** Who put it into that folder. */
  readonly addedBy: string | null;
  /** What lists show and sort by. */
  readonly fileAs: string;
  /** The Card of RFC 9553, with blobIds for embedded media (RFC 9610 §3). */
  readonly content: Readonly<Record<string, unknown>>;
};

/** The columns from which a view is made. */
export const viewedColumns = ['id', 'account_id', 'book_id', 'file_as', 'added_by', 'data'] as const;

/** The part of a row that a view needs. */
export type ViewedRow = Pick<CardRow, (typeof viewedColumns)[number]>;

/** The view of a row. */
export function cardView(row: ViewedRow): CardView {
  const { id, account_id: accountId, book_id: addressBookId, file_as: fileAs, added_by: addedBy, data } = row;
  return { id, accountId, addressBookId, addedBy, fileAs, content: JSON.parse(data) as Record<string, unknown> };
}
