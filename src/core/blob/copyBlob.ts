import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { requireBlob } from './getBlob.ts';
import { noteUpload, requireUpload } from './putBlob.ts';

/** Makes a blob of one account usable in another (RFC 8620 §6.3); it keeps its id. */
export async function copyBlob(
  context: Context,
  fromAccountId: string,
  accountId: string,
  blobId: string,
): Promise<string> {
  return transact(context, async (tx) => {
    await requireBlob(tx, context, fromAccountId, blobId);
    await requireUpload(tx, context, accountId);
    await noteUpload(tx, context, accountId, blobId);
    return blobId;
  });
}
