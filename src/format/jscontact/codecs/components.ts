import { splitUnescaped, unescapeText } from '../../vcard/text.ts';
import { isObject } from '../json.ts';
import type { Json, JsonObject } from '../types.ts';

/** Which kind each place of a structured value has, and which values only repeat others. */
export type ComponentLayout = {
  readonly kinds: readonly string[];
  /** The values that count, after RFC 9555's rules for repeated ones. */
  readonly countable: (values: readonly (readonly string[])[]) => readonly Slot[];
};

/** One value of a structured value: component, index of the value in it, text. */
export type Slot = { readonly at: number; readonly index: number; readonly value: string };

/** The values that are not empty, left to right. */
export function filledSlots(values: readonly (readonly string[])[]): Slot[] {
  return values.flatMap((component, at) =>
    component.flatMap((value, index) => (value === '' ? [] : [{ at, index, value }])),
  );
}

type Entry = { readonly separator: string } | { readonly at: number; readonly index: number };

/** Reads the components of N or ADR, ordered by JSCOMPS when it is valid (RFC 9555 §3.3.1); `slots` has one per component. */
export function readComponents(
  values: readonly (readonly string[])[],
  layout: ComponentLayout,
  jscomps: string | undefined,
): { properties: JsonObject; slots: (Slot | undefined)[] } {
  const countable = layout.countable(values).filter(({ at }) => layout.kinds[at] !== undefined);
  if (countable.length === 0) return { properties: {}, slots: [] };
  const ordered = jscomps === undefined ? undefined : readOrder(jscomps, values, countable.length);
  const component = ({ at, value }: Slot): JsonObject => ({ kind: layout.kinds[at]!, value });
  if (!ordered) return { properties: { components: countable.map(component) }, slots: [...countable] };
  const slots = ordered.entries.map((entry) =>
    'at' in entry ? { ...entry, value: values[entry.at]![entry.index]! } : undefined,
  );
  const components = ordered.entries.map((entry, index): JsonObject =>
    'separator' in entry ? { kind: 'separator', value: entry.separator } : component(slots[index]!),
  );
  const separator = ordered.separator === undefined ? {} : { defaultSeparator: ordered.separator };
  return { properties: { components, isOrdered: true, ...separator }, slots };
}

function readOrder(
  jscomps: string,
  values: readonly (readonly string[])[],
  count: number,
): { separator?: string; entries: Entry[] } | undefined {
  const [first, ...rest] = splitUnescaped(jscomps, ';').map((text) => readEntry(text, values));
  if (rest.length === 0 || rest.some((entry) => entry === undefined || entry === 'none')) return undefined;
  const entries = rest as Entry[];
  const positions = entries.flatMap((entry) => ('at' in entry ? [`${entry.at},${entry.index}`] : []));
  if (positions.length !== count || new Set(positions).size !== count) return undefined;
  if (first === 'none') return { entries };
  return first && 'separator' in first ? { separator: first.separator, entries } : undefined;
}

function readEntry(text: string, values: readonly (readonly string[])[]): Entry | 'none' | undefined {
  if (text === '') return 'none';
  if (text.startsWith('s,')) return { separator: unescapeText(text.slice(2)) };
  const match = /^(\d{1,3})(?:,(\d{1,3}))?$/.exec(text);
  if (!match) return undefined;
  const [at, index] = [Number(match[1]), Number(match[2] ?? 0)];
  return values[at]?.[index] ? { at, index } : undefined;
}

/** A component with the place its value gets. */
export type PlacedComponent = {
  readonly at: number;
  readonly index: number;
  readonly value: string;
  readonly phonetic: string | undefined;
};

/** Puts components in their places; separators and kinds that vCard lacks get none. */
export function placeComponents(
  components: Json | undefined,
  kinds: readonly (string | undefined)[],
): (PlacedComponent | undefined)[] {
  const counts = new Map<number, number>();
  return (Array.isArray(components) ? (components as Json[]) : []).map((component) => {
    if (!isObject(component) || typeof component['value'] !== 'string' || component['value'] === '') return undefined;
    const at = kinds.indexOf(component['kind'] as string);
    if (at < 0) return undefined;
    const index = counts.get(at) ?? 0;
    counts.set(at, index + 1);
    return {
      at,
      index,
      value: component['value'],
      phonetic: typeof component['phonetic'] === 'string' ? component['phonetic'] : undefined,
    };
  });
}

/** The values of a structured value of so many components. */
export function toValues(placed: readonly (PlacedComponent | undefined)[], size: number): string[][] {
  const values: string[][] = Array.from({ length: size }, () => []);
  for (const component of placed) if (component) values[component.at]![component.index] = component.value;
  return values;
}

/** JSCOMPS, when order or separators of an object need it (RFC 9555 §3.3.1). */
export function writeOrder(object: JsonObject, placed: readonly (PlacedComponent | undefined)[]): string | undefined {
  const components = object['components'] as readonly Json[];
  const inPlace = placed.every((component, index) => {
    const before = placed[index - 1];
    return (
      component !== undefined &&
      (before === undefined ||
        before.at < component.at ||
        (before.at === component.at && before.index < component.index))
    );
  });
  if (object['isOrdered'] !== true && inPlace) return undefined;
  const entries = components.flatMap((component, index) => {
    const place = placed[index];
    if (place) return [place.index === 0 ? `${place.at}` : `${place.at},${place.index}`];
    return isObject(component) && component['kind'] === 'separator' && typeof component['value'] === 'string'
      ? [separator(component['value'])]
      : [];
  });
  const first = typeof object['defaultSeparator'] === 'string' ? separator(object['defaultSeparator']) : '';
  return entries.length === 0 ? undefined : [first, ...entries].join(';');
}

function separator(text: string): string {
  return `s,${text.replace(/[\\,;]/g, '\\$&')}`;
}
