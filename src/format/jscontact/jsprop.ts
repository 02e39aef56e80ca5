import { makeLine, makeParam, paramValue } from '../vcard/line.ts';
import { escapeText, unescapeText } from '../vcard/text.ts';
import type { VCardLine } from '../vcard/types.ts';
import { applyPatch, fromPointer, isObject, sameJson, toPointer } from './json.ts';
import type { Json, JsonObject } from './types.ts';
import { validateCard } from './validate.ts';

/** Applies the JSPROP lines of a card as one patch, or none of them when one is broken (RFC 9555 §3.2.1). */
export function applyJsprops(card: JsonObject, lines: readonly VCardLine[]): JsonObject {
  if (lines.length === 0) return card;
  const patch: [string, Json][] = [];
  for (const line of lines) {
    const one = readJsprop(line);
    if (!one) return card;
    patch.push(one);
  }
  if (new Set(patch.map(([pointer]) => pointer)).size < patch.length) return card;
  // RFC 9555: these pointers go nowhere into arrays, not even to members that exist.
  if (patch.some(([pointer]) => entersArray(card, pointer))) return card;
  const patched = applyPatch(card, Object.fromEntries(patch));
  // A patch may repair the card or say more, never make it worse: what reads the card relies on its types.
  return patched && validateCard(patched).length <= validateCard(card).length ? patched : card;
}

function entersArray(card: JsonObject, pointer: string): boolean {
  let target: Json | undefined = card;
  for (const part of fromPointer(pointer).slice(0, 40)) {
    if (Array.isArray(target)) return true;
    target = isObject(target) && Object.hasOwn(target, part) ? target[part] : undefined;
  }
  return false;
}

/** The pointer and the value of a JSPROP line. */
export function readJsprop(line: VCardLine): [pointer: string, value: Json] | undefined {
  const pointer = paramValue(line, 'JSPTR');
  if (pointer === undefined || pointer === '') return undefined;
  try {
    return [toPointer(fromPointer(pointer)), JSON.parse(unescapeText(line.value)) as Json];
  } catch {
    return undefined;
  }
}

/** Writes a JSPROP line; null removes what the other lines say. */
export function writeJsprop(pointer: string, value: Json): VCardLine {
  const json = JSON.stringify(value).replace(/\u007f/g, '\\u007f');
  return makeLine('JSPROP', escapeText(json), [makeParam('JSPTR', pointer)]);
}

/** The patch that makes one card of another, never into arrays. */
export function differences(
  from: JsonObject,
  to: JsonObject,
  path: readonly string[] = [],
): [pointer: string, value: Json][] {
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...keys].flatMap((key): [string, Json][] => {
    const [before, after] = [
      Object.hasOwn(from, key) ? from[key] : undefined,
      Object.hasOwn(to, key) ? to[key] : undefined,
    ];
    if (sameJson(before, after)) return [];
    const here = [...path, key];
    if (isObject(before) && isObject(after)) return differences(before, after, here);
    return [[toPointer(here), after ?? null]];
  });
}
