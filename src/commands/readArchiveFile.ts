import { openAsBlob } from 'node:fs';
import { maxBlobSize } from '../core/blob/putBlob.ts';
import { AppError } from '../errors.ts';
import { archivePieces } from '../format/zimbra/archivePieces.ts';
import { keptFiles } from '../format/zimbra/keptFiles.ts';
import { ArchiveError, readTgz, writeTgz } from '../lib/files/tgz.ts';

/** Of an archive of any size what is about contacts, as a smaller one. */
export async function readArchiveFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = await open(path);
  try {
    const pieces = archivePieces(readTgz(file.stream(), Number.MAX_SAFE_INTEGER));
    return await writeTgz(keptFiles(pieces), maxBlobSize);
  } catch (error) {
    if (error instanceof ArchiveError)
      throw new AppError('invalid', `${path} is damaged, cut off or no archive.`, { reason: error.reason });
    throw error;
  }
}

async function open(path: string): Promise<Blob> {
  try {
    return await openAsBlob(path);
  } catch {
    throw new AppError('notFound', `${path} cannot be read.`);
  }
}
