import type { ArchivePiece } from '../../../format/zimbra/archivePieces.ts';
import { folderIdOfPath } from '../../../format/zimbra/folderTree.ts';
import { readItem } from '../../../format/zimbra/readItem.ts';
import { ZimbraFormatError } from '../../../format/zimbra/types.ts';
import type { ZimbraContact } from '../../../format/zimbra/types.ts';
import { shownText } from '../../../format/import/importItem.ts';
import type { NotedProblem } from '../progress.ts';

/** A contact as it stands in an archive: as its attributes say, with what is kept beside it, or as the text of a vCard. */
export type ContactFile = {
  readonly itemId: string;
  readonly folderId: string;
  /** The folders that its file is in. */
  readonly path: readonly string[];
  readonly name: string;
} & (
  | { readonly contact: ZimbraContact; readonly beside: Uint8Array | null }
  | { readonly contact?: never; readonly vcard: string }
);

/** A piece of an archive as a contact, or why it is none; undefined: it is something else. */
export function fileOf(piece: ArchivePiece): ContactFile | NotedProblem | undefined {
  if (piece.kind === 'soap') return undefined;
  if (piece.kind === 'problem') return unreadable(piece.name);
  const path = pathOf(piece.name);
  if (piece.kind === 'vcard')
    return { itemId: piece.name, folderId: folderIdOfPath(path), path, name: piece.name, vcard: piece.text };
  try {
    const item = readItem(piece.meta);
    if (item?.type !== 'contact') return undefined;
    return { itemId: item.id, folderId: item.folderId, path, name: piece.name, contact: item, beside: piece.beside };
  } catch (error) {
    if (error instanceof ZimbraFormatError) return unreadable(piece.name);
    throw error;
  }
}

function unreadable(name: string): NotedProblem {
  return { file: null, line: 0, reason: 'zimbraItem', isLost: true, text: shownText(name) };
}

/** `Contacts!1/Ada.meta`: from the 500th on a folder has a number behind it. */
function pathOf(name: string): string[] {
  const folders = name.split('/').slice(0, -1);
  return folders
    .map((folder, at) => (at === folders.length - 1 ? folder.replace(/!\d+$/u, '') : folder))
    .filter((folder) => folder !== '' && folder !== '.' && folder !== '..');
}
