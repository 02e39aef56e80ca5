import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { AppError } from '../errors.ts';
import type { AgeKey, AgeLock } from '../lib/files/ageFile.ts';

type Octets = AsyncIterable<Uint8Array>;

const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const ageMagic = Buffer.from('age-encryption.org/');

/** Compresses a backup, and encrypts it where that is asked for; `write` takes what comes out. */
export async function pack(
  octets: Octets,
  lock: AgeLock | null,
  write: (octets: Octets) => Promise<void>,
): Promise<void> {
  const compress = createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } });
  await pipeline(octets, compress, async (packed: Octets) => {
    if (lock === null) return write(packed);
    // The library is loaded by who encrypts.
    const { encryptAge } = await import('../lib/files/ageFile.ts');
    return write(await encryptAge(packed, lock));
  });
}

/** The other way. What cannot be read is no backup, cut off, or locked with something else. */
export async function unpack(
  octets: Octets,
  key: AgeKey | null,
  read: (octets: Octets) => Promise<void>,
): Promise<void> {
  const { start, whole } = await peek(octets);
  const begins = (magic: Buffer) => start.subarray(0, magic.length).equals(magic);
  if (begins(ageMagic) && key === null)
    throw new AppError('invalid', 'The backup is encrypted: name its --key-file or --passphrase-file.');
  if (!begins(ageMagic) && !begins(zstdMagic)) throw new AppError('invalid', 'This is no backup of Coterie.');
  const packed = begins(ageMagic) ? await decrypt(whole, key!) : whole;
  try {
    await pipeline(packed, createZstdDecompress(), read);
  } catch (error) {
    if (/^Z(?:STD)?_/u.test((error as { code?: string }).code ?? '')) throw cut();
    throw error;
  }
}

function cut(): AppError {
  return new AppError('invalid', 'The backup is cut off or damaged: take another one.');
}

async function decrypt(octets: Octets, key: AgeKey): Promise<Octets> {
  const { decryptAge } = await import('../lib/files/ageFile.ts');
  try {
    return asCut(await decryptAge(octets, key));
  } catch {
    throw new AppError('invalid', 'The backup cannot be decrypted: it has another key or passphrase, or is damaged.');
  }
}

async function* asCut(octets: Octets): AsyncGenerator<Uint8Array> {
  try {
    yield* octets;
  } catch {
    throw cut();
  }
}

/** How something begins, and all of it, with that beginning. */
async function peek(octets: Octets): Promise<{ readonly start: Buffer; readonly whole: AsyncGenerator<Uint8Array> }> {
  const parts = octets[Symbol.asyncIterator]();
  let start: Buffer = Buffer.alloc(0);
  while (start.length < ageMagic.length) {
    const next = await parts.next();
    if (next.done) break;
    start = Buffer.concat([start, next.value]);
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      yield start;
      for (let next = await parts.next(); !next.done; next = await parts.next()) yield next.value;
    } finally {
      await parts.return?.();
    }
  }
  return { start, whole: whole() };
}
