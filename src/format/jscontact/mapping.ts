import { makeLine, makeParam, valueType } from '../vcard/line.ts';
import { escapeText, isUri, readList, unescapeText } from '../vcard/text.ts';
import type { VCardLine, VCardParam } from '../vcard/types.ts';
import { address, geo, timeZone } from './codecs/addressCodec.ts';
import { anniversaryDate, anniversaryPlace } from './codecs/anniversaryCodec.ts';
import { readTimestamp, writeTimestamp } from './codecs/dates.ts';
import {
  contexts,
  features,
  level,
  listAs,
  mediaType,
  noteAuthor,
  noteCreated,
  pref,
  readFields,
  writeFields,
  type Field,
} from './fields.ts';
import { isObject } from './json.ts';
import { formattedName, structuredName } from './codecs/nameCodec.ts';
import {
  instantMessaging,
  keywords,
  member,
  organization,
  readUri,
  related,
  socialProfile,
} from './codecs/otherCodecs.ts';
import type { Row } from './codecs/row.ts';
import type { JsonObject } from './types.ts';

/** How the value of a line and a JSContact string say the same. */
type ValueCodec = {
  readonly read: (line: VCardLine) => string | undefined;
  readonly write: (text: string) => { readonly value: string; readonly params?: readonly VCardParam[] } | undefined;
};

const text: ValueCodec = { read: (line) => unescapeText(line.value), write: (value) => ({ value: escapeText(value) }) };
const uri: ValueCodec = { read: readUri, write: (value) => ({ value }) };
const lowerCase: ValueCodec = {
  read: (line) => unescapeText(line.value).toLowerCase(),
  write: (value) => ({ value: escapeText(value) }),
};
const upperCase: ValueCodec = { read: lowerCase.read, write: (value) => ({ value: escapeText(value.toUpperCase()) }) };
const time: ValueCodec = {
  read: (line) => readTimestamp(line.value),
  write: (value) => {
    const written = writeTimestamp(value);
    return written === undefined ? undefined : { value: written };
  },
};
// Values that are text in one version and a URI in another: the VALUE parameter tells which.
const phoneNumber: ValueCodec = {
  read: (line) => (valueType(line) === 'uri' ? readUri(line) : unescapeText(line.value)),
  write: (value) =>
    /^tel:/i.test(value) && isUri(value)
      ? { value, params: [makeParam('VALUE', 'uri')] }
      : { value: escapeText(value) },
};
const reference: ValueCodec = {
  read: (line) => (valueType(line) === 'text' || !isUri(line.value) ? unescapeText(line.value) : readUri(line)),
  write: (value) => (isUri(value) ? { value } : { value: escapeText(value), params: [makeParam('VALUE', 'text')] }),
};

/** A property whose value is the value at the path. */
function value(property: string, path: string, codec: ValueCodec): Row {
  return {
    property,
    path,
    shape: 'value',
    params: [],
    types: new Set(),
    read: (line) => {
      const found = line.value === '' ? '' : codec.read(line);
      return found === '' ? [] : found === undefined ? undefined : [found];
    },
    write: (found) => {
      const written = typeof found === 'string' ? codec.write(found) : undefined;
      return written ? filled(makeLine(property, written.value, written.params)) : [];
    },
  };
}

/** A line without value says nothing: none is written. */
function filled(line: VCardLine): VCardLine[] {
  return line.value === '' ? [] : [line];
}

type EntryOptions = { kind?: string; others?: true; isList?: true; localizable?: true };

// More entries than any card has; what comes after stays in the vCard unseen.
const maxListed = 1_000;

// A place like emails/*/address names the map and the property of its entries that is the value of the line.
/** A property whose value is one property of an entry of a map, with parameters beside it. */
function entry(
  property: string,
  place: string,
  codec: ValueCodec,
  fields: readonly Field[],
  options: EntryOptions = {},
): Row {
  const [path, name] = place.split('/*/') as [string, string];
  const fixed: JsonObject = options.kind === undefined ? {} : { kind: options.kind };
  return {
    property,
    path,
    shape: 'entry',
    params: fields.flatMap((field) => field.params),
    types: new Set(fields.flatMap((field) => field.types)),
    labelled: labelled.has(path),
    ...(options.localizable ? { localizable: true } : {}),
    read: (line) => {
      const values = options.isList ? readList(line.value).slice(0, maxListed) : [codec.read(line) ?? ''];
      return values
        .filter((found) => found !== '')
        .map((found) => ({ ...fixed, [name]: found, ...readFields(line, fields) }));
    },
    write: (object) => {
      if (!isObject(object) || typeof object[name] !== 'string') return [];
      // A row with `others` also writes kinds that no row knows.
      if (object['kind'] !== options.kind && !(options.others && !knownKinds[path]?.includes(object['kind'] as string)))
        return [];
      const written = codec.write(object[name]);
      return written
        ? filled(makeLine(property, written.value, [...(written.params ?? []), ...writeFields(object, fields)]))
        : [];
    },
  };
}

// RFC 9553 §1.5.2: the objects that have a label.
const labelled = new Set([
  'emails',
  'phones',
  'onlineServices',
  'schedulingAddresses',
  'calendars',
  'cryptoKeys',
  'directories',
  'links',
  'media',
  'personalInfo',
]);
const knownKinds: Record<string, readonly string[]> = { links: ['contact'], titles: ['role'] };

const resource = [contexts, pref, mediaType];
const personal = [level({}), listAs];

/** Every row; new cards are written in this order. */
export const rows: readonly Row[] = [
  value('PRODID', 'prodId', text),
  value('UID', 'uid', reference),
  value('KIND', 'kind', lowerCase),
  value('LANGUAGE', 'language', text),
  value('CREATED', 'created', time),
  formattedName,
  structuredName,
  entry('NICKNAME', 'nicknames/*/name', text, [contexts, pref], { isList: true, localizable: true }),
  value('GRAMGENDER', 'speakToAs/grammaticalGender', upperCase),
  entry('PRONOUNS', 'speakToAs/pronouns/*/pronouns', text, [contexts, pref]),
  organization,
  entry('TITLE', 'titles/*/name', text, [], { kind: 'title', others: true, localizable: true }),
  entry('ROLE', 'titles/*/name', text, [], { kind: 'role', localizable: true }),
  entry('EMAIL', 'emails/*/address', text, [contexts, pref]),
  entry('TEL', 'phones/*/number', phoneNumber, [contexts, features, pref]),
  address,
  geo,
  timeZone,
  instantMessaging,
  socialProfile,
  entry('LANG', 'preferredLanguages/*/language', text, [contexts, pref]),
  anniversaryDate('BDAY', 'birth'),
  anniversaryPlace('BIRTHPLACE', 'birth'),
  anniversaryDate('DEATHDATE', 'death'),
  anniversaryPlace('DEATHPLACE', 'death'),
  anniversaryDate('ANNIVERSARY', 'wedding'),
  entry(
    'EXPERTISE',
    'personalInfo/*/value',
    text,
    [level({ beginner: 'low', average: 'medium', expert: 'high' }), listAs],
    { kind: 'expertise' },
  ),
  entry('HOBBY', 'personalInfo/*/value', text, personal, { kind: 'hobby' }),
  entry('INTEREST', 'personalInfo/*/value', text, personal, { kind: 'interest' }),
  entry('URL', 'links/*/uri', uri, resource, { others: true }),
  entry('CONTACT-URI', 'links/*/uri', uri, resource, { kind: 'contact' }),
  entry('CALADRURI', 'schedulingAddresses/*/uri', uri, [contexts, pref]),
  entry('CALURI', 'calendars/*/uri', uri, resource, { kind: 'calendar' }),
  entry('FBURL', 'calendars/*/uri', uri, resource, { kind: 'freeBusy' }),
  entry('SOURCE', 'directories/*/uri', uri, [...resource, listAs], { kind: 'entry' }),
  entry('ORG-DIRECTORY', 'directories/*/uri', uri, [...resource, listAs], { kind: 'directory' }),
  related,
  member,
  keywords,
  entry('NOTE', 'notes/*/note', text, [noteCreated, noteAuthor], { localizable: true }),
  entry('KEY', 'cryptoKeys/*/uri', uri, resource),
  entry('LOGO', 'media/*/uri', uri, resource, { kind: 'logo' }),
  entry('SOUND', 'media/*/uri', uri, resource, { kind: 'sound' }),
  entry('PHOTO', 'media/*/uri', uri, resource, { kind: 'photo' }),
  value('REV', 'updated', time),
];

const byProperty = new Map(rows.map((row) => [row.property, row]));

/** The row of a vCard property, whatever its case. */
export function rowOf(property: string): Row | undefined {
  return byProperty.get(property.toUpperCase());
}

/** The rows that write to a place of the Card. */
export function rowsAt(path: string): readonly Row[] {
  return rows.filter((row) => row.path === path);
}
