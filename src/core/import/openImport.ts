import { AppError } from '../../errors.ts';
import { detectBytes } from '../../format/import/detect.ts';
import type { FileKind } from '../../format/import/detect.ts';
import type { ImportProblem } from '../../format/import/importItem.ts';
import { openFile } from '../../format/import/readFile.ts';
import type { ContactFile, ReadingChoices } from '../../format/import/readFile.ts';
import { listZip, readZipEntry, ZipError } from '../../lib/files/zip.ts';
import { getBlob } from '../blob/getBlob.ts';
import type { Context } from '../context.ts';

/** What is to be imported: an upload, and where it is. */
export type ImportSource = { readonly blobAccountId: string; readonly blobId: string };

/** A file that holds contacts; its name where it stood in an archive. */
export type NamedFile = { readonly name: string | null; readonly file: ContactFile };

/** An upload, opened. */
export type OpenImport = {
  readonly kind: FileKind;
  readonly files: readonly NamedFile[];
  /** Files of the archive that hold no contacts. */
  readonly problems: readonly (ImportProblem & { readonly file: string })[];
};

const mostFiles = 200;
const mostUnpacked = 100_000_000;

/** Opens an upload. Errors: `notFound`, `invalid` blobId with what the file is as the reason, or `zipTooLarge`. */
export async function openImport(context: Context, source: ImportSource, choices: ReadingChoices): Promise<OpenImport> {
  const { data } = await getBlob(context, source.blobAccountId, source.blobId);
  const opened = detectBytes(data) === 'zip' ? await openArchive(data, choices) : openOne(data, choices);
  if (opened.files.length === 0) throw refused(opened.kind);
  return opened;
}

function openOne(data: Uint8Array, choices: ReadingChoices): OpenImport {
  const file = openFile(data, choices);
  return { kind: file.kind, files: 'text' in file ? [{ name: null, file }] : [], problems: [] };
}

async function openArchive(data: Uint8Array, choices: ReadingChoices): Promise<OpenImport> {
  const names = entriesOf(data);
  // A spreadsheet is an archive, too.
  if (names.includes('[Content_Types].xml') || names.includes('content.xml'))
    return { kind: 'spreadsheet', files: [], problems: [] };
  const files: NamedFile[] = [];
  const problems: OpenImport['problems'][number][] = [];
  for (const name of names.filter((one) => !/(^|\/)(\.|__MACOSX)/u.test(one))) {
    const bytes = await readZipEntry(data, name).catch((error: unknown) => {
      if (error instanceof ZipError) return null;
      throw error;
    });
    const file = bytes && openFile(bytes, choices);
    if (file && 'text' in file) files.push({ name, file });
    else problems.push({ file: name, line: 1, reason: 'file', isLost: true, text: name, detail: file?.kind ?? 'zip' });
  }
  return { kind: 'zip', files, problems };
}

function entriesOf(data: Uint8Array): string[] {
  try {
    const entries = listZip(data);
    const size = entries.reduce((sum, entry) => sum + entry.size, 0);
    if (entries.length > mostFiles || size > mostUnpacked) throw refused('zipTooLarge');
    return entries.map(({ name }) => name);
  } catch (error) {
    if (error instanceof ZipError) throw refused('zip');
    throw error;
  }
}

function refused(reason: FileKind | 'zipTooLarge'): AppError {
  return new AppError('invalid', `This file cannot be imported: ${reason}`, { properties: ['blobId'], reason });
}
