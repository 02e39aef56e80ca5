import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file that is there whole or not at all: under another name, brought onto the disk, then renamed. Its length.
 * Whoever is killed meanwhile leaves a `.part` beside it.
 */
export async function writeWholeFile(file: string, octets: AsyncIterable<Uint8Array>): Promise<number> {
  const draft = `${file}.${process.pid}.part`;
  const handle = await open(draft, 'w', 0o600);
  let length = 0;
  try {
    try {
      for await (const part of octets) {
        await handle.writeFile(part);
        length += part.length;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
  return length;
}

/** The new name is on the disk, too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
