import { makeParam, paramValue, typesOf } from '../vcard/line.ts';
import type { VCardLine, VCardParam } from '../vcard/types.ts';
import { readTimestamp, writeTimestamp } from './codecs/dates.ts';
import { isObject } from './json.ts';
import type { Json, JsonObject } from './types.ts';

/** How a vCard parameter and properties of a JSContact object say the same (RFC 9555 §2.3). */
export type Field = {
  readonly params: readonly string[];
  readonly types: readonly string[];
  readonly read: (line: VCardLine) => JsonObject;
  readonly write: (object: JsonObject) => VCardParam[];
};

/** One parameter, one property. */
function single(
  name: string,
  property: string,
  read: (value: string) => Json | undefined,
  write: (value: Json) => string | undefined,
): Field {
  return {
    params: [name],
    types: [],
    read: (line) => {
      const value = paramValue(line, name);
      const property_ = value === undefined || value === '' ? undefined : read(value);
      return property_ === undefined ? {} : { [property]: property_ };
    },
    write: (object) => {
      const value = object[property] === undefined ? undefined : write(object[property]);
      return value === undefined || value === '' ? [] : [makeParam(name, value)];
    },
  };
}

/** A property that is written as it is. */
export function verbatim(name: string, property: string): Field {
  return single(
    name,
    property,
    (value) => value,
    (value) => (typeof value === 'string' ? value : undefined),
  );
}

function integer(name: string, property: string, max: number): Field {
  return single(
    name,
    property,
    (value) => {
      const number = /^\d{1,9}$/.test(value.trim()) ? Number(value) : 0;
      return number >= 1 && number <= max ? number : undefined;
    },
    (value) => (typeof value === 'number' && Number.isInteger(value) ? String(value) : undefined),
  );
}

/** TYPE values that are keys of a set. */
function typeSet(property: string, pairs: Readonly<Record<string, string>>): Field {
  return {
    params: ['TYPE'],
    types: Object.keys(pairs),
    read: (line) => {
      const keys = typesOf(line).flatMap((type) => (Object.hasOwn(pairs, type) ? [pairs[type]!] : []));
      return keys.length > 0 ? { [property]: Object.fromEntries(keys.map((key) => [key, true])) } : {};
    },
    write: (object) => {
      const set = object[property];
      if (!isObject(set)) return [];
      const types = Object.keys(pairs).filter((type) => set[pairs[type]!] === true);
      return types.length > 0 ? [makeParam('TYPE', ...types)] : [];
    },
  };
}

/** RFC 9555 §2.3.17 */
export const pref = integer('PREF', 'pref', 100);
/** RFC 9555 §2.3.10 */
export const listAs = integer('INDEX', 'listAs', 999_999_999);
/** RFC 9555 §2.3.14 */
export const mediaType = verbatim('MEDIATYPE', 'mediaType');
/** RFC 9555 §2.3.22 */
export const contexts = typeSet('contexts', { home: 'private', work: 'work' });
/** RFC 9555 §2.6.1 with RFC 9554 §5 */
export const addressContexts = typeSet('contexts', {
  home: 'private',
  work: 'work',
  billing: 'billing',
  delivery: 'delivery',
});
/** RFC 9555 §2.7.6 */
export const features = typeSet('features', {
  cell: 'mobile',
  fax: 'fax',
  'main-number': 'main-number',
  pager: 'pager',
  text: 'text',
  textphone: 'textphone',
  video: 'video',
  voice: 'voice',
});

/** RFC 9555 §2.3.13: EXPERTISE has words of its own. */
export function level(words: Readonly<Record<string, string>>): Field {
  const back = Object.fromEntries(Object.entries(words).map(([word, known]) => [known, word]));
  return single(
    'LEVEL',
    'level',
    (value) => words[value.toLowerCase()] ?? value.toLowerCase(),
    (value) => (typeof value === 'string' ? (back[value] ?? value) : undefined),
  );
}

/** RFC 9555 §2.3.6 */
export const noteCreated = single('CREATED', 'created', readTimestamp, writeTimestamp);

/** RFC 9555 §2.3.2 and §2.3.3 */
export const noteAuthor: Field = {
  params: ['AUTHOR', 'AUTHOR-NAME'],
  types: [],
  read: (line) => {
    const [name, uri] = [paramValue(line, 'AUTHOR-NAME'), paramValue(line, 'AUTHOR')];
    return name || uri ? { author: { ...(name ? { name } : {}), ...(uri ? { uri } : {}) } } : {};
  },
  write: ({ author }) =>
    isObject(author)
      ? [...verbatim('AUTHOR', 'uri').write(author), ...verbatim('AUTHOR-NAME', 'name').write(author)]
      : [],
};

/** Reads all fields of a line. */
export function readFields(line: VCardLine, fields: readonly Field[]): JsonObject {
  if (line.params.length === 0) return {};
  return Object.assign({}, ...fields.map((field) => field.read(line))) as JsonObject;
}

/** Writes all fields of an object; what several fields say with TYPE becomes one parameter. */
export function writeFields(object: JsonObject, fields: readonly Field[]): VCardParam[] {
  const params = fields.flatMap((field) => field.write(object));
  const types = params.filter((param) => param.name === 'TYPE').flatMap((param) => param.values);
  const others = params.filter((param) => param.name !== 'TYPE');
  return types.length > 0 ? [makeParam('TYPE', ...types), ...others] : others;
}
