import type { Reader } from '../../db/database.ts';
import { readParts } from './blobParts.ts';

/** Binary data and the type that it has by its content or by the word of whoever uploaded it. */
export type Blob = { readonly type: string; readonly data: Uint8Array };

/** The data of a blob, whoever may read it: the caller has asked. */
export async function readBlobData(reader: Reader, blobId: string): Promise<Blob | undefined> {
  const one = reader.build.selectFrom('blob').select(['type', 'size', 'data']).where('id', '=', blobId);
  const blob = await reader.first(one);
  if (!blob) return undefined;
  const { type, size, data } = blob;
  return { type, data: data.length === 0 && size > 0 ? await readParts(reader, blobId, size) : data };
}
