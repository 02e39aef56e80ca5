import { coveredProperties, dateFields, textFields, type FirstEntry } from '../../fields.ts';
import { contentOf } from './card-summary.ts';
import { keyOfFirst } from './card-values.ts';
import { hasField } from './own-lines.ts';
import type { ContactCard } from '../../../client/src/types.ts';

/** A property of a card that has no field, for reading. */
export interface OtherInfo {
  readonly name: string;
  readonly lines: readonly string[];
}

type JsonObject = Readonly<Record<string, unknown>>;

// What tells entries apart or belongs to their encoding says nothing to a reader.
const silent = new Set([
  '@type',
  'contexts',
  'pref',
  'listAs',
  'vCardParams',
  'vCardName',
  'organizationId',
  'phoneticSystem',
  'phoneticScript',
]);

/** Everything of a card that the fields do not show, so that nothing is hidden. */
export function otherInfo(card: ContactCard): readonly OtherInfo[] {
  const draft = contentOf(card);
  const content = draft as JsonObject;
  const partly = [
    ...[...mapsWithFirst(content)].map(([name, shown]) => ({
      name,
      rest: entriesOf(content[name], (_, key) => !shown.has(key)),
    })),
    { name: 'speakToAs', rest: otherAddressing(content['speakToAs']) },
    { name: 'anniversaries', rest: entriesOf(content['anniversaries'], (entry) => !knownDates.has(entry['kind'])) },
    { name: 'media', rest: entriesOf(content['media'], (entry) => entry['kind'] !== 'photo') },
    { name: 'vCardProps', rest: (draft.vCardProps ?? []).filter((prop) => !hasField(draft, prop)) },
    // That it is a group is seen.
    ...(content['kind'] && content['kind'] !== 'individual' && content['kind'] !== 'group'
      ? [{ name: 'kind', rest: content['kind'] }]
      : []),
    // Those of a group stand above, by their names.
    ...(content['kind'] === 'group' ? [] : [{ name: 'members', rest: content['members'] }]),
  ];
  const unknown = Object.entries(content)
    .filter(([name]) => !coveredProperties.has(name))
    .map(([name, rest]) => ({ name, rest }));
  const found = [...partly, ...unknown].map(({ name, rest }) => ({ name, lines: linesOf(rest) }));
  return found.filter(
    ({ name, lines }, index) => lines.length > 0 && found.findIndex((other) => other.name === name) === index,
  );
}

const knownDates = new Set<unknown>(dateFields.map(({ kind }) => kind));

/** Of each map that fields show an entry of: the keys of those entries. */
function mapsWithFirst(content: JsonObject): Map<string, Set<string | undefined>> {
  const shown = new Map<string, Set<string | undefined>>();
  for (const { path } of textFields) {
    const [name, step] = path;
    if (typeof name !== 'string' || typeof step !== 'object' || !('first' in step)) continue;
    const keys = shown.get(name) ?? new Set();
    shown.set(name, keys.add(content[name] ? keyOfFirst(content[name] as JsonObject, step) : undefined));
  }
  return shown;
}

/** The gender of grammar, and pronouns after the first. */
function otherAddressing(value: unknown): unknown {
  const { pronouns, ...others } = (value ?? {}) as JsonObject;
  const [first] =
    Object.keys((pronouns ?? {}) as JsonObject).length > 0 ? [keyOfFirst(pronouns as JsonObject, firstPronouns)] : [];
  const rest = entriesOf(pronouns, (_, key) => key !== first) as JsonObject;
  return Object.keys(rest).length > 0 ? { ...others, ...rest } : others;
}

const firstPronouns: FirstEntry = { first: 'p', needs: [] };

function entriesOf(map: unknown, isKept: (entry: JsonObject, key: string) => boolean): unknown {
  return Object.fromEntries(
    Object.entries((map ?? {}) as Record<string, JsonObject>).filter(([key, entry]) => isKept(entry, key)),
  );
}

/** A value as lines: one per entry of a map or list. */
function linesOf(value: unknown): readonly string[] {
  if (isSet(value)) return [Object.keys(value).join(', ')].filter(Boolean);
  if (Array.isArray(value)) return value.map(lineOf).filter(Boolean);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.values(value);
    return entries.every((entry) => typeof entry === 'object')
      ? entries.map(lineOf).filter(Boolean)
      : [lineOf(value)].filter(Boolean);
  }
  return [lineOf(value)].filter(Boolean);
}

function lineOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return '';
  // A property of vCard (RFC 7095 §3.3): name, parameters, type, values.
  if (Array.isArray(value)) {
    const [name, , , ...values] = value as readonly unknown[];
    return typeof name === 'string' && values.length > 0
      ? `${name.toUpperCase()}: ${values.map(lineOf).join(', ')}`
      : value.map(lineOf).join(', ');
  }
  if (isSet(value)) return Object.keys(value).join(', ');
  return Object.entries(value)
    .filter(([name]) => !silent.has(name))
    .map(([, inner]) => lineOf(inner))
    .filter(Boolean)
    .join(' · ');
}

function isSet(value: unknown): value is Readonly<Record<string, true>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((item) => item === true)
  );
}
