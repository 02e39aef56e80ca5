import { makeLine, makeParam, paramValue, paramValues } from '../../vcard/line.ts';
import { escapeText, readStructured, unescapeText, writeStructured } from '../../vcard/text.ts';
import type { VCardLine, VCardParam } from '../../vcard/types.ts';
import {
  filledSlots,
  placeComponents,
  readComponents,
  toValues,
  writeOrder,
  type ComponentLayout,
} from './components.ts';
import { isObject } from '../json.ts';
import { phoneticLine, readPhoneticOf } from './phonetic.ts';
import type { Row } from './row.ts';
import type { JsonObject } from '../types.ts';

// RFC 9555 table 1.
const kinds = ['surname', 'given', 'given2', 'title', 'credential', 'surname2', 'generation'] as const;

const layout: ComponentLayout = {
  kinds,
  // The secondary surname is repeated in the first component, the generation in the suffixes.
  countable: (values) => {
    const [again, generations] = [new Set(values[5]), new Set(values[6])];
    return filledSlots(values).filter(
      ({ at, value }) => !(at === 0 && again.has(value)) && !(at === 4 && generations.has(value)),
    );
  },
};

/** RFC 9555 §2.5.2 */
export const formattedName: Row = {
  property: 'FN',
  path: 'name',
  shape: 'part',
  params: [],
  types: new Set(),
  localizable: true,
  read: (line) => (line.value === '' ? [] : [{ full: unescapeText(line.value) }]),
  write: (name) =>
    isObject(name) && typeof name['full'] === 'string'
      ? [makeLine('FN', escapeText(name['full']))].filter((line) => line.value !== '')
      : [],
};

/** RFC 9555 §2.5.5 */
export const structuredName: Row = {
  property: 'N',
  path: 'name',
  shape: 'part',
  params: ['SORT-AS', 'JSCOMPS', 'PHONETIC', 'SCRIPT'],
  types: new Set(),
  localizable: true,
  read: (line) => {
    const { properties } = readComponents(readStructured(line.value), layout, paramValue(line, 'JSCOMPS'));
    if (!properties['components']) return [];
    return [{ ...properties, ...readSortAs(line) }];
  },
  write: (name) => (isObject(name) ? writeName(name) : []),
  readPhonetic: (line, main) => {
    const { slots } = readComponents(readStructured(main.value), layout, paramValue(main, 'JSCOMPS'));
    return readPhoneticOf(line, slots);
  },
};

function readSortAs(line: VCardLine): JsonObject {
  const values = paramValues(line, 'SORT-AS').flatMap((value) => value.split(','));
  const pairs = values.flatMap((value, at) => (value !== '' && kinds[at] ? [[kinds[at], value] as const] : []));
  return pairs.length > 0 ? { sortAs: Object.fromEntries(pairs) } : {};
}

function writeName(name: JsonObject): VCardLine[] {
  const placed = placeComponents(name['components'], kinds);
  if (!placed.some((component) => component !== undefined)) return [];
  const values = toValues(placed, kinds.length);
  const repeated = [
    [...values[0]!, ...values[5]!],
    ...values.slice(1, 4),
    [...values[4]!, ...values[6]!],
    values[5]!,
    values[6]!,
  ];
  const size = values[5]!.length + values[6]!.length > 0 ? 7 : 5;
  const order = writeOrder(name, placed);
  const params = [...(order ? [makeParam('JSCOMPS', order)] : []), ...writeSortAs(name)];
  const line = makeLine('N', writeStructured(repeated.slice(0, size)), params);
  return [line, ...phoneticLine(line, name, placed, size)];
}

function writeSortAs({ sortAs }: JsonObject): VCardParam[] {
  if (!isObject(sortAs)) return [];
  const values = kinds.map((kind) => (typeof sortAs[kind] === 'string' ? sortAs[kind] : ''));
  while (values.at(-1) === '') values.pop();
  return values.length > 0 ? [makeParam('SORT-AS', values.join(','))] : [];
}
