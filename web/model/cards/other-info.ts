import { coveredProperties, textFields, type FirstEntry } from '../../fields.ts';
import { contentOf } from './card-summary.ts';
import { keyOfFirst } from './card-values.ts';
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
  const content = contentOf(card) as JsonObject;
  const seconds = textFields.flatMap(({ path: [property, step] }) => {
    const isMap = typeof property === 'string' && typeof step === 'object' && 'first' in step;
    return isMap ? [{ name: property, rest: withoutFirst(content[property], step) }] : [];
  });
  const partly = [
    ...seconds,
    {
      name: 'anniversaries',
      rest: entriesOf(content['anniversaries'], (entry) => entry['kind'] !== 'birth' && entry['kind'] !== 'wedding'),
    },
    { name: 'media', rest: entriesOf(content['media'], (entry) => entry['kind'] !== 'photo') },
    ...(content['kind'] && content['kind'] !== 'individual' ? [{ name: 'kind', rest: content['kind'] }] : []),
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

function withoutFirst(map: unknown, step: FirstEntry): unknown {
  const key = map ? keyOfFirst(map as JsonObject, step) : undefined;
  return entriesOf(map, (_, name) => name !== key);
}

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
