import type { Reader } from '../../db/database.ts';
import { notFound } from '../../errors.ts';
import type { Context } from '../context.ts';
import { isWhole, seesAll } from '../scope.ts';
import { visibleBooks } from '../sharing/access.ts';
import { readParts } from './blobParts.ts';

/** Binary data and the type that it has by its content or by the word of whoever uploaded it. */
export type Blob = { readonly type: string; readonly data: Uint8Array };

/** The blob, when the person may read it in this account; else *not found*, whether it exists or not. */
export async function getBlob(
  context: Context,
  accountId: string,
  blobId: string,
  reader: Reader = context.db,
): Promise<Blob> {
  await requireBlob(reader, context, accountId, blobId);
  const one = reader.build.selectFrom('blob').select(['type', 'size', 'data']).where('id', '=', blobId);
  const blob = await reader.first(one);
  if (!blob) throw notFound('blob');
  const { type, size, data } = blob;
  return { type, data: data.length === 0 && size > 0 ? await readParts(reader, blobId, size) : data };
}

/** Throws *not found* when the person may not read this blob in this account. */
export async function requireBlob(reader: Reader, context: Context, accountId: string, blobId: string): Promise<void> {
  if (!(await mayRead(reader, context, accountId, blobId))) throw notFound('blob');
}

/** How long the blob is, without reading it; null when the person may not read it in this account. */
export async function findBlobSize(context: Context, accountId: string, blobId: string): Promise<number | null> {
  const { db } = context;
  if (!(await mayRead(db, context, accountId, blobId))) return null;
  const row = await db.first(db.build.selectFrom('blob').select('size').where('id', '=', blobId));
  return row?.size ?? null;
}

/** RFC 8620 §6.1: what no card uses belongs to who uploaded it; the rest follows the folders of the cards. */
async function mayRead(reader: Reader, context: Context, accountId: string, blobId: string): Promise<boolean> {
  const { principalId } = context.actor;
  const { build } = reader;
  const upload = build.selectFrom('blob_upload').select('blob_id').where('blob_id', '=', blobId);
  const isUpload =
    (await reader.first(upload.where('account_id', '=', accountId).where('uploaded_by', '=', principalId))) !==
    undefined;
  if (isUpload && isWhole(context.actor)) return true;
  const cards = await reader.all(
    build
      .selectFrom('card_blob')
      .innerJoin('card', 'card.id', 'card_blob.card_id')
      .select(['card.book_id', 'card.trash_id'])
      .where('card_blob.blob_id', '=', blobId)
      .where('card.account_id', '=', accountId)
      .distinct(),
  );
  // To who is shown one folder alone, what is used elsewhere is not shown either.
  if (cards.length === 0) return isUpload;
  if (seesAll(context, accountId)) return true;
  const books = new Set((await visibleBooks(reader, context, accountId)).map(({ book }) => book.id));
  return cards.some((card) => card.trash_id === null && books.has(card.book_id));
}
