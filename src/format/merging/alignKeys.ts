import { isObject, sameJson, setOwn } from '../jscontact/json.ts';
import { freeKey } from '../jscontact/edited.ts';
import type { Card, Json, JsonObject } from '../jscontact/types.ts';

type Draft = Partial<Card>;

/** Maps whose keys mean nothing (RFC 9553 §1.4.1): they are often counted anew when a program writes the card. */
const keyedMaps: ReadonlySet<string> = new Set([
  'emails',
  'phones',
  'addresses',
  'onlineServices',
  'links',
  'nicknames',
  'organizations',
  'titles',
  'notes',
  'anniversaries',
  'media',
  'directories',
  'personalInfo',
  'preferredLanguages',
]);

/** A card with the keys of another one: an entry that says the same has the same key in both, whatever it was called. */
export function alignKeys(card: Draft, like: Draft): Draft {
  const [own, other] = [card as unknown as JsonObject, like as unknown as JsonObject];
  const aligned = Object.entries(own).map(([name, map]): [string, Json] => {
    const there = other[name];
    return [name, keyedMaps.has(name) && isObject(map) && isObject(there) ? alignMap(map, there) : map];
  });
  return Object.fromEntries(aligned) as unknown as Draft;
}

function alignMap(map: JsonObject, like: JsonObject): JsonObject {
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  const give = (key: string, known: string) => {
    keys.set(key, known);
    taken.add(known);
  };
  const entries = Object.entries(map);
  // An entry that kept its key is itself, whatever equals it elsewhere.
  for (const [key, value] of entries) if (Object.hasOwn(like, key) && sameJson(like[key], value)) give(key, key);
  for (const [key, value] of entries) {
    if (keys.has(key)) continue;
    const known = Object.keys(like).find((one) => !taken.has(one) && sameJson(like[one], value));
    if (known !== undefined) give(key, known);
  }
  for (const [key] of entries) if (!keys.has(key) && !taken.has(key)) give(key, key);
  for (const [key] of entries) {
    const used = Object.fromEntries([...taken, ...Object.keys(like)].map((one) => [one, true]));
    if (!keys.has(key)) give(key, freeKey(used, key.replace(/(?<!\d)\d+$/u, '')));
  }
  const result: Record<string, Json> = {};
  for (const [key, value] of entries) setOwn(result, keys.get(key)!, value);
  return result;
}
