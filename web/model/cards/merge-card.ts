import type { JCardProp, NameComponent } from '../../../src/format/jscontact/types.ts';
import { repeatedFields } from '../../fields.ts';
import { type Draft, freeKey, withFullName } from './card-values.ts';
import { jmapProperties } from './jmap-properties.ts';
import { isEqual, isObject } from './diff-card.ts';

type Json = unknown;
type JsonObject = Readonly<Record<string, Json>>;

/** A field that two people changed, each in their own way; it is named by the pointer of its place. */
export interface Conflict {
  readonly field: string;
  readonly mine: Draft;
  readonly theirs: Draft;
}

/** A card with the changes of both, and where they contradict each other: mine stand there. */
export interface MergedCard {
  readonly card: Draft;
  readonly conflicts: readonly Conflict[];
}

/** What the server writes: nobody's changes are in it. */
const ofServer = [...jmapProperties, 'uid', 'created', 'updated', 'prodId', 'version', '@type'];

/** Puts two people's changes of one card together, field by field. */
export function mergeCards(base: Draft, mine: Draft, theirs: Draft): MergedCard {
  const fields = new Set<string>();
  const [before, left, right] = [base, mine, theirs].map(withKeys) as [JsonObject, JsonObject, JsonObject];
  const merged = mergeObjects(before, left, right, { path: [], fields });
  const card = withoutKeys(ofServer.reduce((all, name) => withServers(all, name, right), merged));
  const isNamedByBoth = !isEqual(base.name, mine.name) && !isEqual(base.name, theirs.name);
  return {
    card: isNamedByBoth && card.name?.components ? withFullName(mine, card) : card,
    conflicts: [...fields].map((field) => ({ field, mine, theirs })),
  };
}

function withServers(card: JsonObject, name: string, theirs: JsonObject): JsonObject {
  if (theirs[name] === undefined) return card;
  return { ...card, [name]: theirs[name] };
}

interface Place {
  readonly path: readonly string[];
  readonly fields: Set<string>;
}

function mergeObjects(base: JsonObject, mine: JsonObject, theirs: JsonObject, { path, fields }: Place): JsonObject {
  const result: Record<string, Json> = {};
  const isMap = path.length === 1 && repeatedFields.some(({ property }) => property === path[0]);
  for (const name of new Set([...Object.keys(mine), ...Object.keys(theirs), ...Object.keys(base)])) {
    // Who both add one give it the same key without knowing: both stay.
    if (isMap && !(name in base) && name in mine && name in theirs && !isEqual(mine[name], theirs[name])) {
      result[name] = theirs[name];
      result[freeKey({ ...mine, ...theirs, ...result }, name.replace(/\d+$/, ''))] = mine[name];
      continue;
    }
    const value = mergeValues(base[name], mine[name], theirs[name], { path: [...path, name], fields });
    if (value !== undefined) result[name] = value;
  }
  return result;
}

function mergeValues(base: Json, mine: Json, theirs: Json, place: Place): Json {
  if (isEqual(mine, theirs) || isEqual(base, theirs)) return mine;
  if (isEqual(base, mine)) return theirs;
  if (isObject(mine) && isObject(theirs)) return mergeObjects(isObject(base) ? base : {}, mine, theirs, place);
  const [first] = place.path;
  const isDerived = place.path.join('/') === 'name/full';
  if (first !== undefined && !ofServer.includes(first) && !isDerived) place.fields.add(fieldOf(place.path));
  return mine;
}

/** The place of the field that a value belongs to: a part of the name, an entry of a map, a property. */
function fieldOf(path: readonly string[]): string {
  const depth = path[0] === 'name' ? 3 : path[0] === 'speakToAs' ? 1 : 2;
  return path.slice(0, depth).map(escape).join('/');
}

function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
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

const kindOf = (item: Json) => (item as NameComponent).kind;
const lineOf = (item: Json) => `${(item as JCardProp)[0]} ${String((item as JCardProp)[1]['group'] ?? '')}`;

function withKeys(card: Draft): JsonObject {
  return throughLists(card as JsonObject, (list, keyOf) => (Array.isArray(list) ? keyed(list as Json[], keyOf) : list));
}

function withoutKeys(card: JsonObject): Draft {
  return throughLists(card, (map) => (isObject(map) ? Object.values(map) : map)) as Draft;
}

type Change = (value: Json, keyOf: (item: Json) => string) => Json;

function throughLists(card: JsonObject, change: Change): JsonObject {
  const inside = (value: Json) =>
    isObject(value) && 'components' in value ? { ...value, components: change(value['components'], kindOf) } : value;
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

/** The card with a field as another card has it. */
export function withFieldOf(card: Draft, field: string, other: Draft): Draft {
  const path = field.split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const changed = withoutKeys(setAt(withKeys(card), path, valueAt(withKeys(other), path)) ?? {});
  return path[0] === 'name' && changed.name?.components ? withFullName(card, changed) : changed;
}

function valueAt(value: Json, path: readonly string[]): Json {
  return path.reduce<Json>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

function setAt(object: JsonObject, [name = '', ...rest]: readonly string[], value: Json): JsonObject | undefined {
  const { [name]: old, ...others } = object;
  const inner = rest.length > 0 ? setAt(isObject(old) ? old : {}, rest, value) : value;
  const result =
    inner === undefined ? others : name in object ? { ...object, [name]: inner } : { ...others, [name]: inner };
  return Object.keys(result).length > 0 ? result : undefined;
}
