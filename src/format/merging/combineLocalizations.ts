import { applyPatch, fromPointer, isObject, toPointer } from '../jscontact/json.ts';
import type { Card, Json, JsonObject, PatchObject } from '../jscontact/types.ts';

/** Under which key an entry of a card stands in the merged one. */
export type Renamed = ReadonlyMap<string, string>;

/**
 * The translations of several cards, with the keys that entries have in the merged one. What no longer fits there (the
 * translation of a name that was not chosen) is left out.
 */
export function combineLocalizations(
  cards: readonly Card[],
  result: JsonObject,
  renamed: readonly Renamed[],
): JsonObject | undefined {
  const languages: Record<string, Record<string, Json>> = {};
  for (const [index, card] of cards.entries()) {
    for (const [language, patch] of Object.entries(card.localizations ?? {})) {
      const merged = { ...languages[language] };
      for (const [pointer, value] of Object.entries(patch)) {
        const moved = movedPointer(pointer, { card, result, renamed: renamed[index]! });
        if (moved === undefined || Object.hasOwn(merged, moved)) continue;
        if (applyPatch(result, { ...merged, [moved]: value } as PatchObject)) merged[moved] = value;
      }
      if (Object.keys(merged).length > 0) languages[language] = merged;
    }
  }
  return Object.keys(languages).length > 0 ? languages : undefined;
}

function movedPointer(
  pointer: string,
  { card, result, renamed }: { card: Card; result: JsonObject; renamed: Renamed },
): string | undefined {
  const [property = '', key, ...rest] = fromPointer(pointer);
  const value = (card as unknown as JsonObject)[property];
  if (key !== undefined && isObject(value) && Object.hasOwn(value, key) && renamed.has(`${property}/${key}`))
    return toPointer([property, renamed.get(`${property}/${key}`)!, ...rest]);
  // Of a property that is one, only a translation of the value that was chosen; of a map, no whole one.
  return value === undefined || value === result[property] ? toPointer(fromPointer(pointer)) : undefined;
}
