import { fromPointer, isObject, own, sameJson, toPointer } from './json.ts';
import { rows } from './mapping.ts';
import type { Card, Json, JsonObject } from './types.ts';

/** A part of a Card that lines can represent, with the localizations that patch it. */
export type WantedUnit = {
  readonly id: string;
  readonly path: string;
  readonly parts: readonly string[];
  readonly value: Json;
  /** Per language: pointers from the unit on. */
  readonly localized: ReadonlyMap<string, Readonly<Record<string, Json>>>;
};

const paths = [...new Map(rows.map((row) => [row.path, row.shape]))];

/** The parts of a card, in the order in which new cards are written. */
export function unitsOf(card: Card): Map<string, WantedUnit> {
  const root = card as unknown as JsonObject;
  const localized = localizedByUnit(root);
  const units = new Map<string, WantedUnit>();
  for (const [path, shape] of paths) {
    const place = path.split('/');
    const found = valueAt(root, place);
    if (found === undefined) continue;
    const isMap = shape === 'entry' || shape === 'keys';
    const values = isMap ? (isObject(found) ? Object.entries(found) : []) : [['', found] as const];
    for (const [key, value] of values) {
      const parts = isMap ? [...place, key] : place;
      const id = toPointer(parts);
      units.set(id, { id, path, parts, value, localized: localized.get(id) ?? new Map() });
    }
  }
  return units;
}

/** The value at a path of own properties. */
function valueAt(root: JsonObject, parts: readonly string[]): Json | undefined {
  let value: Json | undefined = root;
  for (const part of parts) value = isObject(value) ? own(value, part) : undefined;
  return value;
}

/** Whether two units say the same in every language. */
export function sameUnit(left: WantedUnit, right: WantedUnit): boolean {
  if (!sameJson(left.value, right.value) || left.localized.size !== right.localized.size) return false;
  return [...left.localized].every(([language, patch]) => sameJson(patch, right.localized.get(language)));
}

function localizedByUnit(root: JsonObject): Map<string, Map<string, Record<string, Json>>> {
  const units = new Map<string, Map<string, Record<string, Json>>>();
  const localizations = root['localizations'];
  if (!isObject(localizations)) return units;
  for (const [language, patch] of Object.entries(localizations)) {
    for (const [pointer, value] of Object.entries(isObject(patch) ? patch : {})) {
      const parts = fromPointer(pointer);
      const size = parts[0] === 'name' ? 1 : 2;
      // A patch of a whole unit is no line of its own in vCard: JSPROP keeps it.
      if (parts.length <= size) continue;
      const id = toPointer(parts.slice(0, size));
      const unit = units.get(id) ?? new Map<string, Record<string, Json>>();
      units.set(id, unit);
      unit.set(language, { ...unit.get(language), [toPointer(parts.slice(size))]: value });
    }
  }
  return units;
}
