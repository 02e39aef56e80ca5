import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../errors.ts';
import { propertyOf } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { applyPatch, patchedProperties } from '../../../lib/jsonPatchObject.ts';
import type { Properties, Property } from './define.ts';

/** What a type knows of its properties: a table, and for open types a rule for names beside the table. */
export type PropertyTable = {
  readonly properties: Properties;
  /** Whether a name that is not in the table is a property too (extensions of JSContact). */
  readonly isOther?: (name: string) => boolean;
};

/** A patch that waits for the object to be applied to. */
export type Patch = {
  readonly raw: JsonObject;
  /** The object after the patch, and the properties that differ; checks the rules of the patch and of the table. */
  apply(current: JsonObject): { readonly next: JsonObject; readonly changed: ReadonlySet<string> };
};

/** The row of a property as this request may see it; undefined: it does not exist. */
export function findProperty(table: PropertyTable, name: string, vendor: boolean): Property | undefined {
  const row = Object.hasOwn(table.properties, name) ? table.properties[name] : undefined;
  if (row) return row.vendor && !vendor ? undefined : row;
  return table.isOther?.(name) ? {} : undefined;
}

/** The object to create: nothing unknown, nothing that only the server sets, defaults filled in (RFC 8620 §5.3). */
export function checkCreate(table: PropertyTable, value: JsonObject, vendor: boolean): JsonObject {
  const wrong = Object.keys(value).filter((name) => {
    const row = findProperty(table, name, vendor);
    return !row || row.serverSet;
  });
  if (wrong.length > 0) throw invalidProperties(wrong, 'Unknown, or set by the server');
  return withDefaults(table, value);
}

/** A patch under the rules of the table. */
export function createPatch(table: PropertyTable, raw: JsonObject, vendor: boolean): Patch {
  return {
    raw,
    apply(current) {
      const next = withDefaults(table, applyPatch(current, raw));
      const touched = patchedProperties(raw);
      const unknown = touched.filter((name) => !findProperty(table, name, vendor));
      if (unknown.length > 0) throw invalidProperties(unknown, 'Unknown property');
      // null takes a property away (RFC 8620 §5.3): one that is null already stays as it is.
      const valueIn = (object: JsonObject, name: string) => propertyOf(object, name) ?? null;
      const changed = touched.filter((name) => !isDeepStrictEqual(valueIn(current, name), valueIn(next, name)));
      const fixed = changed.filter((name) => {
        const row = findProperty(table, name, vendor)!;
        return row.serverSet || row.immutable;
      });
      if (fixed.length > 0) throw invalidProperties(fixed, 'Cannot be changed');
      return { next, changed: new Set(changed) };
    },
  };
}

function invalidProperties(properties: readonly string[], message: string): AppError {
  return new AppError('invalid', `${message}: ${properties.join(', ')}`, { properties });
}

function withDefaults(table: PropertyTable, value: JsonObject): JsonObject {
  const missing: [string, Json][] = [];
  for (const [name, row] of Object.entries(table.properties)) {
    if (row.default !== undefined && !Object.hasOwn(value, name)) missing.push([name, row.default]);
  }
  return missing.length === 0 ? value : { ...value, ...Object.fromEntries(missing) };
}

/** The properties that a /get call wants: all that the request may see, or those that it names, and always the id. */
export type Wanted = { has(name: string): boolean };

/** Which properties to give; `unknown` are names that are no properties. */
export function wantedProperties(
  table: PropertyTable,
  names: readonly string[] | null,
  vendor: boolean,
): { wanted: Wanted; unknown: string[] } {
  if (names === null)
    return { wanted: { has: (name) => findProperty(table, name, vendor) !== undefined }, unknown: [] };
  return { wanted: new Set(['id', ...names]), unknown: names.filter((name) => !findProperty(table, name, vendor)) };
}

/** Only the wanted properties of an object. */
export function pick(object: JsonObject, wanted: Wanted): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => wanted.has(name)));
}
