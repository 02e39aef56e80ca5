import type { Json, JsonObject, PatchObject } from './types.ts';

/** Whether a value is a JSON object (not an array, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a property that belongs to the object itself, never one it inherits. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Whether two JSON values say the same; the order of object keys says nothing. */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => sameJson(item as Json, right[index] as Json));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  );
}

/** Sets a property even when it is called __proto__. */
export function setOwn(object: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

/**
 * The object with other values, and without those that become undefined; the object itself where all of them stay. To give an
 * object names that no other has is what costs most of reading a card.
 */
export function mapValues(object: JsonObject, map: (value: Json, name: string) => Json | undefined): JsonObject {
  let mapped: Record<string, Json> | undefined;
  const names = Object.keys(object);
  for (const [place, name] of names.entries()) {
    const [value, other] = [object[name]!, map(object[name]!, name)];
    if (!mapped && other === value) continue;
    if (!mapped) {
      mapped = {};
      for (const before of names.slice(0, place)) setOwn(mapped, before, object[before]!);
    }
    if (other !== undefined) setOwn(mapped, name, other);
  }
  return mapped ?? object;
}

/** Joins the parts of a JSON pointer, without its first slash (RFC 6901 §3). */
export function toPointer(parts: readonly string[]): string {
  return parts.map((part) => (/[~/]/.test(part) ? part.replaceAll('~', '~0').replaceAll('/', '~1') : part)).join('/');
}

/** The parts of a JSON pointer; a first slash is optional (RFC 9555 §3.2.1). */
export function fromPointer(pointer: string): string[] {
  const path = pointer.startsWith('/') ? pointer.slice(1) : pointer;
  return path.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A copy that shares nothing with the value. */
function copyJson(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(copyJson);
  if (!isObject(value)) return value;
  const copy: Record<string, Json> = {};
  for (const key of Object.keys(value)) setOwn(copy, key, copyJson(value[key]!));
  return copy;
}

// No JSContact property lies this deep; the limit keeps hostile pointers cheap.
const maxDepth = 32;

/** Applies a PatchObject (RFC 9553 §1.4.3) to a copy; undefined when the patch is invalid for this object. */
export function applyPatch(object: JsonObject, patch: PatchObject): JsonObject | undefined {
  const paths = Object.keys(patch).map((pointer) => ({ parts: fromPointer(pointer), value: patch[pointer]! }));
  if (paths.some(({ parts }) => parts.length > maxDepth) || hasPrefix(paths.map(({ parts }) => toPointer(parts))))
    return undefined;
  const copy = copyJson(object) as Record<string, Json>;
  return paths.every(({ parts, value }) => patchAt(copy, parts, value)) ? copy : undefined;
}

function hasPrefix(pointers: readonly string[]): boolean {
  const all = new Set(pointers);
  if (all.size < pointers.length) return true;
  return pointers.some((pointer) => {
    for (let slash = pointer.indexOf('/'); slash >= 0; slash = pointer.indexOf('/', slash + 1))
      if (all.has(pointer.slice(0, slash))) return true;
    return false;
  });
}

function patchAt(root: Record<string, Json>, parts: readonly string[], value: Json): boolean {
  let target: unknown = root;
  for (const part of parts.slice(0, -1)) {
    if (Array.isArray(target)) target = /^(0|[1-9]\d*)$/.test(part) ? target[Number(part)] : undefined;
    else target = isObject(target) ? own(target, part) : undefined;
  }
  const last = parts.at(-1)!;
  if (Array.isArray(target)) {
    // RFC 9553 §1.4.3: an existing member of an array may be replaced, none added, none removed.
    if (value === null || !/^(0|[1-9]\d*)$/.test(last) || Number(last) >= target.length) return false;
    target[Number(last)] = value;
    return true;
  }
  if (!isObject(target)) return false;
  if (value === null) delete (target as Record<string, Json>)[last];
  else setOwn(target as Record<string, Json>, last, value);
  return true;
}
