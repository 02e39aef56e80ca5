import type { Id } from '../../client/src/types.ts';

/** The drag types of the app; the value of each item is JSON. */
export const dragTypes = {
  /** A `DraggedCards`. */
  cards: 'application/x-coterie-cards',
  /** The key of a folder. */
  folder: 'application/x-coterie-folder',
} as const;

/** Cards that are being dragged, all of one account. */
export interface DraggedCards {
  readonly accountId: Id;
  readonly cardIds: readonly Id[];
}

/** Where cards were dropped: a folder, or the trash. */
export type CardTarget = { readonly accountId: Id; readonly bookId: Id; readonly name: string } | 'trash';
