import { paramValue, rewriteLine } from '../line.ts';
import { splitUnescaped } from '../text.ts';
import type { VCard, VCardLine, VCardParam } from '../types.ts';
import { matchLines } from './matchLines.ts';
import type { Match } from './matchLines.ts';
import { isLasting, isNewParameter, isNewProperty, paramsByName, paramsKey, valueKey } from './sameLine.ts';
import { sentLines, shownLines } from './shownLines.ts';
import type { Entry, Unit } from './shownLines.ts';

/**
 * What to store when a program that asked for 3.0 writes back a card that is stored as 4.0: its changes, additions and
 * deletions, and everything that it could not see. Lines that come back as they were shown stay as they are stored;
 * lines that 3.0 cannot show stay; so do properties and parameters that 3.0 does not have, unless the program shows
 * that it knows them by sending others of the same kind. If the card that was sent says everything there is, it is
 * stored as it was sent.
 */
export function keepUnseen(stored: VCard, sent: VCard): VCard {
  if (stored.version !== '4.0' || sent.version !== '3.0') return sent;
  const { units, entries } = shownLines(stored);
  const lines = sentLines(sent);
  const matches = matchLines(entries, lines);
  const place = createGroups(entries, matches, lines);
  const written = new Set<number>();
  const knowsNew = sent.lines.some(isNewProperty);
  const shown = units.map((): Shown[] => []);
  for (const [index, entry] of entries.entries())
    for (const unit of entry.units) shown[unit]!.push({ entry, match: matches[index]! });
  const kept = units.flatMap((unit, at) => keepUnit({ unit, own: shown[at]!, lines, written, place, knowsNew }));
  for (const [index, { units: of }] of entries.entries()) {
    // What was made up for 3.0 and came back is nothing new.
    if (of.length === 0 && matches[index]!.kind === 'same') written.add(matches[index]!.at);
  }
  const merged = [...kept, ...lines.filter((_, at) => !written.has(at) && !isDerivedName(lines[at]!))];
  if (says(merged) === says(lines.filter((line) => !isDerivedName(line)))) return sent;
  return { version: '4.0', lines: [...stored.lines.filter(isVersion), ...merged] };
}

/** What was shown, and what came back of that. */
type Shown = { readonly entry: Entry; readonly match: Match };

type Kept = {
  readonly unit: Unit;
  readonly own: readonly Shown[];
  readonly lines: readonly VCardLine[];
  /** The lines of what was sent that have their place. */
  readonly written: Set<number>;
  readonly place: (line: VCardLine) => VCardLine;
  readonly knowsNew: boolean;
};

function keepUnit({ unit, own, lines, written, place, knowsNew }: Kept): VCardLine[] {
  const stays = () => unit.lines.map(place);
  if (own.length === 0) return stays();
  if (own.every(({ match }) => match.kind === 'same')) {
    for (const { match } of own) written.add(match.at);
    const [only, ...others] = own;
    return others.length > 0 ? stays() : adapt(unit, only!.entry.line, lines[only!.match.at]!, place);
  }
  if (own.every(({ match }) => match.kind === 'gone')) return unit.isNew && !knowsNew ? stays() : [];
  return own.flatMap(({ match }) => {
    if (match.kind === 'gone' || written.has(match.at)) return [];
    written.add(match.at);
    const line = lines[match.at]!;
    return [match.kind === 'same' ? line : carryOver(unit.modern, line)];
  });
}

/** The stored line with what the program did to its parameters and its group. */
function adapt(unit: Unit, shown: VCardLine, sent: VCardLine, place: (line: VCardLine) => VCardLine): VCardLine[] {
  const params = adaptParams(unit.modern.params, shown.params, sent.params);
  const isGrouped = sent.group !== null && unit.modern.group === null;
  if (!isGrouped && paramsKey(params) === paramsKey(unit.modern.params)) return unit.lines.map(place);
  return [rewriteLine(place(unit.modern), { params, ...(isGrouped ? { group: sent.group } : {}) })];
}

/** Parameter by parameter: what came back as it was shown, or was never seen, stays as it is stored. */
function adaptParams(
  stored: readonly VCardParam[],
  shown: readonly VCardParam[],
  sent: readonly VCardParam[],
): VCardParam[] {
  const [before, seen, now] = [paramsByName(stored), paramsByName(shown), paramsByName(sent)];
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [before.get(name) ?? [], now.get(name) ?? []];
    if (paramsKey(is) === paramsKey(seen.get(name) ?? [])) return was;
    return is.length > 0 ? is : was.filter(isNewParameter);
  });
}

/** A line with another value: what identifies the property stays, and parts that 3.0 has no place for. */
function carryOver(stored: VCardLine, sent: VCardLine): VCardLine {
  const known = paramsByName(sent.params);
  const params = stored.params.filter((param) => isLasting(param) && !known.has(param.name.toUpperCase()));
  return rewriteLine(sent, { params: [...sent.params, ...params], value: withLaterParts(stored, sent) });
}

/** RFC 9554 §2: the newer components are repeated in older ones; they hold as long as those do. */
const laterParts: Readonly<Record<string, readonly (readonly [part: number, repeatedIn: readonly number[]])[]>> = {
  N: [
    [5, [0]],
    [6, [4]],
  ],
  ADR: Array.from({ length: 11 }, (_, at) => [at + 7, [0, 1, 2, 3]] as const),
};

function withLaterParts(stored: VCardLine, sent: VCardLine): string {
  const later = laterParts[stored.name.toUpperCase()];
  const before = later ? splitUnescaped(stored.value, ';') : [];
  const parts = later ? splitUnescaped(sent.value, ';') : [];
  const first = later?.[0]?.[0] ?? 0;
  if (!later || before.length <= first || parts.length > first) return sent.value;
  const holds = (repeatedIn: readonly number[]) => repeatedIn.every((at) => (before[at] ?? '') === (parts[at] ?? ''));
  const added = later.map(([part, repeatedIn]) => (holds(repeatedIn) ? (before[part] ?? '') : ''));
  if (added.every((part) => part === '')) return sent.value;
  while (parts.length < first) parts.push('');
  return [...parts, ...added.slice(0, before.length - first)].join(';');
}

/** Gives stored lines the groups that the program gave them, and none that it uses for something else. */
function createGroups(
  entries: readonly Entry[],
  matches: readonly Match[],
  lines: readonly VCardLine[],
): (line: VCardLine) => VCardLine {
  const renamed = new Map<string, string>();
  for (const [index, { line }] of entries.entries()) {
    const match = matches[index]!;
    const group = match.kind === 'gone' ? null : lines[match.at]!.group;
    if (line.group !== null && group !== null && !renamed.has(line.group.toLowerCase()))
      renamed.set(line.group.toLowerCase(), group);
  }
  const taken = new Set(lines.flatMap(({ group }) => (group === null ? [] : [group.toLowerCase()])));
  let number = 1;
  const free = (): string => {
    while (taken.has(`kept${number}`)) number += 1;
    taken.add(`kept${number}`);
    return `kept${number}`;
  };
  return (line) => {
    if (line.group === null) return line;
    const key = line.group.toLowerCase();
    const group = renamed.get(key) ?? (taken.has(key) ? free() : line.group);
    renamed.set(key, group);
    return group === line.group ? line : rewriteLine(line, { group });
  };
}

const isVersion = ({ name }: VCardLine) => name.toUpperCase() === 'VERSION';
const isDerivedName = (line: VCardLine) =>
  line.name.toUpperCase() === 'N' && paramValue(line, 'DERIVED')?.toLowerCase() === 'true';

function says(lines: readonly VCardLine[]): string {
  return JSON.stringify(lines.map((line) => `${valueKey(line)} ${paramsKey(line.params)}`).toSorted());
}
