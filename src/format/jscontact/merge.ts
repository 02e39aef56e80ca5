import { downgradeLine } from '../vcard/downgrade.ts';
import { makeLine, makeParam, paramValue, typesOf } from '../vcard/line.ts';
import { settleLine } from '../vcard/serialize.ts';
import { escapeText } from '../vcard/text.ts';
import type { VCard, VCardLine, VCardParam } from '../vcard/types.ts';
import type { SourcedLine } from '../vcard/upgradeMany.ts';
import { isObject, sameJson } from './json.ts';
import { fromJCardProp, groupOf } from './leftovers.ts';
import { rowOf } from './mapping.ts';
import { displayName } from './names.ts';
import { saysDerived } from './project.ts';
import type { Projection } from './project.ts';
import type { Card, Json, VCardParams } from './types.ts';
import { sameUnit, unitsOf, type WantedUnit } from './units.ts';
import { writeUnit, type WriteContext } from './writeUnit.ts';

/** Where the lines of the base stand, and what comes after them. */
type Slots = { readonly at: VCardLine[][]; readonly tail: VCardLine[] };

/** Writes into the lines of a vCard what another card says differently; everything else stays as it is. */
export function mergeCard(
  base: VCard,
  before: Projection,
  wanted: Card,
  forced: ReadonlySet<string>,
): { card: VCard; rewritten: ReadonlySet<string> } {
  const slots: Slots = { at: base.lines.map((line) => [line]), tail: [] };
  const units = unitsOf(wanted);
  const oldUnits = unitsOf(before.card);
  const rewritten = unitsToWrite(before, oldUnits, units, forced);
  const write = writer(base, before, units, groupsOf(wanted, units), forced);
  for (const cluster of clusters(before, rewritten)) {
    const drafts = cluster.flatMap((id) => (units.has(id) ? write(units.get(id)!) : []));
    const sources = new Set(cluster.flatMap((id) => before.units.get(id)?.sources ?? []));
    replaceLines(slots, base, before, sources, drafts);
  }
  mergeLeftovers(slots, before, wanted);
  completeNames(slots, base, before, wanted);
  const lines = [...slots.at.flat(), ...slots.tail].map((line) => settleLine(line, base.version));
  return { card: { version: base.version, lines }, rewritten };
}

function unitsToWrite(
  before: Projection,
  oldUnits: ReadonlyMap<string, WantedUnit>,
  units: ReadonlyMap<string, WantedUnit>,
  forced: ReadonlySet<string>,
): Set<string> {
  const changed = new Set<string>();
  for (const [id, unit] of units) {
    const old = oldUnits.get(id);
    // A uid that no line says was made up by the reader: it has to be written to last.
    if (forced.has(id) || !old || !sameUnit(old, unit) || (id === 'uid' && !before.units.has(id))) changed.add(id);
  }
  for (const id of oldUnits.keys()) if (!units.has(id) && before.units.has(id)) changed.add(id);
  return changed;
}

/** Units that share lines are written together: CATEGORIES:a,b cannot lose b alone. */
function clusters(before: Projection, changed: Set<string>): string[][] {
  const byLine = new Map<number, string[]>();
  for (const { id, sources } of before.units.values())
    for (const source of sources) {
      const sharing = byLine.get(source);
      if (sharing) sharing.push(id);
      else byLine.set(source, [id]);
    }
  const done = new Set<string>();
  const sharingWith = (id: string): string[] =>
    (before.units.get(id)?.sources ?? []).flatMap((source) => byLine.get(source) ?? []);
  const result: string[][] = [];
  for (const start of changed) {
    if (done.has(start)) continue;
    done.add(start);
    const cluster = [start];
    for (const id of cluster) {
      const others = [...new Set(sharingWith(id))].filter((other) => !done.has(other));
      for (const other of others) done.add(other);
      cluster.push(...others);
    }
    result.push(cluster);
  }
  for (const id of result.flat()) changed.add(id);
  return result;
}

/** The groups that the card asks for itself, in vCardProps and vCardParams. */
function groupsOf(wanted: Card, units: ReadonlyMap<string, WantedUnit>): string[] {
  const params = [
    ...(wanted.vCardProps ?? []).map((property) => property[1]),
    ...[...units.values()].map(({ value }) => (isObject(value) ? value['vCardParams'] : undefined)),
  ];
  return params.flatMap((one) => groupOf(one as VCardParams | undefined) ?? []);
}

function writer(
  base: VCard,
  before: Projection,
  units: ReadonlyMap<string, WantedUnit>,
  askedGroups: readonly string[],
  forced: ReadonlySet<string>,
): (unit: WantedUnit) => VCardLine[] {
  const groups = new Set(
    [...base.lines.map((line) => line.group), ...askedGroups].map((group) => group?.toLowerCase()),
  );
  const altids = new Set(base.lines.map((line) => paramValue(line, 'ALTID')));
  const next = (taken: Set<string | undefined>, prefix: string) => (): string => {
    let number = taken.size === 0 ? 1 : 0;
    do number += 1;
    while (taken.has(`${prefix}${number}`));
    taken.add(`${prefix}${number}`);
    return `${prefix}${number}`;
  };
  const newGroup = next(groups, 'item');
  const newAltid = next(altids, '');
  const titled = new Set(
    [...units.values()]
      .filter((unit) => unit.path === 'titles' && isObject(unit.value))
      .map((unit) => (unit.value as { organizationId?: string }).organizationId),
  );
  const organizationGroups = new Map<string, string | null>();
  const organizationGroup = (id: string): string | null => {
    if (organizationGroups.has(id)) return organizationGroups.get(id)!;
    const unit = units.get(`organizations/${id}`);
    const group = unit ? (before.units.get(unit.id)?.group ?? newGroup()) : null;
    organizationGroups.set(id, group);
    return group;
  };
  return (unit) => {
    const context: WriteContext = {
      oldGroup: before.units.get(unit.id)?.group ?? null,
      newGroup,
      newAltid,
      organizationGroup,
      hasTitles: (id) => titled.has(id),
      namesKey: forced.has(unit.id),
    };
    return writeUnit(unit, context);
  };
}

function replaceLines(
  slots: Slots,
  base: VCard,
  before: Projection,
  sources: ReadonlySet<number>,
  drafts: readonly VCardLine[],
): void {
  const pool = new Set(
    [...sources].toSorted((left, right) => left - right).map((source) => before.upgraded.get(source)!),
  );
  let place: VCardLine[] | undefined;
  for (const source of sources) slots.at[source] = [];
  for (const draft of drafts) {
    const old = findOld(pool, draft);
    if (old) pool.delete(old);
    const line = old ? keepUnseen(draft, old.line) : draft;
    if (old && sameMeaning(line, old.line)) {
      for (const source of old.sources) slots.at[source] = [base.lines[source]!];
      place = slots.at[old.sources[0]!]!;
      continue;
    }
    place = old ? slots.at[old.sources[0]!]! : (place ?? slots.tail);
    place.push(...(base.version === '4.0' ? [line] : downgradeLine(line)));
  }
}

function findOld(pool: ReadonlySet<SourcedLine>, draft: VCardLine): SourcedLine | undefined {
  const named = [...pool].filter(({ line }) => line.name.toUpperCase() === draft.name.toUpperCase());
  const language = paramValue(draft, 'LANGUAGE');
  return (
    named.find(({ line }) => line.value === draft.value) ??
    named.find(({ line }) => paramValue(line, 'LANGUAGE') === language) ??
    named[0]
  );
}

/** What JSContact did not see of the old line stays: its group, its TYPE values that mean nothing to it, its language. */
function keepUnseen(draft: VCardLine, old: VCardLine): VCardLine {
  const row = rowOf(draft.name);
  const types = row?.types ?? new Set<string>();
  const unseen = types === 'all' ? [] : typesOf(old).filter((type) => !types.has(type));
  const kept = ['LANGUAGE', 'ALTID', ...(row?.params.includes('PREF') ? [] : ['PREF'])].flatMap(
    (name): VCardParam[] => {
      const value = paramValue(old, name);
      return value === undefined || paramValue(draft, name) !== undefined ? [] : [makeParam(name, value)];
    },
  );
  const params = [...draft.params, ...kept];
  const typeAt = params.findIndex((param) => param.name === 'TYPE');
  if (unseen.length > 0) {
    if (typeAt < 0) params.push(makeParam('TYPE', ...unseen));
    else params[typeAt] = makeParam('TYPE', ...params[typeAt]!.values, ...unseen);
  }
  return { group: draft.group ?? old.group, name: old.name, params, value: draft.value };
}

function sameMeaning(left: VCardLine, right: VCardLine): boolean {
  if (left.value !== right.value || left.name.toUpperCase() !== right.name.toUpperCase() || left.group !== right.group)
    return false;
  return meaningOf(left) === meaningOf(right);
}

function meaningOf(line: VCardLine): string {
  const others = line.params
    .filter((param) => param.name.toUpperCase() !== 'TYPE')
    .map((param) => `${param.name.toUpperCase()}=${param.values.join(',')}`);
  return [...others.toSorted(), ...typesOf(line).toSorted()].join(';');
}

function mergeLeftovers(slots: Slots, before: Projection, wanted: Card): void {
  if (sameJson(before.card.vCardProps as Json | undefined, wanted.vCardProps as Json | undefined)) return;
  const missing = new Map<string, Json[]>();
  for (const property of (wanted.vCardProps ?? []) as readonly Json[])
    missing.set(canonical(property), [...(missing.get(canonical(property)) ?? []), property]);
  for (const { property, sources } of before.leftovers) {
    if (missing.get(canonical(property))?.pop() === undefined) for (const source of sources) slots.at[source] = [];
  }
  slots.tail.push(...[...missing.values()].flat().flatMap((property) => fromJCardProp(property) ?? []));
}

/** JSON text in which the order of keys does not count. */
function canonical(value: Json): string {
  return JSON.stringify(value, (_, item: Json) =>
    isObject(item) ? Object.fromEntries(Object.entries(item).toSorted()) : item,
  );
}

/** FN is derived when the card has no full name (RFC 9555 §3.1); 3.0 needs N as well. */
function completeNames(slots: Slots, base: VCard, before: Projection, wanted: Card): void {
  for (const source of before.derived) slots.at[source] = [];
  const has = (name: string) => [...slots.at.flat(), ...slots.tail].some((line) => line.name.toUpperCase() === name);
  const version = base.lines.findIndex((line) => line.name.toUpperCase() === 'VERSION');
  const derive = (name: string, valueOf: (card: Card) => string): void => {
    if (has(name)) return;
    const line = makeLine(name, valueOf(wanted), [makeParam('DERIVED', 'TRUE')]);
    const old = before.derived.find((source) => base.lines[source]!.name.toUpperCase() === name);
    if (old !== undefined) {
      const { line: was } = before.upgraded.get(old)!;
      // As long as the card says the same, so does the line: the order of a map may have changed on its way through JSPROP.
      const isSame = sameMeaning(line, was) || (saysDerived(was) && valueOf(before.card) === valueOf(wanted));
      slots.at[old] = [isSame ? base.lines[old]! : line];
    } else if (version >= 0) slots.at[version]!.push(line);
    else slots.tail.unshift(line);
  };
  if (wanted.name?.full === undefined || !has('FN')) derive('FN', (card) => escapeText(displayName(card)));
  if (base.version === '3.0') derive('N', ({ name }) => `;${escapeText(name?.full ?? '')};;;`);
}
