import { findBlobSize, getBlob } from '../../../core/blob/getBlob.ts';
import { maxBlobSize, putBlob } from '../../../core/blob/putBlob.ts';
import { AppError, invalid } from '../../../errors.ts';
import { sniffImage } from '../../../format/jscontact/media.ts';
import { isObject, propertyOf } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { capability, limits } from '../capabilities.ts';
import { requireAccount } from '../engine/define.ts';
import type { Call, Method } from '../engine/define.ts';
import { eachObject, mapOrNull } from '../engine/eachObject.ts';
import { invalidArgument } from '../engine/errors.ts';
import { isId } from '../engine/readArguments.ts';
import { realBlobId } from './Blob.ts';
import { maxDataSources } from './blobTables.ts';

/** Octets that one call may still make. */
type Allowance = { left: number };

const mediaType = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/iu;

/** Blob/upload: RFC 9404 §4.1. */
export const blobUpload: Method = {
  capability: capability.blob,
  arguments: ['accountId', 'create'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'any');
    const create = args.optionalObject('create') ?? {};
    const creationIds = Object.keys(create);
    if (!creationIds.every(isId)) throw invalidArgument('create', 'must map Ids to objects');
    const allowance = { left: limits.maxSizeUpload };
    const { done, failed } = await eachObject(call, creationIds, async (inside, creationId) => {
      const made = await make(inside, accountId, create[creationId]!, allowance);
      // What comes later in the request, and in this call, may refer to it.
      call.createdIds.set(creationId, made.id);
      return made;
    });
    return { accountId, created: mapOrNull(done), notCreated: mapOrNull(failed) };
  },
};

type Made = { readonly id: string; readonly type: string; readonly size: number };

async function make(call: Call, accountId: string, value: Json, allowance: Allowance): Promise<Made> {
  if (!isObject(value)) throw invalid('data', 'An upload is an object');
  const unknown = Object.keys(value).filter((name) => name !== 'data' && name !== 'type');
  if (unknown.length > 0) throw new AppError('invalid', 'Unknown property', { properties: unknown });
  const sources = propertyOf(value, 'data');
  if (!Array.isArray(sources)) throw invalid('data', 'data is an array of sources');
  if (sources.length > maxDataSources) throw invalid('data', `At most ${maxDataSources} sources`);
  const type = propertyOf(value, 'type') ?? null;
  if (type !== null && (typeof type !== 'string' || !mediaType.test(type))) throw invalid('type', 'A media type');
  const parts: Uint8Array[] = [];
  let size = 0;
  for (const [index, source] of (sources as readonly Json[]).entries()) {
    const part = await readSource(call, accountId, `data/${index}`, source);
    size += part.length;
    allowance.left -= part.length;
    if (size > maxBlobSize || allowance.left < 0)
      throw new AppError('tooLarge', `At most ${maxBlobSize} octets, in one file and in one call`);
    parts.push(part);
  }
  const data = Buffer.concat(parts, size);
  const id = await putBlob(call.context, { accountId, data, type: type && type.toLowerCase() });
  return { id, type: type ?? sniffImage(data) ?? 'application/octet-stream', size };
}

const kinds = ['data:asText', 'data:asBase64', 'blobId'] as const;

/** A DataSourceObject: exactly one of its three kinds, and nothing that would have to be guessed. */
async function readSource(call: Call, accountId: string, path: string, source: Json): Promise<Uint8Array> {
  if (!isObject(source)) throw invalid(path, 'A source is an object');
  const given = kinds.filter((kind) => (propertyOf(source, kind) ?? null) !== null);
  const [kind] = given;
  if (kind === undefined || given.length > 1) throw invalid(path, `Exactly one of ${kinds.join(', ')}`);
  const allowed: readonly string[] = kind === 'blobId' ? [...kinds, 'offset', 'length'] : kinds;
  if (Object.keys(source).some((name) => !allowed.includes(name))) throw invalid(path, 'Unknown property');
  const value = source[kind];
  if (typeof value !== 'string') throw invalid(path, `${kind} is a String`);
  if (kind === 'data:asText') return Buffer.from(value, 'utf8');
  if (kind === 'data:asBase64') return decodeBase64(path, value);
  return readPart(call, accountId, path, { source, blobId: realBlobId(call.createdIds, value) });
}

/** Node's decoder forgives everything: what does not come back the same was not base64. */
function decodeBase64(path: string, value: string): Uint8Array {
  const data = Buffer.from(value, 'base64');
  if (data.toString('base64') !== value) throw invalid(path, 'Not base64 (RFC 4648 §4)');
  return data;
}

async function readPart(
  call: Call,
  accountId: string,
  path: string,
  { source, blobId }: { source: JsonObject; blobId: string },
): Promise<Uint8Array> {
  const size = isId(blobId) ? await findBlobSize(call.context, accountId, blobId) : null;
  if (size === null) throw invalid(path, 'No such blob', { reason: 'blobNotFound' });
  const offset = unsigned(path, source['offset']) ?? 0;
  const length = unsigned(path, source['length']) ?? size - offset;
  if (offset > size || offset + length > size) throw invalid(path, 'The blob is shorter than that');
  const { data } = await getBlob(call.context, accountId, blobId);
  return data.subarray(offset, offset + length);
}

function unsigned(path: string, value: Json | undefined): number | null {
  if (value === undefined || value === null) return null;
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw invalid(path, 'offset and length are UnsignedInt');
  return value as number;
}
