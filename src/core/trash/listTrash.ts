import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { foldText } from '../../lib/fold.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';
import { findBook } from '../sharing/access.ts';
import { mayChangeCard } from '../sharing/cardRights.ts';
import { utcDate } from '../../lib/utcDate.ts';

/** Something that waits in the trash. */
export type TrashView = {
  readonly id: string;
  readonly kind: 'card' | 'folder';
  readonly name: string;
  readonly email: string | null;
  readonly ownerAccountId: string;
  readonly addressBookId: string | null;
  readonly addressBookName: string | null;
  readonly cardCount: number;
  readonly deletedAt: string;
  readonly deletedBy: string;
  readonly deletedByName: string;
  /** The owner always; somebody else as long as they may change it where it was. */
  readonly mayRestore: boolean;
};

type TrashRow = {
  id: string;
  kind: 'card' | 'folder';
  name: string;
  owner_id: string;
  place_id: string | null;
  place_name: string | null;
  deleted_at: string;
  deleted_by: string;
  added_by: string | null;
  deleted_by_name: string | null;
};

/** The trash of the person: what they deleted anywhere and what anybody deleted in their account. */
function trashOf(context: Context): ReturnType<typeof sql<TrashRow>> {
  const me = context.actor.principalId;
  return sql<TrashRow>`(
    SELECT card.id, 'card' AS kind, card.file_as AS name, card.account_id AS owner_id, card.book_id AS place_id,
      place.name AS place_name, card.deleted_at, card.deleted_by, card.added_by
    FROM card JOIN address_book AS place ON place.id = card.book_id
    WHERE card.trash_id = card.id AND card.account_id = ${me}
    UNION
    SELECT card.id, 'card', card.file_as, card.account_id, card.book_id, place.name, card.deleted_at, card.deleted_by,
      card.added_by
    FROM card JOIN address_book AS place ON place.id = card.book_id
    WHERE card.trash_id = card.id AND card.deleted_by = ${me}
    UNION
    SELECT book.id, 'folder', book.name, book.account_id, book.parent_id, place.name, book.deleted_at, book.deleted_by,
      NULL
    FROM address_book AS book LEFT JOIN address_book AS place ON place.id = book.parent_id
    WHERE book.trash_id = book.id AND book.account_id = ${me}
    UNION
    SELECT book.id, 'folder', book.name, book.account_id, book.parent_id, place.name, book.deleted_at, book.deleted_by,
      NULL
    FROM address_book AS book LEFT JOIN address_book AS place ON place.id = book.parent_id
    WHERE book.trash_id = book.id AND book.deleted_by = ${me}
  )`;
}

/** Which part of the trash. */
export type TrashWindow = { readonly text?: string; readonly position: number; readonly limit: number };

/** Ids of what is in the person's trash, newest first, and how many there are in all. */
export async function queryTrash(context: Context, window: TrashWindow): Promise<{ ids: string[]; total: number }> {
  requireWhole(context);
  const { db } = context;
  const trash = trashOf(context);
  const text = foldText(window.text ?? '').trim();
  if (text !== '') {
    const rows = await db.all(
      sql<TrashRow>`SELECT * FROM ${trash} AS item ORDER BY deleted_at DESC, id`.compile(db.build),
    );
    const found = rows.filter((row) => foldText(row.name).includes(text)).map((row) => row.id);
    return { ids: found.slice(window.position, window.position + window.limit), total: found.length };
  }
  const total = await db.first(
    sql<{ count: number }>`SELECT count(*) AS count FROM ${trash} AS item`.compile(db.build),
  );
  const rows = await db.all(
    sql<{ id: string }>`SELECT id FROM ${trash} AS item ORDER BY deleted_at DESC, id
      LIMIT ${window.limit} OFFSET ${window.position}`.compile(db.build),
  );
  return { ids: rows.map((row) => row.id), total: total?.count ?? 0 };
}

/** The items with these ids (all without), as far as they are in the person's trash. */
export async function findTrash(reader: Reader, context: Context, ids: readonly string[] | null): Promise<TrashView[]> {
  requireWhole(context);
  if (ids?.length === 0) return [];
  const among = ids === null ? sql`1 = 1` : sql`item.id IN (${sql.join(ids)})`;
  const rows = await reader.all(
    sql<TrashRow>`
      SELECT item.*, principal.name AS deleted_by_name FROM ${trashOf(context)} AS item
      LEFT JOIN principal ON principal.id = item.deleted_by
      WHERE ${among} ORDER BY item.deleted_at DESC, item.id`.compile(reader.build),
  );
  return Promise.all(rows.map((row) => viewOf(reader, context, row)));
}

async function viewOf(reader: Reader, context: Context, row: TrashRow): Promise<TrashView> {
  const email = row.kind === 'card' ? await firstEmail(reader, row.id) : null;
  const isOwner = row.owner_id === context.actor.principalId;
  // What one deleted at somebody else's may have stood in a folder that one may not read, any more or ever.
  const place = isOwner || row.place_id === null ? undefined : await findBook(reader, context, row.place_id);
  const isPlaceSeen = isOwner || place !== undefined;
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    email,
    ownerAccountId: row.owner_id,
    addressBookId: isPlaceSeen ? row.place_id : null,
    addressBookName: isPlaceSeen ? row.place_name : null,
    cardCount: row.kind === 'card' ? 1 : await countCards(reader, row.id),
    deletedAt: utcDate(row.deleted_at),
    deletedBy: row.deleted_by,
    deletedByName: row.deleted_by_name ?? '',
    mayRestore:
      context.actor.scope?.mayWrite !== false &&
      (isOwner || (place !== undefined && mayChangeCard(context, place.rights, row))),
  };
}

async function firstEmail(reader: Reader, cardId: string): Promise<string | null> {
  const row = await reader.first(
    reader.build.selectFrom('card_email').select('address').where('card_id', '=', cardId).orderBy('position').limit(1),
  );
  return row?.address ?? null;
}

async function countCards(reader: Reader, bookId: string): Promise<number> {
  const row = await reader.first(
    reader.build
      .selectFrom('card')
      .select(reader.build.fn.countAll<number>().as('count'))
      .where('trash_id', '=', bookId),
  );
  return row?.count ?? 0;
}
