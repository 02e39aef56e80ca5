import type { Context } from '../../../core/context.ts';
import { createBreath } from '../../../lib/breath.ts';
import { silentMeter } from '../../../lib/meter.ts';
import type { Meter } from '../../../lib/meter.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { capability } from '../capabilities.ts';
import type { Call, Method, Methods, NamedResponse } from './define.ts';
import { MethodError, methodErrorOf } from './errors.ts';
import type { ApiRequest, Invocation } from './parseRequest.ts';
import { readArguments } from './readArguments.ts';
import { createReferenceBudget, resolveReferences } from './resolveReferences.ts';

const callsInARow = 4;

/** What the engine keeps from request to request. */
export type Engine = {
  readonly methods: Methods;
  /** Hears of faults of ours. */
  readonly report: (error: unknown) => void;
  readonly meter: Meter;
};

/** A response without the session's state (RFC 8620 §3.4). */
export type ApiResponse = {
  readonly methodResponses: readonly Invocation[];
  /** The same, each as JSON. */
  readonly texts: readonly string[];
  readonly createdIds?: Readonly<Record<string, string>>;
};

/** An engine for these methods. */
export function createEngine(methods: Methods, report: (error: unknown) => void, meter: Meter = silentMeter): Engine {
  return { methods, report, meter };
}

/** When the answers hold so many characters, the calls that are left are not run: sixty of the largest have no room. */
const mostAnswered = 100_000_000;

/** Runs the calls of a request one after the other (RFC 8620 §3.10); an error of one does not stop the others. */
export async function runRequest(engine: Engine, context: Context, request: ApiRequest): Promise<ApiResponse> {
  const responses: Invocation[] = [];
  const texts: string[] = [];
  let answered = 0;
  const breathe = createBreath(callsInARow);
  const budget = createReferenceBudget();
  const call: Call = {
    context,
    using: request.using,
    vendor: request.using.has(capability.vendor),
    createdIds: new Map(request.createdIds),
    report: engine.report,
  };
  for (const [name, given, callId] of request.methodCalls) {
    await breathe();
    const began = performance.now();
    let failure = '';
    try {
      if (answered > mostAnswered)
        throw new MethodError('requestTooLarge', 'The answers before this one are too large');
      const method = requireMethod(engine, request, name);
      const args = resolveReferences(given, responses, budget);
      requireKnown(method, args);
      const result = await method.run(call, readArguments(args));
      const named: readonly NamedResponse[] = isSeveral(result) ? result : [[name, result]];
      for (const [responseName, response] of named) responses.push([responseName, response as JsonObject, callId]);
    } catch (error) {
      const response = errorResponse(engine, error);
      failure = typeof response['type'] === 'string' ? response['type'] : 'unknown';
      responses.push(['error', response, callId]);
    }
    const known = Object.hasOwn(engine.methods, name) ? name : 'unknown';
    engine.meter.method({ name: known, error: failure, seconds: (performance.now() - began) / 1000 });
    for (const response of responses.slice(texts.length)) {
      texts.push(JSON.stringify(response));
      answered += texts.at(-1)!.length;
    }
  }
  return request.createdIds === null
    ? { methodResponses: responses, texts }
    : { methodResponses: responses, texts, createdIds: Object.fromEntries(call.createdIds) };
}

/** A method exists for those who use its capability. */
function requireMethod(engine: Engine, request: ApiRequest, name: string): Method {
  const method = Object.hasOwn(engine.methods, name) ? engine.methods[name] : undefined;
  if (!method || !request.using.has(method.capability)) throw new MethodError('unknownMethod');
  return method;
}

function requireKnown(method: Method, args: JsonObject): void {
  const known = method.arguments;
  if (known === 'any') return;
  const unknown = Object.keys(args).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new MethodError('invalidArguments', `Unknown arguments: ${unknown.join(', ')}`);
}

function isSeveral(result: object | readonly NamedResponse[]): result is readonly NamedResponse[] {
  return Array.isArray(result);
}

function errorResponse(engine: Engine, error: unknown): JsonObject {
  const expected = methodErrorOf(error);
  if (expected) return expected as JsonObject;
  engine.report(error);
  return { type: 'serverFail', description: 'An unexpected error; the log of the server tells more' };
}
