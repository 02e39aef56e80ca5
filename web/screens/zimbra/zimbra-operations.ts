import { JmapMethodError } from '../../../client/src/errors.ts';
import type { Id } from '../../../client/src/types.ts';
import type { FetchedZimbra, ZimbraPreview } from '../../../client/src/zimbra.ts';
import { archivePieces } from '../../../src/format/zimbra/archivePieces.ts';
import { keptFiles } from '../../../src/format/zimbra/keptFiles.ts';
import { ArchiveError, readTgz, writeTgz } from '../../../src/lib/files/tgz.ts';
import { call, setStrictly, upload } from '../../api/jmap.ts';

/** What a person chooses of their account. */
export interface ZimbraChoices {
  readonly shares: 'none' | 'quiet' | 'mail';
  readonly withTrash: boolean;
}

/** Who signs in at Zimbra. */
export interface ZimbraAccess {
  readonly username: string;
  readonly password: string;
  readonly code: string | null;
}

/** What an upload takes (maxSizeUpload). */
const mostOctets = 50_000_000;

/** Takes out of an export what is about contacts, and sends that alone; its blob. */
export async function uploadContacts(accountId: Id, file: File): Promise<Id> {
  const pieces = archivePieces(readTgz(file.stream(), Number.MAX_SAFE_INTEGER));
  const kept = await writeTgz(keptFiles(pieces), mostOctets);
  const { blobId } = await upload(accountId, new Blob([kept], { type: 'application/gzip' }));
  return blobId;
}

/** Lets the server fetch an account. */
export function fetchAccount(accountId: Id, access: ZimbraAccess): Promise<FetchedZimbra> {
  return call('ContactImport/fetchZimbra', { accountId, ...access });
}

/** What would come. */
export function previewAccount(accountId: Id, blobId: Id, choices: ZimbraChoices): Promise<ZimbraPreview> {
  return call('ContactImport/previewZimbra', { accountId, blobId, ...choices });
}

/** Begins the import; its id. */
export async function startAccount(accountId: Id, blobId: Id, name: string, choices: ZimbraChoices): Promise<Id> {
  const wanted = { kind: 'zimbra', blobId, name, ...choices };
  const { created } = await setStrictly('ContactImport', accountId, { create: { new: wanted } });
  return created!['new']!.id!;
}

/** Why a file cannot be taken; undefined: it is something else that failed. */
export function refusalOf(error: unknown): string | undefined {
  if (error instanceof ArchiveError) return error.reason;
  return error instanceof JmapMethodError ? error.reason : undefined;
}
