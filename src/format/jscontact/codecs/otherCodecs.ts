import { makeLine, makeParam, paramValues, typesOf, valueType } from '../../vcard/line.ts';
import { escapeText, isUri, readList, splitUnescaped, unescapeText, writeList } from '../../vcard/text.ts';
import type { VCardLine } from '../../vcard/types.ts';
import { contexts, pref, readFields, verbatim, writeFields } from '../fields.ts';
import { isObject } from '../json.ts';
import type { Row } from './row.ts';
import type { JsonObject } from '../types.ts';

/** RFC 9555 §2.9.4 */
export const organization: Row = {
  property: 'ORG',
  path: 'organizations',
  shape: 'entry',
  params: [...contexts.params, 'SORT-AS'],
  types: new Set(contexts.types),
  localizable: true,
  read: (line) => {
    const names = splitUnescaped(line.value, ';').map(unescapeText);
    const sortAs = paramValues(line, 'SORT-AS').flatMap((value) => value.split(','));
    const units = names
      .slice(1)
      .flatMap((name, index) =>
        name === '' ? [] : [{ name, ...(sortAs[index + 1] ? { sortAs: sortAs[index + 1]! } : {}) }],
      );
    if (!names[0] && units.length === 0) return [];
    return [
      {
        ...(names[0] ? { name: names[0] } : {}),
        ...(units.length > 0 ? { units } : {}),
        ...(sortAs[0] ? { sortAs: sortAs[0] } : {}),
        ...contexts.read(line),
      },
    ];
  },
  write: (value) => {
    if (!isObject(value)) return [];
    const units = (Array.isArray(value['units']) ? value['units'] : []) as JsonObject[];
    const parts = [value, ...units];
    const sortAs = parts.map((part) => (typeof part['sortAs'] === 'string' ? part['sortAs'] : ''));
    while (sortAs.at(-1) === '') sortAs.pop();
    const names = parts.map((part) => escapeText(typeof part['name'] === 'string' ? part['name'] : ''));
    if (names.every((name) => name === '')) return [];
    return [
      makeLine('ORG', names.join(';'), [
        ...(sortAs.length > 0 ? [makeParam('SORT-AS', sortAs.join(','))] : []),
        ...contexts.write(value),
      ]),
    ];
  },
};

const serviceFields = [verbatim('SERVICE-TYPE', 'service'), verbatim('USERNAME', 'user'), contexts, pref];
const serviceParams = serviceFields.flatMap((field) => field.params);

/** RFC 9555 §2.7.2 */
export const instantMessaging: Row = {
  property: 'IMPP',
  path: 'onlineServices',
  shape: 'entry',
  params: serviceParams,
  types: new Set(contexts.types),
  labelled: true,
  read: (line) =>
    line.value === '' ? [] : [{ uri: readUri(line), vCardName: 'impp', ...readFields(line, serviceFields) }],
  write: (value) => {
    if (!isObject(value) || typeof value['uri'] !== 'string' || value['vCardName'] !== 'impp') return [];
    return [makeLine('IMPP', value['uri'], writeFields(value, serviceFields))];
  },
};

/** RFC 9555 §2.7.5 */
export const socialProfile: Row = {
  property: 'SOCIALPROFILE',
  path: 'onlineServices',
  shape: 'entry',
  params: serviceParams,
  types: new Set(contexts.types),
  labelled: true,
  read: (line) => {
    if (line.value === '') return [];
    const isText = valueType(line) === 'text';
    return [
      { ...readFields(line, serviceFields), ...(isText ? { user: unescapeText(line.value) } : { uri: readUri(line) }) },
    ];
  },
  write: (value) => {
    if (!isObject(value) || (value['vCardName'] === 'impp' && typeof value['uri'] === 'string')) return [];
    const { uri, user, ...others } = value;
    if (typeof uri === 'string') return [makeLine('SOCIALPROFILE', uri, writeFields(value, serviceFields))];
    if (typeof user !== 'string') return [];
    return [
      makeLine('SOCIALPROFILE', escapeText(user), [makeParam('VALUE', 'text'), ...writeFields(others, serviceFields)]),
    ];
  },
};

/** RFC 9555 §2.9.3 */
export const member: Row = {
  property: 'MEMBER',
  path: 'members',
  shape: 'keys',
  params: ['PREF'],
  types: new Set(),
  read: (line) => (line.value === '' ? [] : [{ [readReference(line)]: true }]),
  write: (_, key) => [referenceLine('MEMBER', key, [])],
};

/** RFC 9555 §2.9.5 */
export const related: Row = {
  property: 'RELATED',
  path: 'relatedTo',
  shape: 'keys',
  params: ['TYPE'],
  types: 'all',
  read: (line) =>
    line.value === ''
      ? []
      : [{ [readReference(line)]: { relation: Object.fromEntries(typesOf(line).map((type) => [type, true])) } }],
  write: (value, key) => {
    const types = isObject(value) && isObject(value['relation']) ? Object.keys(value['relation']) : [];
    return [referenceLine('RELATED', key, types)];
  },
};

/** RFC 9555 §2.11.1 */
export const keywords: Row = {
  property: 'CATEGORIES',
  path: 'keywords',
  shape: 'set',
  params: ['PREF'],
  types: new Set(),
  read: (line) => {
    const words = readList(line.value)
      .map((word) => word.trim())
      .filter((word) => word !== '');
    return words.length > 0 ? [Object.fromEntries(words.map((word) => [word, true]))] : [];
  },
  write: (value) =>
    isObject(value) && Object.keys(value).length > 0 ? [makeLine('CATEGORIES', writeList(Object.keys(value)))] : [],
};

/** A URI; a backslash in one can only be an escape that some programs write. */
export function readUri(line: VCardLine): string {
  return line.value.replace(/\\([,;:\\])/g, '$1').trim();
}

function readReference(line: VCardLine): string {
  return valueType(line) === 'text' || !isUri(line.value) ? unescapeText(line.value) : readUri(line);
}

function referenceLine(property: string, key: string, types: readonly string[]): VCardLine {
  const type = types.length > 0 ? [makeParam('TYPE', ...types)] : [];
  return isUri(key)
    ? makeLine(property, key, type)
    : makeLine(property, escapeText(key), [...type, makeParam('VALUE', 'text')]);
}
