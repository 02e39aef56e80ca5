import { sql } from 'kysely';
import type { Reader, Writer } from '../../db/database.ts';
import { AppError, notFound } from '../../errors.ts';
import { sniffImage } from '../../format/jscontact/media.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { requireWriting, seesAll } from '../scope.ts';
import { visibleBooks } from '../sharing/access.ts';
import { blobIdOfUpload } from './blobId.ts';
import { partSize, writeParts } from './blobParts.ts';
import { isUnused } from './uploadedSize.ts';

/** The largest file that may be uploaded. */
export const maxBlobSize = 50_000_000;

/**
 * How much one person may have uploaded without using it in a card (RFC 8620 §6: at least the largest single object).
 */
export const maxUnreferencedSize = 200_000_000;

const noData = new Uint8Array();

/** A file to store. */
export type NewBlob = { readonly accountId: string; readonly data: Uint8Array; readonly type: string | null };

/**
 * Stores a file until a card uses it (RFC 8620 §6.1), and returns its id. In another's account, only those who may add
 * cards there can do this. If a person has too many unused uploads, the oldest are deleted.
 */
export async function putBlob(context: Context, { accountId, data, type }: NewBlob): Promise<string> {
  if (data.length > maxBlobSize) throw new AppError('tooLarge', `At most ${maxBlobSize} octets`);
  const id = await blobIdOfUpload(data);
  const stored = sniffImage(data) ?? type ?? 'application/octet-stream';
  const isLarge = data.length > partSize;
  if (isLarge) {
    await requireUpload(context.db, context, accountId);
    await writeParts(context, id, data);
  }
  await transact(context, async (tx) => {
    await requireUpload(tx, context, accountId);
    await makeRoom(tx, context, id, data.length);
    const now = context.now().toISOString();
    const values = { id, type: stored, size: data.length, created_at: now, data: isLarge ? noData : data };
    const blob = tx.build.insertInto('blob').values(values);
    await tx.run(blob.onConflict((conflict) => conflict.doNothing()));
    await noteUpload(tx, context, accountId, id);
  });
  return id;
}

/** Who may bring files into an account: its owner, and who may add in a folder of it. */
export async function requireUpload(tx: Reader, context: Context, accountId: string): Promise<void> {
  requireWriting(context);
  if (seesAll(context, accountId) && !context.actor.isGuest) return;
  if (seesAll(context, accountId)) throw new AppError('forbidden', 'Guests keep nothing here');
  const books = await visibleBooks(tx, context, accountId);
  if (books.length === 0) throw notFound('account');
  if (!books.some(({ rights }) => rights.mayAdd)) throw new AppError('forbidden', 'No right to write in this account');
}

/**
 * Records that the person has uploaded this blob to this account; a repeated upload renews its lifetime (RFC 8620 §6).
 */
export async function noteUpload(tx: Writer, context: Context, accountId: string, id: string): Promise<void> {
  const row = {
    blob_id: id,
    account_id: accountId,
    uploaded_by: context.actor.principalId,
    created_at: context.now().toISOString(),
  };
  const upload = tx.build.insertInto('blob_upload').values(row);
  await tx.run(
    upload.onConflict((conflict) =>
      conflict.columns(['blob_id', 'account_id', 'uploaded_by']).doUpdateSet({ created_at: row.created_at }),
    ),
  );
}

async function makeRoom(tx: Writer, context: Context, id: string, size: number): Promise<void> {
  const waiting = await tx.all(
    sql<{ id: string; size: number }>`
      SELECT blob.id, blob.size FROM blob_upload JOIN blob ON blob.id = blob_upload.blob_id
      WHERE uploaded_by = ${context.actor.principalId} AND blob.id <> ${id} AND ${isUnused}
      GROUP BY blob.id, blob.size ORDER BY max(blob_upload.created_at)`.compile(tx.build),
  );
  let total = waiting.reduce((sum, blob) => sum + blob.size, size);
  for (const oldest of waiting) {
    if (total <= maxUnreferencedSize) return;
    const mine = tx.build
      .deleteFrom('blob_upload')
      .where('blob_id', '=', oldest.id)
      .where('uploaded_by', '=', context.actor.principalId);
    await tx.run(mine);
    total -= oldest.size;
  }
}
