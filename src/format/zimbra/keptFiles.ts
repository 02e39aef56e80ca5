import type { ArchivePiece } from './archivePieces.ts';
import { soapName } from './archivePieces.ts';

type File = { readonly name: string; readonly data: Uint8Array };

/**
 * What of an archive is about contacts, as files of a smaller one: an export of a whole account is gigabytes of mails. What could
 * not be read stays something that cannot be read, so that it is reported.
 */
export async function* keptFiles(pieces: AsyncIterable<ArchivePiece>): AsyncGenerator<File> {
  for await (const piece of pieces) {
    if (piece.kind === 'soap') yield fileOf(soapName, piece.text);
    else if (piece.kind === 'vcard') yield fileOf(piece.name, piece.text);
    else if (piece.kind === 'problem') yield fileOf(piece.name.replace(/(\.meta)?$/u, '.meta'), '{}');
    else {
      yield fileOf(piece.name, piece.meta);
      if (piece.beside) yield { name: piece.name.slice(0, -'.meta'.length), data: piece.beside };
    }
  }
}

function fileOf(name: string, text: string): File {
  return { name, data: new TextEncoder().encode(text) };
}
