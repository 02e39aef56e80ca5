import { foldText, foldWords } from '../../lib/fold.ts';
import { digitsOf } from '../jscontact/searchText.ts';
import type { JsonObject } from '../jscontact/types.ts';

/** What makes two entries of a property the same thing. */
export type Identity = (entry: JsonObject) => string;

const text = (entry: JsonObject, name: string): string => {
  const value = entry[name];
  return typeof value === 'string' ? value : '';
};
const folded = (...names: readonly string[]): Identity => {
  return (entry) => JSON.stringify(names.map((name) => foldText(text(entry, name)).trim()));
};
const exact = (...names: readonly string[]): Identity => {
  return (entry) => JSON.stringify(names.map((name) => text(entry, name).trim()));
};

/** The properties that are maps of entries, each with its own identity. One row per property of RFC 9553 §2. */
export const identities: Readonly<Record<string, Identity>> = {
  nicknames: folded('name'),
  organizations: (entry) => JSON.stringify([foldText(text(entry, 'name')).trim(), unitsOf(entry)]),
  titles: (entry) => JSON.stringify([foldText(text(entry, 'name')).trim(), text(entry, 'kind') || 'title']),
  emails: (entry) => text(entry, 'address').trim().toLowerCase(),
  onlineServices: folded('service', 'uri', 'user'),
  phones: (entry) => phoneIdentity(text(entry, 'number')),
  preferredLanguages: folded('language'),
  calendars: exact('uri', 'kind'),
  schedulingAddresses: folded('uri'),
  addresses: (entry) => JSON.stringify([placeOf(entry), text(entry, 'countryCode'), text(entry, 'coordinates')]),
  cryptoKeys: exact('uri', 'kind'),
  directories: exact('uri', 'kind'),
  links: exact('uri', 'kind'),
  media: exact('kind', 'uri', 'blobId'),
  anniversaries: (entry) => JSON.stringify([text(entry, 'kind'), sorted(entry['date']), sorted(entry['place'])]),
  notes: exact('note'),
  personalInfo: folded('kind', 'value'),
};

/** French numbers are the same with 0, +33 or 0033 before them; all others with their digits, and + for 00. */
function phoneIdentity(number: string): string {
  const [main = '', ...extension] = number.split(';');
  const digits = digitsOf(main);
  if (digits === '') return number.trim();
  const isForeign = main.trim().startsWith('+') || main.trim().startsWith('00');
  const whole = isForeign ? digits.replace(/^00/, '') : digits;
  const national = isForeign ? /^33(\d{9})$/.exec(whole)?.[1] : /^0(\d{9})$/.exec(whole)?.[1];
  return [national === undefined ? whole : `33${national}`, ...extension].join(';');
}

function unitsOf(entry: JsonObject): string[] {
  const units = Array.isArray(entry['units']) ? (entry['units'] as readonly JsonObject[]) : [];
  return units.map((unit) => foldText(text(unit, 'name')).trim());
}

/** An address reads the same whole or in parts. */
function placeOf(entry: JsonObject): string {
  const parts = Array.isArray(entry['components']) ? (entry['components'] as readonly JsonObject[]) : [];
  const words = parts.length > 0 ? parts.map((part) => text(part, 'value')).join(' ') : text(entry, 'full');
  return foldWords(words).join(' ');
}

/** A value with its properties in one order, and without those that say nothing of it. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const told = Object.entries(value).filter(([name]) => name !== '@type' && name !== 'vCardParams');
  return Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, sorted(part)]));
}
