import { planFolders } from '../../../format/zimbra/folderTree.ts';
import type { Place, PlannedFolder } from '../../../format/zimbra/folderTree.ts';
import { archivePieces } from '../../../format/zimbra/archivePieces.ts';
import { readItem } from '../../../format/zimbra/readItem.ts';
import { readSoap } from '../../../format/zimbra/readSoap.ts';
import type { SoapAnswers } from '../../../format/zimbra/readSoap.ts';
import { systemFolders, ZimbraFormatError } from '../../../format/zimbra/types.ts';
import type { ZimbraItem, ZimbraLink, ZimbraTag } from '../../../format/zimbra/types.ts';
import { createBreath } from '../../../lib/breath.ts';
import { ArchiveError, readTgz } from '../../../lib/files/tgz.ts';
import { AppError } from '../../../errors.ts';
import { getBlob } from '../../blob/getBlob.ts';
import type { Context } from '../../context.ts';
import { maxDepth } from '../../sharing/access.ts';
import { mostContacts } from '../importEntries.ts';
import type { ImportSource } from '../openImport.ts';
import type { NotedProblem } from '../progress.ts';
import { fileOf } from './fileOf.ts';
import type { ContactFile } from './fileOf.ts';

/** An account that was looked through, with nothing of its contacts kept but where they are. */
export type ZimbraAccount = {
  /** Which mailbox it is, as far as it says so. */
  readonly source: string;
  readonly folders: readonly PlannedFolder[];
  readonly links: readonly ZimbraLink[];
  readonly tags: readonly ZimbraTag[];
  /** How many contacts and groups there are to come. */
  readonly count: number;
  readonly problems: readonly NotedProblem[];
  /** The archive, to be read again. */
  readonly data: Uint8Array<ArrayBuffer>;
};

const mostUnpacked = 500_000_000;
const mostFolders = 20_000;

/**
 * Opens an archive. Errors: `notFound`, `invalid` blobId with the reason: archiveBroken, archiveTooLarge, notZimbra,
 * tooManyFolders.
 */
export async function readAccount(
  context: Context,
  { blobAccountId, blobId }: ImportSource,
  { withTrash }: { readonly withTrash: boolean },
): Promise<ZimbraAccount> {
  const { data } = await getBlob(context, blobAccountId, blobId);
  const seen = newSight();
  const breathe = createBreath(50);
  try {
    for await (const piece of piecesOf(data as Uint8Array<ArrayBuffer>)) {
      look(seen, piece);
      await breathe();
    }
  } catch (error) {
    if (error instanceof ArchiveError) throw refused(error.reason);
    if (error instanceof ZimbraFormatError) throw refused('notZimbra');
    throw error;
  }
  const said = seen.soap ?? seen.items;
  if (said.length === 0 && seen.places.size === 0) throw refused('notZimbra');
  const folders = said.filter((item) => item.type === 'folder');
  const planned = planFolders(folders, [...seen.places.values()], { withTrash, maxDepth });
  const wanted = new Set(planned.map(({ id }) => id));
  const counts = [...seen.counts].filter(([folderId]) => wanted.has(folderId)).map(([, count]) => count);
  return {
    source: folders.find(({ id }) => id === systemFolders.root)?.uuid ?? 'archive',
    folders: planned,
    links: said.filter((item) => item.type === 'link').filter(({ isForContacts }) => isForContacts),
    tags: said.filter((item) => item.type === 'tag').filter(({ name }) => seen.usedTags.has(name)),
    count: Math.min(
      mostContacts,
      counts.reduce((sum, count) => sum + count, 0),
    ),
    problems: seen.problems,
    data: data as Uint8Array<ArrayBuffer>,
  };
}

/** The contacts of an account, one after the other; groups are among them. */
export async function* contactFiles({ data }: Pick<ZimbraAccount, 'data'>): AsyncGenerator<ContactFile> {
  for await (const piece of piecesOf(data)) {
    const file = fileOf(piece);
    if (file && 'folderId' in file) yield file;
  }
}

function piecesOf(data: Uint8Array<ArrayBuffer>) {
  return archivePieces(readTgz(new Blob([data]).stream(), mostUnpacked));
}

type Sight = {
  readonly items: Exclude<ZimbraItem, { readonly type: 'contact' }>[];
  soap: Exclude<ZimbraItem, { readonly type: 'contact' }>[] | undefined;
  readonly places: Map<string, Place>;
  readonly counts: Map<string, number>;
  readonly usedTags: Set<string>;
  readonly problems: NotedProblem[];
};

function newSight(): Sight {
  return { items: [], soap: undefined, places: new Map(), counts: new Map(), usedTags: new Set(), problems: [] };
}

function look(seen: Sight, piece: Parameters<typeof fileOf>[0]): void {
  if (piece.kind === 'soap') {
    seen.soap = readSoap(parsed(piece.text));
    return;
  }
  const file = fileOf(piece);
  if (file === undefined) {
    const item = piece.kind === 'item' ? readItem(piece.meta) : undefined;
    if (item && item.type !== 'contact') seen.items.push(item);
    if (seen.items.length > mostFolders) throw refused('tooManyFolders');
  } else if ('reason' in file) {
    seen.problems.push(file);
  } else {
    seen.counts.set(file.folderId, (seen.counts.get(file.folderId) ?? 0) + 1);
    if (!seen.places.has(file.folderId)) seen.places.set(file.folderId, { folderId: file.folderId, path: file.path });
    for (const tag of file.contact?.tags ?? []) seen.usedTags.add(tag);
    if (seen.places.size > mostFolders) throw refused('tooManyFolders');
  }
}

function parsed(text: string): SoapAnswers {
  try {
    return JSON.parse(text) as SoapAnswers;
  } catch {
    throw new ZimbraFormatError('no JSON');
  }
}

function refused(reason: string): AppError {
  return new AppError('invalid', `This archive cannot be taken over: ${reason}`, { properties: ['blobId'], reason });
}
