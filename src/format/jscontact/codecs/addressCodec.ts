import { labelOf, makeLine, makeParam, paramValue, valueType } from '../../vcard/line.ts';
import { readStructured, unescapeText, writeStructured } from '../../vcard/text.ts';
import type { VCardLine } from '../../vcard/types.ts';
import {
  filledSlots,
  placeComponents,
  readComponents,
  toValues,
  writeOrder,
  type ComponentLayout,
  type PlacedComponent,
} from './components.ts';
import { addressContexts, pref, readFields, verbatim, writeFields, type Field } from '../fields.ts';
import { isObject } from '../json.ts';
import { phoneticLine, readPhoneticOf } from './phonetic.ts';
import type { Row } from './row.ts';
import type { JsonObject } from '../types.ts';

// RFC 9555 table 2 in the order of RFC 9554 §2.1; the second and third components are the old combined ones.
const kinds = [
  'postOfficeBox',
  'apartment',
  'name',
  'locality',
  'region',
  'postcode',
  'country',
  'room',
  'apartment',
  'floor',
  'number',
  'name',
  'building',
  'block',
  'subdistrict',
  'district',
  'landmark',
  'direction',
];
const newKinds = kinds.map((kind, at) => (at === 1 || at === 2 ? undefined : kind));
const oldKinds = kinds.slice(0, 7);
const extended = new Set(['room', 'floor', 'apartment', 'building']);
const street = new Set(['number', 'name', 'block', 'direction', 'landmark', 'subdistrict', 'district']);

const layout: ComponentLayout = {
  kinds,
  countable: (values) => {
    const slots = filledSlots(values);
    return slots.some(({ at }) => at >= 7) ? slots.filter(({ at }) => at !== 1 && at !== 2) : slots;
  },
};

/** RFC 9555 §2.3.12 */
const label: Field = {
  ...verbatim('LABEL', 'full'),
  read: (line) => {
    const full = labelOf(line);
    return full ? { full } : {};
  },
};

const fields: readonly Field[] = [
  addressContexts,
  pref,
  label,
  verbatim('GEO', 'coordinates'),
  verbatim('TZ', 'timeZone'),
  verbatim('CC', 'countryCode'),
];

const mark = (line: VCardLine): string => line.group?.toLowerCase() ?? '';

/** RFC 9555 §2.6.1 */
export const address: Row = {
  property: 'ADR',
  path: 'addresses',
  shape: 'entry',
  localizable: true,
  mark,
  params: [...fields.flatMap((field) => field.params), 'JSCOMPS', 'PHONETIC', 'SCRIPT'],
  types: new Set(addressContexts.types),
  read: (line) => {
    const { properties } = readComponents(readStructured(line.value), layout, paramValue(line, 'JSCOMPS'));
    const object: JsonObject = { ...properties, ...readFields(line, fields) };
    return Object.keys(object).some((key) => key !== 'contexts' && key !== 'pref') ? [object] : [];
  },
  write: (value) => (isObject(value) ? writeAddress(value) : []),
  readPhonetic: (line, main) =>
    readPhoneticOf(line, readComponents(readStructured(main.value), layout, paramValue(main, 'JSCOMPS')).slots),
};

/** What GEO and TZ have in common: they belong to an address that another line makes, and are written as its parameters. */
const joining = {
  path: 'addresses',
  shape: 'entry',
  params: ['PREF', 'TYPE'],
  types: new Set<string>(),
  mark,
  joins: true,
  write: () => [],
} satisfies Partial<Row>;

/** RFC 9555 §2.8.1 */
export const geo: Row = {
  ...joining,
  property: 'GEO',
  read: (line) => (line.value === '' ? [] : /^geo:/i.test(line.value) ? [{ coordinates: line.value }] : undefined),
};

/** RFC 9555 §2.8.2 */
export const timeZone: Row = {
  ...joining,
  property: 'TZ',
  read: (line) => {
    if (line.value === '') return [];
    const zone = readTimeZone(line);
    return zone === undefined ? undefined : [{ timeZone: zone }];
  },
};

function readTimeZone(line: VCardLine): string | undefined {
  const offset = /^([+-])(\d{2}):?(\d{2})?$|^Z$/.exec(line.value);
  if (!offset) return valueType(line) === 'uri' ? undefined : unescapeText(line.value);
  const hours = Number(offset[2] ?? 0);
  if (Number(offset[3] ?? 0) !== 0 || hours > (offset[1] === '-' ? 12 : 14)) return undefined;
  if (hours === 0) return 'Etc/UTC';
  // The names of these zones count westwards.
  return `Etc/GMT${offset[1] === '-' ? '+' : '-'}${hours}`;
}

function writeAddress(value: JsonObject): VCardLine[] {
  const components = Array.isArray(value['components']) ? (value['components'] as JsonObject[]) : [];
  // The seven components every program knows are enough unless a newer kind is there.
  const isOld = components.every(
    (component) => oldKinds.includes(component['kind'] as string) || component['kind'] === 'separator',
  );
  const size = isOld ? 7 : 18;
  const placed = placeComponents(components, isOld ? oldKinds : newKinds);
  const values = toValues(placed, size);
  if (!isOld) {
    values[1] = combined(components, placed, extended, ', ');
    values[2] = combined(components, placed, street, ' ');
  }
  const order = components.length > 0 ? writeOrder(value, placed) : undefined;
  const line = makeLine('ADR', writeStructured(values), [
    ...(order ? [makeParam('JSCOMPS', order)] : []),
    ...writeFields(value, fields),
  ]);
  if (
    !placed.some((component) => component !== undefined) &&
    !['full', 'coordinates', 'timeZone', 'countryCode'].some((key) => key in value)
  )
    return [];
  return [line, ...phoneticLine(line, value, placed, size)];
}

function combined(
  components: readonly JsonObject[],
  placed: readonly (PlacedComponent | undefined)[],
  wanted: ReadonlySet<string>,
  between: string,
): string[] {
  const texts = placed.flatMap((place, index) =>
    place && wanted.has(components[index]!['kind'] as string) ? [place.value] : [],
  );
  return texts.length > 0 ? [texts.join(between)] : [];
}
