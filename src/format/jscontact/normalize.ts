import { isObject, mapValues } from './json.ts';
import { commonProperties, componentType, objectTypes, typeAt, type Rule } from './schema.ts';
import type { Card, Json, JsonObject } from './types.ts';

/**
 * The canonical form among all cards of the same meaning: no implied @type, no defaults, no empty strings, no empty
 * maps. What a client sends comes back in this form.
 */
export function normalizeCard(card: Card): Card {
  const normal = normalizeObject('Card', card as unknown as JsonObject) ?? {};
  return { ...normal, '@type': 'Card', version: card.version, uid: card.uid } as Card;
}

function normalizeObject(type: string, object: JsonObject): JsonObject | undefined {
  const typed = typeAt(type, object);
  const { properties, required = [], someOf = [] } = objectTypes[typed]!;
  const said = mapValues(object, (value, name) => {
    const rule = Object.hasOwn(properties, name) ? properties[name] : commonProperties[name];
    // In a patch null means absent; so it does here.
    if (value === null || isImplied(typed, object, name, value)) return undefined;
    return rule === undefined ? value : normalizeValue(rule, typed, name, value);
  });
  const result = typed === 'Title' && said['kind'] === undefined ? { ...said, kind: 'title' } : said;
  // An object whose own value was empty says nothing.
  const isWhole =
    required.every((name) => name === '@type' || Object.hasOwn(result, name)) &&
    (someOf.length === 0 || someOf.some((name) => Object.hasOwn(result, name)));
  return isWhole ? result : undefined;
}

function isImplied(type: string, object: JsonObject, name: string, value: Json): boolean {
  if (name === '@type') return type !== 'Card' && type !== 'Timestamp';
  if (name === 'isOrdered') return value === false;
  if (name === 'vCardName') return type === 'OnlineService' && value === 'socialprofile';
  // A data: URI says its media type itself.
  return (
    name === 'mediaType' &&
    typeof value === 'string' &&
    typeof object['uri'] === 'string' &&
    object['uri'].slice(0, 300).startsWith(`data:${value};`)
  );
}

function normalizeValue(rule: Rule, type: string, name: string, value: Json): Json | undefined {
  // Only the default separator may be empty: the parts then follow each other directly.
  if (value === '') return name === 'defaultSeparator' ? value : undefined;
  if (rule === 'components') return normalizeList(componentType(type), value);
  if (rule === 'textMap' || rule === 'params' || rule === 'stringSet' || rule === 'members' || rule === 'patches') {
    if (!isObject(value)) return value;
    const entries = mapValues(value, (item, key) =>
      item !== '' && (key !== '' || rule === 'textMap') ? item : undefined,
    );
    return name === 'relation' ? entries : filled(entries);
  }
  if (rule === 'jCardProps') return Array.isArray(value) && value.length === 0 ? undefined : value;
  if (typeof rule === 'string' || 'oneOf' in rule) return value;
  if ('object' in rule) return isObject(value) ? normalizeObject(rule.object, value) : value;
  if ('list' in rule) return normalizeList(rule.list, value);
  if (!isObject(value)) return value;
  const inner = 'map' in rule ? rule.map : rule.anyKeys;
  return filled(mapValues(value, (item) => (isObject(item) ? normalizeObject(inner, item) : item)));
}

function filled(map: JsonObject): JsonObject | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}

function normalizeList(type: string, value: Json): Json | undefined {
  if (!Array.isArray(value)) return value;
  const items = (value as Json[]).flatMap((item): Json[] => {
    if (!isObject(item)) return [item];
    if (item['kind'] === 'separator') return [withoutType(item)];
    const normal = normalizeObject(type, item);
    return normal === undefined ? [] : [normal];
  });
  return items.some((item) => !isObject(item) || item['kind'] !== 'separator') ? items : undefined;
}

function withoutType(item: JsonObject): JsonObject {
  const { '@type': _, ...others } = item;
  return others;
}
