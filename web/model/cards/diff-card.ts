type Json = unknown;
type JsonObject = Readonly<Record<string, Json>>;

/** A PatchObject (RFC 8620 §5.3): JSON pointers without their first slash, and the values they get. */
export type Patch = Readonly<Record<string, Json>>;

/** Whether it is an object of JSON, and no list. */
function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Whether two values say the same. */
function isEqual(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isEqual(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && isEqual(a[name], b[name]));
}

/**
 * The smallest patch that makes one card of the other: only what changed is in it, so that what others changed
 * meanwhile, and what this app does not know, stays. Arrays are set whole: a patch cannot point into them.
 */
export function diffCard(before: JsonObject, after: JsonObject): Patch {
  const patch: Record<string, Json> = {};
  collect(before, after, '', patch);
  return patch;
}

function collect(before: JsonObject, after: JsonObject, path: string, patch: Record<string, Json>): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const pointer = path + escape(name);
    const old = before[name];
    const value = after[name];
    if (value === undefined) {
      if (old !== undefined) patch[pointer] = null;
    } else if (isObject(old) && isObject(value) && Object.keys(value).length > 0)
      collect(old, value, `${pointer}/`, patch);
    else if (!isEqual(old, value)) patch[pointer] = value;
  }
}
