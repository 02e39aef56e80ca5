import { BackupError } from './backupError.ts';

/** Longer is no line of a backup: a row that large is in no database. */
const mostOctets = 400_000_000;

const newline = 0x0a;

/** Cuts octets into lines, without their ends; what stands behind the last end is no line. */
export async function* linesOf(octets: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, undefined> {
  let [pieces, length]: [Buffer[], number] = [[], 0];
  for await (const chunk of octets) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline)) {
      const last = rest.subarray(0, end);
      yield pieces.length === 0 ? last : Buffer.concat([...pieces, last]);
      [pieces, length, rest] = [[], 0, rest.subarray(end + 1)];
    }
    if (rest.length === 0) continue;
    length += rest.length;
    if (length > mostOctets) throw new BackupError('The backup is damaged: a line of it does not end.');
    pieces.push(rest);
  }
  if (length > 0) throw new BackupError('The backup is cut off: take another one.');
  return undefined;
}
