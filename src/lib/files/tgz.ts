import { createTarDecoder, createTarPacker } from 'modern-tar';

/** What is wrong with an archive: it is damaged, cut off or none; or more comes out of it than is taken. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  readonly reason: 'archiveBroken' | 'archiveTooLarge';

  constructor(reason: ArchiveError['reason'], options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}

/** A file in an archive, before it is read; what is not read is passed over. */
export type ArchiveEntry = {
  readonly name: string;
  readonly size: number;
  /** Its content. Throws an `ArchiveError` where it has more octets than `most`, without having kept them. */
  read(most: number): Promise<Uint8Array>;
};

type Bytes = ReadableStream<Uint8Array<ArrayBuffer>>;

/**
 * The files of a .tgz or .tar one after the other, for the server and for browsers; never more of it in memory than the
 * file that is read. `mostUnpacked` octets may come out of it. Throws an `ArchiveError`.
 */
export async function* readTgz(source: Bytes, mostUnpacked: number): AsyncGenerator<ArchiveEntry> {
  const { first, stream } = await peek(source);
  const isPacked = first[0] === 0x1f && first[1] === 0x8b;
  const unpacked = isPacked ? stream.pipeThrough(new DecompressionStream('gzip')) : stream;
  const counted = unpacked.pipeThrough(countOctets(mostUnpacked));
  const reader = counted.pipeThrough(createTarDecoder({ strict: true })).getReader();
  try {
    for (;;) {
      const { done, value: entry } = await reader.read().catch(atTheEnd);
      if (done || !entry) return;
      const { name, size, type } = entry.header;
      const isFile = type === undefined || type === 'file';
      let isRead = false;
      if (isFile) {
        yield {
          name,
          size,
          read(most) {
            isRead = true;
            return readBody(entry.body, size, most).catch(failAsArchive);
          },
        };
      }
      if (!isRead) await passOver(entry.body);
    }
  } catch (error) {
    failAsArchive(error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A file that goes into an archive. */
export type NewFile = { readonly name: string; readonly data: Uint8Array };

/** A .tgz of files, made one after the other. Throws an `ArchiveError` where it would have more than `most` octets. */
export async function writeTgz(
  files: Iterable<NewFile> | AsyncIterable<NewFile>,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { readable, controller } = createTarPacker();
  const packed = collected(readable.pipeThrough(new CompressionStream('gzip')), most);
  const fill = async () => {
    for await (const { name, data } of files) {
      const body = controller.add({ name, size: data.length }).getWriter();
      await body.write(data);
      await body.close();
    }
    controller.finalize();
  };
  // Whichever fails first is what went wrong: the other only waits for it.
  const filled = fill().catch((error: unknown) => {
    controller.error(error);
    throw error;
  });
  const [result] = await Promise.all([packed, filled]);
  return result;
}

async function collected(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of stream) {
    size += piece.length;
    if (size > most) throw new ArchiveError('archiveTooLarge');
    pieces.push(piece);
  }
  return joined(pieces);
}

/** Old programs leave behind the end what was in their buffer: that is none of the archive. */
function atTheEnd(error: unknown): { readonly done: true; readonly value: undefined } {
  if (error instanceof Error && error.message === 'Invalid EOF.') return { done: true, value: undefined };
  throw error;
}

/** What a stream threw that is none of ours says that it could not read on. */
function failAsArchive(error: unknown): never {
  throw error instanceof ArchiveError ? error : new ArchiveError('archiveBroken', { cause: error });
}

async function peek(source: Bytes): Promise<{ first: Uint8Array; stream: Bytes }> {
  const reader = source.getReader();
  let first = new Uint8Array();
  while (first.length < 2) {
    const { done, value } = await reader.read();
    if (done) break;
    first = first.length === 0 ? value : joined([first, value]);
  }
  const stream: Bytes = new ReadableStream({
    start: (controller) => controller.enqueue(first),
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { first, stream };
}

function countOctets(most: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let count = 0;
  return new TransformStream({
    transform(chunk, controller) {
      count += chunk.length;
      if (count > most) controller.error(new ArchiveError('archiveTooLarge'));
      else controller.enqueue(chunk);
    },
  });
}

/** To the end: the decoder takes a cancelled body for that of the file behind it, when that has begun. */
async function passOver(body: ReadableStream<Uint8Array>): Promise<void> {
  for await (const _piece of body);
}

async function readBody(body: ReadableStream<Uint8Array>, size: number, most: number): Promise<Uint8Array> {
  if (size > most) {
    await passOver(body);
    throw new ArchiveError('archiveTooLarge');
  }
  const pieces: Uint8Array[] = [];
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(pieces);
    pieces.push(value);
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
