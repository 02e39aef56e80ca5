import { makeLine, makeParam, paramValue, valueType } from '../../vcard/line.ts';
import { escapeText, unescapeText } from '../../vcard/text.ts';
import { readAnniversaryDate, writeAnniversaryDate } from './dates.ts';
import { isObject } from '../json.ts';
import type { Row } from './row.ts';
import type { JsonObject } from '../types.ts';

/** BDAY, DEATHDATE, ANNIVERSARY (RFC 9555 §2.5.1). */
export function anniversaryDate(property: string, kind: string): Row {
  return {
    property,
    path: 'anniversaries',
    shape: 'entry',
    params: ['CALSCALE'],
    types: new Set(),
    mark: () => kind,
    read: (line) => {
      if (line.value === '') return [];
      const date =
        valueType(line) === 'text' ? undefined : readAnniversaryDate(line.value, paramValue(line, 'CALSCALE'));
      return date && [{ kind, date }];
    },
    write: (value) => {
      if (!isObject(value) || value['kind'] !== kind || !isObject(value['date'])) return [];
      const text = writeAnniversaryDate(value['date']);
      const scale = value['date']['calendarScale'];
      return text === undefined
        ? []
        : [makeLine(property, text, typeof scale === 'string' ? [makeParam('CALSCALE', scale)] : [])];
    },
  };
}

/** BIRTHPLACE and DEATHPLACE (RFC 6474 §2), which join the date of their kind. */
export function anniversaryPlace(property: string, kind: string): Row {
  return {
    property,
    path: 'anniversaries',
    shape: 'entry',
    params: [],
    types: new Set(),
    mark: () => kind,
    joins: true,
    read: (line) => {
      if (line.value === '') return [];
      if (valueType(line) !== 'uri') return [{ kind, place: { full: unescapeText(line.value) } }];
      return /^geo:/i.test(line.value) ? [{ kind, place: { coordinates: line.value } }] : undefined;
    },
    write: (value) =>
      isObject(value) && value['kind'] === kind && isObject(value['place']) ? writePlace(property, value['place']) : [],
  };
}

function writePlace(property: string, place: JsonObject) {
  const { full, coordinates } = place;
  if (typeof full === 'string') return [makeLine(property, escapeText(full))];
  return typeof coordinates === 'string' ? [makeLine(property, coordinates, [makeParam('VALUE', 'uri')])] : [];
}
