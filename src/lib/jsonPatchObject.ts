import { isObject, propertyOf } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { parsePointer } from './jsonPointer.ts';

/** The patch breaks one of the rules of RFC 8620 §5.3. */
export class InvalidPatch extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidPatch';
  }
}

type Step = { readonly pointer: string; readonly tokens: readonly string[]; readonly value: Json };

/**
 * Applies a PatchObject (RFC 8620 §5.3) to an object and gives the new object; what is unchanged is shared.
 * Null removes; the default of a property of the object itself is the caller's to put in its place.
 */
export function applyPatch(object: JsonObject, patch: JsonObject): JsonObject {
  const steps = stepsOf(patch);
  refusePrefixes(steps);
  // Parents must exist on the object as it was, whatever the other patches make: they are unordered.
  for (const step of steps) requireParents(object, step);
  const patched = { ...object };
  const copies = new Set<JsonObject>([patched]);
  for (const step of steps) put(patched, step, copies);
  return patched;
}

/** The names of the properties of the object itself that a patch touches. */
export function patchedProperties(patch: JsonObject): string[] {
  return [...new Set(stepsOf(patch).map((step) => step.tokens[0]!))];
}

function stepsOf(patch: JsonObject): Step[] {
  return Object.entries(patch).map(([pointer, value]) => {
    const tokens = parsePointer(`/${pointer}`);
    if (!tokens) throw new InvalidPatch(`${pointer} is no JSON Pointer`);
    return { pointer, tokens, value };
  });
}

function refusePrefixes(steps: readonly Step[]): void {
  const root: Branch = { end: null, next: new Map() };
  for (const step of steps) {
    let branch = root;
    for (const token of step.tokens) {
      if (branch.end !== null) throw new InvalidPatch(`${branch.end} is a prefix of ${step.pointer}`);
      const next: Branch = branch.next.get(token) ?? { end: null, next: new Map() };
      branch.next.set(token, next);
      branch = next;
    }
    if (branch.end !== null || branch.next.size > 0)
      throw new InvalidPatch(`${step.pointer} is a prefix of another pointer`);
    branch.end = step.pointer;
  }
}

type Branch = { end: string | null; readonly next: Map<string, Branch> };

function requireParents(object: JsonObject, { tokens, pointer }: Step): void {
  let parent: Json = object;
  for (const token of tokens.slice(0, -1)) {
    const child: Json | undefined = propertyOf(parent, token);
    if (Array.isArray(child)) throw new InvalidPatch(`${pointer} points into an array`);
    if (!isObject(child)) throw new InvalidPatch(`${pointer} points into what does not exist`);
    parent = child;
  }
}

/** Copies what it changes, once: a patch of thousands of pointers would else copy the same object thousands of times. */
function put(root: MutableObject, { tokens, value }: Step, copies: Set<JsonObject>): void {
  let parent = root;
  for (const token of tokens.slice(0, -1)) {
    const child = parent[token] as JsonObject;
    const copy = copies.has(child) ? (child as MutableObject) : { ...child };
    copies.add(copy);
    define(parent, token, copy);
    parent = copy;
  }
  const last = tokens.at(-1)!;
  if (value === null) delete parent[last];
  else define(parent, last, value);
}

type MutableObject = Record<string, Json>;

/** An assignment to `__proto__` would not make a property. */
function define(object: MutableObject, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}
