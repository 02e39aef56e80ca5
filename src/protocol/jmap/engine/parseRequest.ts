import { NoIJson, parseIJson } from '../../../lib/iJson.ts';
import { isObject, isStrings, propertyOf } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { limits, supportedCapabilities } from '../capabilities.ts';
import type { LimitName } from '../capabilities.ts';
import { isId } from './readArguments.ts';

/** A method call as it was sent, or a response to one (RFC 8620 §3.2). */
export type Invocation = readonly [name: string, args: JsonObject, callId: string];

/** A request that has the form of one (RFC 8620 §3.3). */
export type ApiRequest = {
  readonly using: ReadonlySet<string>;
  readonly methodCalls: readonly Invocation[];
  readonly createdIds: ReadonlyMap<string, string> | null;
};

/** Why a request was refused as a whole (RFC 8620 §3.6.1). */
export type RequestErrorType = 'unknownCapability' | 'notJSON' | 'notRequest' | 'limit';

/** A request that is refused as a whole. */
export class RequestError extends Error {
  readonly type: RequestErrorType;
  readonly limit: LimitName | null;

  constructor(type: RequestErrorType, detail: string, limit: LimitName | null = null) {
    super(detail);
    this.name = 'RequestError';
    this.type = type;
    this.limit = limit;
  }
}

/** Deeper than anything that JMAP or JSContact needs. */
const deepest = 64;

/** Reads the body of a request. */
export async function parseRequest(octets: Uint8Array, contentType: string | undefined): Promise<ApiRequest> {
  if (!/^application\/json\s*(;|$)/iu.test(contentType ?? '')) {
    throw new RequestError('notJSON', 'The content type must be application/json');
  }
  return readRequest(await parseJson(octets));
}

/** Reads a request from its JSON; properties that it does not know are nobody's harm. */
export function readRequest(value: Json): ApiRequest {
  if (!isObject(value)) throw new RequestError('notRequest', 'A request is an object');
  const using = propertyOf(value, 'using');
  if (!isStrings(using)) throw new RequestError('notRequest', 'using must be an array of Strings');
  const createdIds = readCreatedIds(propertyOf(value, 'createdIds') ?? null);
  const methodCalls = readCalls(propertyOf(value, 'methodCalls'));
  const unknown = using.find((uri) => !supportedCapabilities.has(uri));
  if (unknown !== undefined)
    throw new RequestError('unknownCapability', `This server does not know the capability ${unknown}`);
  if (methodCalls.length > limits.maxCallsInRequest) {
    throw new RequestError('limit', `At most ${limits.maxCallsInRequest} method calls`, 'maxCallsInRequest');
  }
  return { using: new Set(using), methodCalls, createdIds };
}

/** The JSON in a message: I-JSON (RFC 7493), as RFC 8620 §1.2 demands. */
export async function parseJson(octets: Uint8Array): Promise<Json> {
  try {
    return await parseIJson(octets, deepest);
  } catch (error) {
    if (!(error instanceof NoIJson)) throw error;
    throw new RequestError(error.isTooDeep ? 'notRequest' : 'notJSON', error.message);
  }
}

function readCalls(value: Json | undefined): Invocation[] {
  if (!Array.isArray(value)) throw new RequestError('notRequest', 'methodCalls must be an array');
  return value.map((call: Json) => {
    const isCall =
      Array.isArray(call) &&
      call.length === 3 &&
      typeof call[0] === 'string' &&
      isObject(call[1]) &&
      typeof call[2] === 'string';
    if (!isCall) throw new RequestError('notRequest', 'A method call is [String, object, String]');
    return call as unknown as Invocation;
  });
}

function readCreatedIds(value: Json): ReadonlyMap<string, string> | null {
  if (value === null) return null;
  if (!isObject(value)) throw new RequestError('notRequest', 'createdIds must be an object');
  const entries = Object.entries(value);
  const areIds = entries.every(([creationId, id]) => isId(creationId) && isId(id));
  if (!areIds) throw new RequestError('notRequest', 'createdIds must map Ids to Ids');
  return new Map(entries as [string, string][]);
}
