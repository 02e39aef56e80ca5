import type { Reader } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import { notFound } from '../../errors.ts';
import type { Context } from '../context.ts';
import { isWhole, seesAll } from '../scope.ts';
import { visibleBooks } from '../sharing/access.ts';
import { historyScope, isRemembered } from '../sharing/historyScope.ts';
import { readBlobData } from './readBlobData.ts';
import type { Blob } from './readBlobData.ts';

/** The blob, if the person may read it in this account; otherwise *not found*, whether it exists or not. */
export async function getBlob(
  context: Context,
  accountId: string,
  blobId: string,
  reader: Reader = context.db,
): Promise<Blob> {
  await requireBlob(reader, context, accountId, blobId);
  const blob = await readBlobData(reader, blobId);
  if (!blob) throw notFound('blob');
  return blob;
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

/** RFC 8620 §6.1: what no card uses belongs to who uploaded it; the rest follows the folders of the cards and of their history. */
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
  const versions = await reader.all(versionsWith(reader, { accountId, blobId }));
  // To who is shown one folder alone, what is used elsewhere is not shown either.
  if (cards.length + versions.length === 0) return isUpload;
  if (seesAll(context, accountId)) return true;
  const visible = await visibleBooks(reader, context, accountId);
  const books = new Set(visible.map(({ book }) => book.id));
  if (cards.some((card) => card.trash_id === null && books.has(card.book_id))) return true;
  const scope = historyScope(context, accountId, visible);
  return versions.some((version) => isRemembered(scope, version));
}

const versionsWith = statement((build, value: { accountId: string; blobId: string }) =>
  build
    .selectFrom('version_blob')
    .innerJoin('card_version', 'card_version.id', 'version_blob.version_id')
    .select(['card_version.book_id', 'card_version.at'])
    .where('version_blob.blob_id', '=', value.blobId)
    .where('card_version.account_id', '=', value.accountId)
    .distinct(),
);
