import { strToU8, unzip, unzipSync, Zip, ZipDeflate } from 'fflate';
import { setImmediate as turn } from 'node:timers/promises';

/** A file in an archive; `size` is what its entry says. */
export type ZipEntry = { readonly name: string; readonly size: number };

/** The archive cannot be read. */
export class ZipError extends Error {}

/** What is in an archive, without unpacking it. Folders are left out. Throws a `ZipError`. */
export function listZip(bytes: Uint8Array): ZipEntry[] {
  const entries: ZipEntry[] = [];
  reading(() =>
    unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!name.endsWith('/')) entries.push({ name, size: originalSize });
        return false;
      },
    }),
  );
  return entries;
}

/**
 * Unpacks one file, in another thread where it is large. It never becomes longer than its entry says: the room for it
 * is measured by that. Throws a `ZipError`.
 */
export function readZipEntry(bytes: Uint8Array, wanted: string): Promise<Uint8Array> {
  let isTaken = false;
  const filter = ({ name }: { name: string }): boolean => {
    if (name !== wanted || isTaken) return false;
    isTaken = true;
    return true;
  };
  return new Promise((resolve, reject) => {
    unzip(bytes, { filter }, (error, files) => {
      const data = files?.[wanted];
      if (error || !data) reject(new ZipError(error?.message ?? 'no such file'));
      else resolve(data);
    });
  });
}

/** An archive of texts, piece by piece. Names that occur twice get a number. */
export async function* writeZip(
  files: Iterable<{ readonly name: string; readonly body: AsyncIterable<string> }>,
): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });
  const names = new Set<string>();
  for (const { name, body } of files) {
    const entry = new ZipDeflate(freeName(names, name), { level: 6 });
    zip.add(entry);
    for await (const text of body) {
      entry.push(strToU8(text));
      yield* pieces;
      pieces = [];
      await turn();
    }
    entry.push(new Uint8Array(), true);
  }
  zip.end();
  yield* pieces;
}

function freeName(taken: Set<string>, wanted: string): string {
  const dot = wanted.lastIndexOf('.');
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted.slice(0, dot)} (${number})${wanted.slice(dot)}`;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}

function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new ZipError(error instanceof Error ? error.message : String(error));
  }
}
