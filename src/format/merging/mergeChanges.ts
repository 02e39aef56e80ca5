import { fromPointer, isObject, own, sameJson, setOwn, toPointer } from '../jscontact/json.ts';
import type { Card, JCardProp, Json, JsonObject, NameComponent } from '../jscontact/types.ts';
import { freeKey, withFullName } from '../jscontact/edited.ts';

type Draft = Partial<Card>;

/** A field that two people changed differently, named by its JSON pointer. */
export interface Conflict {
  readonly field: string;
  readonly mine: Draft;
  readonly theirs: Draft;
}

/** A card with the changes of both, and the fields in which they conflict: there it has mine. */
export interface MergedCard {
  readonly card: Draft;
  readonly conflicts: readonly Conflict[];
}

/** How two people's changes are combined. */
export interface MergeRules {
  /** Of these a card has several, by keys: who both add one mean two. */
  readonly maps: readonly string[];
  /** Nobody's changes are in these; they are as `theirs` has them, or as `mine` has. */
  readonly ofServer: readonly string[];
  readonly serverIs: 'mine' | 'theirs';
}

/** Merges two people's changes to one card, field by field. */
export function mergeChanges(base: Draft, mine: Draft, theirs: Draft, rules: MergeRules): MergedCard {
  const fields = new Set<string>();
  const [before, left, right] = [base, mine, theirs].map(withKeys) as [JsonObject, JsonObject, JsonObject];
  const merged = mergeObjects(before, left, right, { path: [], fields, rules });
  const server = rules.serverIs === 'mine' ? left : right;
  const card = withoutKeys(rules.ofServer.reduce((all, name) => withServers(all, name, server), merged));
  const isNamedByBoth = !same(base.name, mine.name) && !same(base.name, theirs.name);
  return {
    card: isNamedByBoth && card.name?.components ? withFullName(mine, card) : card,
    conflicts: [...fields].map((field) => ({ field, mine, theirs })),
  };
}

function same(one: unknown, other: unknown): boolean {
  return sameJson(one as Json | undefined, other as Json | undefined);
}

function withServers(card: JsonObject, name: string, server: JsonObject): JsonObject {
  if (server[name] === undefined) return card;
  return { ...card, [name]: server[name] };
}

type Value = Json | undefined;

interface Place {
  readonly path: readonly string[];
  readonly fields: Set<string>;
  readonly rules: MergeRules;
}

function mergeObjects(base: JsonObject, mine: JsonObject, theirs: JsonObject, place: Place): JsonObject {
  const { path, rules } = place;
  const result: Record<string, Json> = {};
  const isMap = path.length === 1 && rules.maps.includes(path[0]!);
  for (const name of new Set([...Object.keys(mine), ...Object.keys(theirs), ...Object.keys(base)])) {
    const [before, left, right] = [own(base, name), own(mine, name), own(theirs, name)];
    // Who both add one give it the same key without knowing: both stay.
    if (isMap && before === undefined && left !== undefined && right !== undefined && !sameJson(left, right)) {
      setOwn(result, name, right);
      result[freeKey({ ...mine, ...theirs, ...result }, name.replace(/(?<!\d)\d+$/u, ''))] = left;
      continue;
    }
    const value = mergeValues(before, left, right, { ...place, path: [...path, name] });
    if (value !== undefined) setOwn(result, name, value);
  }
  return result;
}

function mergeValues(base: Value, mine: Value, theirs: Value, place: Place): Value {
  if (sameJson(mine, theirs) || sameJson(base, theirs)) return mine;
  if (sameJson(base, mine)) return theirs;
  if (isObject(mine) && isObject(theirs)) return mergeObjects(isObject(base) ? base : {}, mine, theirs, place);
  const [first] = place.path;
  const isDerived = place.path.join('/') === 'name/full';
  if (first !== undefined && !place.rules.ofServer.includes(first) && !isDerived) place.fields.add(fieldOf(place.path));
  return mine;
}

/** The place of the field that a value belongs to: a part of the name, an entry of a map, a property. */
function fieldOf(path: readonly string[]): string {
  const depth = path[0] === 'name' ? 3 : path[0] === 'speakToAs' ? 1 : 2;
  return toPointer(path.slice(0, depth));
}

// Lists are merged by what their items are about: the parts of a name or an address by their kinds, the lines of vCard
// by name and group. The key of an item also tells how many of the sort stand before it.

type Keyed = Readonly<Record<string, Json>>;

function keyed(list: readonly Json[], keyOf: (item: Json) => string): Keyed {
  const seen = new Map<string, number>();
  return Object.fromEntries(
    list.map((item) => {
      const key = keyOf(item);
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      return [count === 1 ? key : `${key}#${count}`, item];
    }),
  );
}

const kindOf = (item: Json) => (item as unknown as NameComponent).kind;
const lineOf = (item: Json) =>
  `${(item as unknown as JCardProp)[0]} ${String((item as unknown as JCardProp)[1]['group'] ?? '')}`;

function withKeys(card: Draft): JsonObject {
  return throughLists(card as unknown as JsonObject, (list, keyOf) =>
    Array.isArray(list) ? keyed(list as Json[], keyOf) : list,
  );
}

function withoutKeys(card: JsonObject): Draft {
  return throughLists(card, (map) => (isObject(map) ? Object.values(map) : map)) as Draft;
}

type Change = (value: Json, keyOf: (item: Json) => string) => Json;

function throughLists(card: JsonObject, change: Change): JsonObject {
  const inside = (value: Json) =>
    isObject(value) && 'components' in value ? { ...value, components: change(value['components']!, kindOf) } : value;
  return {
    ...card,
    ...('name' in card ? { name: inside(card['name']) } : {}),
    ...(isObject(card['addresses'])
      ? {
          addresses: Object.fromEntries(
            Object.entries(card['addresses']).map(([key, address]) => [key, inside(address)]),
          ),
        }
      : {}),
    ...('vCardProps' in card ? { vCardProps: change(card['vCardProps'], lineOf) } : {}),
  };
}

/** The card with one field taken from another card. */
export function withFieldOf(card: Draft, field: string, other: Draft): Draft {
  const path = fromPointer(field);
  const changed = withoutKeys(setAt(withKeys(card), path, valueAt(withKeys(other), path)) ?? {});
  return path[0] === 'name' && changed.name?.components ? withFullName(card, changed) : changed;
}

function valueAt(value: Value, path: readonly string[]): Value {
  return path.reduce<Value>((inner, name) => (isObject(inner) ? own(inner, name) : undefined), value);
}

function setAt(object: JsonObject, [name = '', ...rest]: readonly string[], value: Value): JsonObject | undefined {
  const { [name]: old, ...others } = object;
  const inner = rest.length > 0 ? setAt(isObject(old) ? old : {}, rest, value) : value;
  const result =
    inner === undefined ? others : name in object ? { ...object, [name]: inner } : { ...others, [name]: inner };
  return Object.keys(result).length > 0 ? result : undefined;
}
