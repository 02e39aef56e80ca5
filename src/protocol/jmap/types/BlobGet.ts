import { webcrypto } from 'node:crypto';
import { findBlobSize, getBlob } from '../../../core/blob/getBlob.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { capability, limits } from '../capabilities.ts';
import { requireAccount } from '../engine/define.ts';
import type { Call, Method } from '../engine/define.ts';
import { MethodError } from '../engine/errors.ts';
import { isId } from '../engine/readArguments.ts';
import type { Arguments } from '../engine/readArguments.ts';
import { realBlobId } from './Blob.ts';
import { digestAlgorithms } from './blobTables.ts';

/** A part of a blob; `length` null: to its end. */
type Range = { readonly offset: number; readonly length: number | null };

const dataProperties: ReadonlySet<string> = new Set(['data', 'data:asText', 'data:asBase64']);
const digestPrefix = 'digest:';

/** Blob/get: RFC 9404 §4.2. */
export const blobGet: Method = {
  capability: capability.blob,
  arguments: ['accountId', 'ids', 'properties', 'offset', 'length'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'any');
    const ids = [...new Set(args.ids('ids').map((id) => realBlobId(call.createdIds, id)))];
    if (ids.length > limits.maxObjectsInGet) throw new MethodError('requestTooLarge');
    const properties = readProperties(args);
    const range = { offset: args.optionalUnsigned('offset') ?? 0, length: args.optionalUnsigned('length') };
    const sizes = new Map<string, number>();
    for (const id of ids.filter(isId)) {
      const size = await findBlobSize(call.context, accountId, id);
      if (size !== null) sizes.set(id, size);
    }
    requireModest(sizes, properties, range);
    const list: JsonObject[] = [];
    for (const [id, size] of sizes) list.push(await describe(call, accountId, { id, size, properties, range }));
    return { accountId, list, notFound: ids.filter((id) => !sizes.has(id)) };
  },
};

function readProperties(args: Arguments): ReadonlySet<string> {
  const names = new Set(args.optionalStrings('properties') ?? ['data', 'size']);
  const isKnown = (name: string) =>
    name === 'id' ||
    name === 'size' ||
    dataProperties.has(name) ||
    (name.startsWith(digestPrefix) && Object.hasOwn(digestAlgorithms, name.slice(digestPrefix.length)));
  const unknown = [...names].filter((name) => !isKnown(name));
  if (unknown.length > 0) throw new MethodError('invalidArguments', `properties: ${unknown.join(', ')} unknown`);
  return names;
}

/** What comes back is held in memory as a whole: large files are for the download address (RFC 8620 §6.2). */
function requireModest(sizes: ReadonlyMap<string, number>, properties: ReadonlySet<string>, range: Range): void {
  const octets = [...sizes.values()].reduce((sum, size) => sum + rangeIn(size, range).length, 0);
  const hasData = [...properties].some((name) => dataProperties.has(name));
  const hasDigest = [...properties].some((name) => name.startsWith(digestPrefix));
  const most = hasData ? limits.maxSizeRequest : limits.maxSizeUpload;
  if ((hasData || hasDigest) && octets > most)
    throw new MethodError('requestTooLarge', `At most ${most} octets at once; ask for less, or download it`);
}

function rangeIn(size: number, { offset, length }: Range): { start: number; length: number; isTruncated: boolean } {
  const start = Math.min(offset, size);
  const end = length === null ? size : Math.min(offset + length, size);
  // Without a length only a start behind the end cannot be satisfied.
  const isTruncated = offset > size || (length !== null && offset + length > size);
  return { start, length: Math.max(0, end - start), isTruncated };
}

async function describe(
  call: Call,
  accountId: string,
  asked: { id: string; size: number; properties: ReadonlySet<string>; range: Range },
): Promise<JsonObject> {
  const { id, size, properties, range } = asked;
  const told = { id, ...(properties.has('size') ? { size } : {}) };
  if ([...properties].every((name) => name === 'size' || name === 'id')) return told;
  const { data } = await getBlob(call.context, accountId, id);
  const { start, length, isTruncated } = rangeIn(data.length, range);
  const part = new Uint8Array(data.subarray(start, start + length));
  return {
    ...told,
    ...dataOf(part, properties),
    ...(await digestsOf(part, properties)),
    ...(isTruncated ? { isTruncated } : {}),
  };
}

function dataOf(part: Uint8Array, properties: ReadonlySet<string>): JsonObject {
  const wantsText = properties.has('data') || properties.has('data:asText');
  const text = wantsText ? decode(part) : null;
  const isEncodingProblem = wantsText && text === null;
  const base64 = properties.has('data:asBase64') || (properties.has('data') && isEncodingProblem);
  return {
    ...(wantsText && (properties.has('data:asText') || text !== null) ? { 'data:asText': text } : {}),
    ...(base64 ? { 'data:asBase64': Buffer.from(part).toString('base64') } : {}),
    ...(isEncodingProblem ? { isEncodingProblem } : {}),
  };
}

/** The text, or null when it is none: with its byte order mark, which belongs to the octets. */
function decode(part: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(part);
  } catch {
    return null;
  }
}

/** Computed beside the main thread: a digest of a large file keeps nobody waiting. */
async function digestsOf(part: Uint8Array<ArrayBuffer>, properties: ReadonlySet<string>): Promise<JsonObject> {
  const digests: Record<string, string> = {};
  for (const [name, algorithm] of Object.entries(digestAlgorithms)) {
    if (!properties.has(digestPrefix + name)) continue;
    digests[digestPrefix + name] = Buffer.from(await webcrypto.subtle.digest(algorithm, part)).toString('base64');
  }
  return digests;
}
