import { paramValue } from '../vcard/line.ts';
import { escapeText, unescapeText } from '../vcard/text.ts';
import type { VCard, VCardLine } from '../vcard/types.ts';
import { upgradeLines } from '../vcard/upgrade.ts';
import type { SourcedLine } from '../vcard/upgradeMany.ts';
import { arrange, type Arranged } from './alternatives.ts';
import { contentUuid } from './contentHash.ts';
import { isObject, setOwn, toPointer } from './json.ts';
import { applyJsprops } from './jsprop.ts';
import { defaultKey, propId } from './keys.ts';
import { toJCardProp, vCardParams } from './leftovers.ts';
import { readAlternatives } from './localize.ts';
import { rowOf } from './mapping.ts';
import { normalizeCard } from './normalize.ts';
import type { Row } from './codecs/row.ts';
import type { Card, Json, JsonObject } from './types.ts';
import type { Unit } from './unit.ts';

/** The Card for a vCard, and which lines say what. */
export type Projection = {
  readonly card: Card;
  readonly units: ReadonlyMap<string, Unit>;
  /** The 4.0 form of lines, by the index of the line in the card. */
  readonly upgraded: ReadonlyMap<number, SourcedLine>;
  /** Lines behind each entry of vCardProps. */
  readonly leftovers: readonly { readonly property: Json; readonly sources: readonly number[] }[];
  readonly jsprops: readonly number[];
  /** FN and N that only repeat what other lines say. */
  readonly derived: readonly number[];
};

/** Keys that lines ask for, how often a made key was met, and the entries that others may join. */
type Names = {
  readonly reserved: ReadonlySet<string>;
  readonly twins: Map<string, number>;
  readonly waiting: Map<string, Map<string, Unit[]>>;
};

type Sorted = {
  candidates: { row: Row; line: SourcedLine }[];
  labels: SourcedLine[];
  rest: SourcedLine[];
  jsprops: SourcedLine[];
  derived: SourcedLine[];
};

// An edit reads the same card before it, while it is merged and after: cards and projections are never changed.
const projections = new WeakMap<VCard, Projection>();

/** Reads a vCard of any version as a Card (RFC 9555 §2). */
export function project(vcard: VCard): Projection {
  const known = projections.get(vcard) ?? projectAnew(vcard);
  projections.set(vcard, known);
  return known;
}

function projectAnew(vcard: VCard): Projection {
  const lines = upgradeLines(vcard);
  const sorted = sortLines(lines);
  const declared = sorted.candidates.find(({ row }) => row.property === 'LANGUAGE');
  const { arranged, rest } = arrange(sorted.candidates, declared && unescapeText(declared.line.line.value));
  const units = new Map<string, Unit>();
  const leftovers = [...sorted.rest, ...rest];
  const places = new Map<Arranged, Unit>();
  const names: Names = {
    twins: new Map(),
    waiting: new Map(),
    reserved: new Set(arranged.map(({ row, main }) => `${row.path}/${propId(main.line) ?? ''}`)),
  };
  for (const one of arranged.toSorted(
    (left, right) => Number(left.row.joins ?? false) - Number(right.row.joins ?? false),
  )) {
    const added = one.row.joins ? join(units, one, names) : add(units, one, names);
    if (added === 'unread') leftovers.push(one.main);
    else if (added) places.set(one, added);
  }
  const { localizations, unread } = readAlternatives(places, arranged);
  leftovers.push(...unread, ...addLabels(units, sorted.labels));
  linkTitles(units);
  const ordered = leftovers.toSorted((left, right) => left.sources[0]! - right.sources[0]!);
  keepGroups(units, ordered);
  const props = ordered.map((entry) => ({ property: toJCardProp(entry.line) as Json, sources: entry.sources }));
  const plain = build(
    lines,
    units,
    localizations,
    props.map(({ property }) => property),
  );
  return {
    card: normalizeCard(
      applyJsprops(
        plain,
        sorted.jsprops.map(({ line }) => line),
      ) as unknown as Card,
    ),
    units,
    leftovers: props,
    upgraded: new Map(lines.flatMap((entry) => entry.sources.map((source) => [source, entry] as const))),
    jsprops: sorted.jsprops.flatMap(({ sources }) => sources),
    derived: sorted.derived.flatMap(({ sources }) => sources),
  };
}

function sortLines(lines: readonly SourcedLine[]): Sorted {
  const sorted: Sorted = { candidates: [], labels: [], rest: [], jsprops: [], derived: [] };
  for (const entry of lines) {
    const name = entry.line.name.toUpperCase();
    const row = rowOf(name);
    // VERSION belongs to the text, not to the person: fromVCard leaves it out of vCardProps.
    if (name === 'VERSION' || name === 'BEGIN' || name === 'END') continue;
    if (name === 'JSPROP') sorted.jsprops.push(entry);
    else if (name === 'X-ABLABEL' && entry.line.group !== null) sorted.labels.push(entry);
    else if (row?.path === 'name' && isDerived(entry.line)) sorted.derived.push(entry);
    else if (row) sorted.candidates.push({ row, line: entry });
    else sorted.rest.push(entry);
  }
  return sorted;
}

function isDerived(line: VCardLine): boolean {
  return saysDerived(line) || (line.name.toUpperCase() === 'FN' && line.value === '');
}

/** RFC 9554 §4.4: the value was derived from others of the card. */
export function saysDerived(line: VCardLine): boolean {
  return paramValue(line, 'DERIVED')?.toLowerCase() === 'true';
}

function add(units: Map<string, Unit>, one: Arranged, names: Names): Unit | 'unread' | undefined {
  const {
    row,
    main: { line, sources },
  } = one;
  const values = row.read(line);
  if (!values) return 'unread';
  const path = row.path.split('/');
  let first: Unit | undefined;
  values.forEach((value, index) => {
    const parts =
      row.shape === 'entry'
        ? [[...path, entryKey(units, one, value, { index, count: values.length }, names)]]
        : row.shape === 'keys' && isObject(value)
          ? Object.keys(value).map((key) => [...path, key])
          : [path];
    for (const place of parts) {
      const found = row.shape === 'keys' ? (value as JsonObject)[place.at(-1)!]! : value;
      const unit = put(units, { row, parts: place, value: found, group: line.group, sources: [...sources] });
      const extra = row.shape === 'entry' || row.property === 'RELATED' ? vCardParams(line, row) : {};
      if (Object.keys(extra).length > 0 && isObject(unit.value)) unit.value = { ...unit.value, vCardParams: extra };
      first ??= unit;
    }
  });
  return first;
}

function put(units: Map<string, Unit>, { row, parts, value, group, sources }: Omit<Unit, 'id'>): Unit {
  const id = toPointer(parts);
  const known = units.get(id);
  if (!known) {
    const unit = { id, parts, row, value: isObject(value) ? { ...value } : value, group, sources: [...sources] };
    units.set(id, unit);
    return unit;
  }
  // FN and N make one name, several CATEGORIES one set, two RELATED of one person one relation.
  if (isObject(known.value) && isObject(value)) mergeInto(known.value as Record<string, Json>, value);
  known.sources.push(...sources);
  return known;
}

function mergeInto(target: Record<string, Json>, value: JsonObject): void {
  for (const [key, item] of Object.entries(value)) {
    const known = target[key];
    if (key === 'relation' && isObject(known) && isObject(item)) mergeInto(known as Record<string, Json>, item);
    else setOwn(target, key, item);
  }
}

function entryKey(
  units: ReadonlyMap<string, Unit>,
  { row, main }: Arranged,
  value: Json,
  { index, count }: { index: number; count: number },
  { reserved, twins }: Names,
): string {
  const isTaken = (key: string) => units.has(toPointer([...row.path.split('/'), key]));
  const wanted = index === 0 ? propId(main.line) : undefined;
  if (wanted !== undefined && !isTaken(wanted)) return wanted;
  const text = count === 1 ? main.line.value : escapeText((value as JsonObject)['name'] as string);
  const key = defaultKey(row.property, text);
  const isFree = (one: string) => !isTaken(one) && !reserved.has(`${row.path}/${one}`);
  if (isFree(key)) return key;
  // One counter per key: thousands of equal lines must not look for a number thousands of times.
  let number = (twins.get(`${row.path}/${key}`) ?? 1) + 1;
  while (!isFree(`${key}-${number}`)) number += 1;
  twins.set(`${row.path}/${key}`, number);
  return `${key}-${number}`;
}

/** GEO, TZ and the places of birth and death add to an entry that another line makes (RFC 9555 §2.8.3). */
function join(units: Map<string, Unit>, one: Arranged, names: Names): Unit | 'unread' | undefined {
  const {
    row,
    main: { line, sources },
  } = one;
  const values = row.read(line);
  if (!values) return 'unread';
  const value = values[0] as JsonObject | undefined;
  if (!value) return undefined;
  const isOpen = (unit: Unit | undefined) =>
    unit && Object.keys(value).every((key) => key === 'kind' || !Object.hasOwn(unit.value as JsonObject, key));
  const named = units.get(toPointer([row.path, propId(line) ?? '']));
  const waiting = waitingFor(units, row, row.mark!(line), names);
  while (waiting.length > 0 && !isOpen(waiting.at(-1))) waiting.pop();
  const target = isOpen(named) ? named : waiting.at(-1);
  if (target) return put(units, { ...target, value, sources: [...sources] });
  // An address may be only a place on the map; a birth without a date is no Anniversary.
  return row.path === 'addresses' ? add(units, one, names) : 'unread';
}

/** The entries that lines of a property may join, the first one last. */
function waitingFor(units: ReadonlyMap<string, Unit>, row: Row, mark: string, names: Names): Unit[] {
  const known =
    names.waiting.get(row.property) ??
    Map.groupBy(
      [...units.values()].filter((unit) => unit.row.path === row.path && isObject(unit.value)).toReversed(),
      (unit) =>
        row.path === 'addresses' ? (unit.group?.toLowerCase() ?? '') : ((unit.value as JsonObject)['kind'] as string),
    );
  names.waiting.set(row.property, known);
  return known.get(mark) ?? [];
}

function addLabels(units: ReadonlyMap<string, Unit>, labels: readonly SourcedLine[]): SourcedLine[] {
  const grouped = Map.groupBy(
    [...units.values()].filter((unit) => unit.row.labelled && unit.group !== null),
    (unit) => unit.group!.toLowerCase(),
  );
  return labels.filter(({ line, sources }) => {
    const targets = (grouped.get(line.group!.toLowerCase()) ?? []).filter((unit) => isObject(unit.value));
    grouped.delete(line.group!.toLowerCase());
    for (const unit of targets) {
      if (line.value !== '') unit.value = { ...(unit.value as JsonObject), label: unescapeText(line.value) };
      unit.sources.push(...sources);
    }
    return targets.length === 0;
  });
}

/** RFC 9555 §2.9.6: a title in the group of exactly one organisation is held there. */
function linkTitles(units: ReadonlyMap<string, Unit>): void {
  const isHeld =
    (path: string) =>
    (unit: Unit): boolean =>
      unit.group !== null && unit.row.path === path;
  const organizations = Map.groupBy([...units.values()].filter(isHeld('organizations')), (unit) =>
    unit.group!.toLowerCase(),
  );
  for (const title of [...units.values()].filter(isHeld('titles'))) {
    const held = organizations.get(title.group!.toLowerCase()) ?? [];
    if (held.length === 1) title.value = { ...(title.value as JsonObject), organizationId: held[0]!.parts.at(-1)! };
  }
}

/** Where a line in vCardProps shares a group with an entry, the entry says so: the two belong together (RFC 9555 §2.3.9). */
function keepGroups(units: ReadonlyMap<string, Unit>, leftovers: readonly SourcedLine[]): void {
  const shared = new Set(leftovers.map(({ line }) => line.group?.toLowerCase()));
  for (const unit of units.values()) {
    if (
      unit.group === null ||
      !(unit.row.shape === 'entry' || unit.row.property === 'RELATED') ||
      !shared.has(unit.group.toLowerCase()) ||
      !isObject(unit.value)
    )
      continue;
    unit.value = {
      ...unit.value,
      vCardParams: { ...(unit.value['vCardParams'] as JsonObject | undefined), group: unit.group },
    };
  }
}

function build(
  lines: readonly SourcedLine[],
  units: ReadonlyMap<string, Unit>,
  localizations: JsonObject,
  vCardProps: readonly Json[],
): JsonObject {
  const card: Record<string, Json> = { '@type': 'Card', version: '1.0' };
  if (!units.has('uid'))
    card['uid'] = contentUuid(lines.map(({ line }) => `${line.name.toUpperCase()}:${line.value}`).join('\n'));
  for (const { parts, value } of units.values()) {
    let target = card;
    for (const part of parts.slice(0, -1))
      target =
        ((Object.hasOwn(target, part) ? target[part] : undefined) as Record<string, Json>) ?? place(target, part);
    setOwn(target, parts.at(-1)!, value);
  }
  const language = localizations['language'];
  if (language !== undefined && card['language'] === undefined) card['language'] = language;
  const patches = localizations['patches'] as JsonObject;
  if (Object.keys(patches).length > 0) card['localizations'] = patches;
  if (vCardProps.length > 0) card['vCardProps'] = vCardProps;
  return card;
}

function place(target: Record<string, Json>, part: string): Record<string, Json> {
  const object: Record<string, Json> = {};
  setOwn(target, part, object);
  return object;
}
