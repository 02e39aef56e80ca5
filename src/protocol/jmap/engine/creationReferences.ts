import { invalid } from '../../../errors.ts';
import { isObject, propertyOf } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';

/**
 * Where a type holds ids of other objects: as the value of a property, as the keys of a map, or as a property of each
 * object in a map. All may be written as `#` and the creation id of an object made earlier in the request (RFC 8620 §5.3).
 */
export type References = Readonly<Record<string, 'value' | 'keys' | { readonly inEach: string }>>;

/** Turns a creation id into an id, or says that it cannot. */
type Lookup = (creationId: string) => string | undefined;

/** The object or patch with real ids in place of creation ids; *invalidProperties* for one that nobody knows. */
export function resolveCreationIds(value: JsonObject, references: References, lookup: Lookup): JsonObject {
  return mapReferences(value, references, (reference, property) => {
    const id = lookup(reference.slice(1));
    if (id === undefined) throw invalid(property, `${reference} was not created`);
    return id;
  });
}

/** Creates in an order in which each comes after those that it refers to; a circle is left as it is. */
export function orderCreates(creates: JsonObject, references: References): string[] {
  const ordered = new Set<string>();
  const begun = new Set<string>();
  const visit = (creationId: string): void => {
    if (begun.has(creationId)) return;
    begun.add(creationId);
    for (const needed of neededBy(creates[creationId], references)) if (Object.hasOwn(creates, needed)) visit(needed);
    ordered.add(creationId);
  };
  for (const creationId of Object.keys(creates)) visit(creationId);
  return [...ordered];
}

function neededBy(value: Json | undefined, references: References): string[] {
  const needed: string[] = [];
  if (!isObject(value)) return needed;
  mapReferences(value, references, (reference) => {
    needed.push(reference.slice(1));
    return reference;
  });
  return needed;
}

function mapReferences(
  value: JsonObject,
  references: References,
  map: (reference: string, property: string) => string,
): JsonObject {
  const entries = Object.entries(value).map(([pointer, item]): [string, Json] => {
    const [property, key, ...rest] = pointer.split('/');
    const kind = Object.hasOwn(references, property!) ? references[property!] : undefined;
    if (kind === undefined) return [pointer, item];
    if (typeof kind === 'object')
      return [pointer, mapInEach(item, [kind.inEach, ...rest.slice(0, 1)], key, (name) => map(name, property!))];
    if (kind === 'keys' && key?.startsWith('#')) return [[property, map(key, property!), ...rest].join('/'), item];
    if (key !== undefined) return [pointer, item];
    if (kind === 'value')
      return [pointer, typeof item === 'string' && item.startsWith('#') ? map(item, property!) : item];
    return [
      pointer,
      isObject(item) ? mapKeys(item, (name) => (name.startsWith('#') ? map(name, property!) : name)) : item,
    ];
  });
  return Object.fromEntries(entries);
}

/** The whole map, one object of it, or the property of one: as deep as the pointer leads. */
function mapInEach(
  item: Json,
  [name, given]: readonly string[],
  key: string | undefined,
  map: (reference: string) => string,
): Json {
  if (given !== undefined) return given === name && typeof item === 'string' && item.startsWith('#') ? map(item) : item;
  if (!isObject(item)) return item;
  if (key !== undefined) {
    const value = propertyOf(item, name!);
    return typeof value === 'string' && value.startsWith('#') ? { ...item, [name!]: map(value) } : item;
  }
  return Object.fromEntries(Object.entries(item).map(([each, inner]) => [each, mapInEach(inner, [name!], each, map)]));
}

function mapKeys(object: JsonObject, map: (name: string) => string): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [map(name), value]));
}
