import { isObject, propertyOf } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { parsePointer } from '../../../lib/jsonPointer.ts';
import { MethodError } from './errors.ts';
import type { Invocation } from './parseRequest.ts';

/**
 * What all references of a request may bring together, in characters and values. Each may point to a result that was
 * itself made of references: without a bound, a short request could double its answer with every call.
 */
const mostReferenced = 20_000_000;

/** How much of it is left; one for each request. */
export type ReferenceBudget = { left: number };

/** A fresh budget. */
export function createReferenceBudget(): ReferenceBudget {
  return { left: mostReferenced };
}

/** Replaces `#name` arguments with what they refer to in earlier responses (RFC 8620 §3.7). */
export function resolveReferences(
  args: JsonObject,
  responses: readonly Invocation[],
  budget: ReferenceBudget,
): JsonObject {
  const names = Object.keys(args).filter((name) => name.startsWith('#'));
  if (names.length === 0) return args;
  const resolved = Object.entries(args).filter(([name]) => !name.startsWith('#'));
  for (const name of names) {
    const plain = name.slice(1);
    if (Object.hasOwn(args, plain))
      throw new MethodError('invalidArguments', `${plain}: given both as it is and as a reference`);
    resolved.push([plain, resolve(args[name]!, responses, budget)]);
  }
  return Object.fromEntries(resolved);
}

function resolve(reference: Json, responses: readonly Invocation[], budget: ReferenceBudget): Json {
  if (!isObject(reference)) throw failed('A reference is an object');
  const [resultOf, name, path] = ['resultOf', 'name', 'path'].map((property) => propertyOf(reference, property));
  if (typeof resultOf !== 'string' || typeof name !== 'string' || typeof path !== 'string') {
    throw failed('A reference has resultOf, name and path');
  }
  const response = responses.find(([, , callId]) => callId === resultOf);
  if (!response) throw failed(`No response to a call ${resultOf} so far`);
  if (response[0] !== name) throw failed(`The response to ${resultOf} is ${response[0]}`);
  const tokens = parsePointer(path);
  if (!tokens) throw failed(`${path} is no JSON Pointer`);
  const value = follow(response[1], tokens);
  if (value === undefined) throw failed(`${path} points to nothing`);
  spend(value, budget);
  return value;
}

function failed(description: string): MethodError {
  return new MethodError('invalidResultReference', description);
}

function follow(value: Json, tokens: readonly string[]): Json | undefined {
  const [token, ...rest] = tokens;
  if (token === undefined) return value;
  if (Array.isArray(value)) {
    if (token === '*') return followEach(value, rest);
    const item: Json | undefined = /^(0|[1-9]\d*)$/u.test(token) ? value[Number(token)] : undefined;
    return item === undefined ? undefined : follow(item, rest);
  }
  if (!isObject(value)) return undefined;
  const property = propertyOf(value, token);
  return property === undefined ? undefined : follow(property, rest);
}

/** `*` maps through an array; arrays that come out are put in item by item. */
function followEach(items: readonly Json[], rest: readonly string[]): Json | undefined {
  const found: Json[] = [];
  for (const item of items) {
    const value = follow(item, rest);
    if (value === undefined) return undefined;
    if (Array.isArray(value)) for (const inner of value) found.push(inner);
    else found.push(value);
  }
  return found;
}

function spend(value: Json, budget: ReferenceBudget): void {
  budget.left -= 1 + (typeof value === 'string' ? value.length : 0);
  if (budget.left < 0) throw failed('The references of this request bring too much together');
  if (Array.isArray(value)) for (const item of value) spend(item, budget);
  else if (isObject(value)) for (const item of Object.values(value)) spend(item, budget);
}
