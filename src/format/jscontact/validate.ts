import { isOnCalendar } from '../../lib/utcDate.ts';
import { isDay } from './codecs/dates.ts';
import { applyPatch, isObject, toPointer } from './json.ts';
import { isId } from './keys.ts';
import { commonProperties, componentType, objectTypes, typeAt, type Rule } from './schema.ts';
import type { JsonObject, PatchObject } from './types.ts';

/** What is wrong with a card; `path` is a JSON pointer without its first slash. */
export type Problem = { readonly path: string; readonly message: string };

const limits = { string: 100_000, entries: 1_000, members: 9_000, languages: 50, depth: 32, problems: 100 };

type Report = (path: readonly string[], message: string) => void;

/** Checks a Card against RFC 9553; unknown and vendor properties are fine. No problems, no list entries. */
export function validateCard(value: unknown): Problem[] {
  const problems: Problem[] = [];
  const report: Report = (path, message) => {
    if (problems.length < limits.problems) problems.push({ path: toPointer(path), message });
  };
  if (!isObject(value)) return [{ path: '', message: 'A card is a JSON object.' }];
  checkObject('Card', value, [], report);
  if (value['@type'] === undefined || value['@type'] === 'Card') checkLocalizations(value, problems, report);
  return problems;
}

function checkObject(type: string, value: unknown, path: readonly string[], report: Report): void {
  if (!isObject(value)) return report(path, `This must be a ${type} object.`);
  const typed = typeAt(type, value);
  const { required = [], someOf = [] } = objectTypes[typed]!;
  const { known, names } = knownProperties(typed);
  if (value['@type'] !== undefined && value['@type'] !== typed)
    report([...path, '@type'], `The @type here is ${typed}.`);
  for (const name of required) if (!Object.hasOwn(value, name)) report([...path, name], `A ${typed} needs ${name}.`);
  if (someOf.length > 0 && !someOf.some((name) => Object.hasOwn(value, name)))
    report(path, `A ${typed} needs one of: ${someOf.join(', ')}.`);
  for (const [name, item] of Object.entries(value)) {
    const here = [...path, name];
    const rule = Object.hasOwn(known, name) ? known[name] : undefined;
    // RFC 9553 §3.5: reserved, so that nothing may ever be called so.
    if (name === 'extra') report(here, 'The property name extra is reserved.');
    else if (rule !== undefined) checkRule(rule, typed, item, here, report);
    else if (names.has(name.toLowerCase()))
      report(here, `Property names are case-sensitive: ${names.get(name.toLowerCase())!} is meant.`);
    else if (name === '' || name.length > 255) report(here, 'A property name has 1 to 255 characters.');
    else checkUnknown(item, here, report);
  }
  if (typed === 'Name' || typed === 'Address') checkOrder(value, path, report);
  if (typed === 'PartialDate') checkDate(value, path, report);
}

type Known = { readonly known: Readonly<Record<string, Rule>>; readonly names: ReadonlyMap<string, string> };
const knownByType = new Map<string, Known>();

/** The properties that a type has, also by their names in small letters. */
function knownProperties(type: string): Known {
  const before = knownByType.get(type);
  if (before) return before;
  const known: Readonly<Record<string, Rule>> = { ...commonProperties, ...objectTypes[type]!.properties };
  const names = new Map(Object.keys(known).map((name) => [name.toLowerCase(), name]));
  knownByType.set(type, { known, names });
  return { known, names };
}

type Check = (value: unknown, path: readonly string[], report: Report, type: string) => void;

function test(isRight: (value: unknown) => boolean, message: string): Check {
  return (value, path, report) => {
    if (!isRight(value)) report(path, message);
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= limits.string;
const isWhole =
  (min: number, max: number) =>
  (value: unknown): boolean =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;

const isMonth = isWhole(1, 12);
const isDayOfSome = isWhole(1, 31);

const checks: Readonly<Record<Extract<Rule, string>, Check>> = {
  string: test(isText, `This must be a string of at most ${limits.string} characters.`),
  filled: test((value) => isText(value) && value !== '', 'This must be a string that is not empty.'),
  bigString: test((value) => typeof value === 'string', 'This must be a string.'),
  boolean: test((value) => typeof value === 'boolean', 'This must be true or false.'),
  pref: test(isWhole(1, 100), 'This must be a whole number from 1 to 100.'),
  positive: test(isWhole(1, Number.MAX_SAFE_INTEGER), 'This must be a whole number greater than 0.'),
  year: test(isWhole(0, 9999), 'This must be a year from 0 to 9999.'),
  month: test(isMonth, 'This must be a month from 1 to 12.'),
  day: test(isDayOfSome, 'This must be a day from 1 to 31.'),
  utc: test(isUtc, 'This must be a UTC time like 2010-10-10T10:10:10Z.'),
  id: test(
    (value) => typeof value === 'string' && isId(value),
    'This must be an Id: 1 to 255 of A-Z, a-z, 0-9, - and _.',
  ),
  language: test(
    (value) => typeof value === 'string' && (value === '' || isLanguage(value)),
    'This must be a language tag.',
  ),
  version: test(
    (value) => typeof value === 'string' && /^1\.\d{1,3}$/.test(value),
    'The JSContact version known here is 1.0.',
  ),
  vCardName: test(
    (value) => typeof value === 'string' && /^[A-Za-z0-9-]{1,100}$/.test(value),
    'This must be a vCard name.',
  ),
  stringSet: (value, path, report) => checkSet(value, path, report, limits.entries),
  members: (value, path, report) => checkSet(value, path, report, limits.members),
  textMap: test(
    (value) => isObject(value) && Object.values(value).every(isText),
    'This must be an object whose values are strings.',
  ),
  params: test(
    (value) =>
      isObject(value) && Object.values(value).every((one) => isText(one) || (Array.isArray(one) && one.every(isText))),
    'This must be an object whose values are strings or lists of strings.',
  ),
  components: (value, path, report, type) => checkList(componentType(type), value, path, report),
  jCardProps: (value, path, report) => {
    if (!Array.isArray(value) || value.length > limits.members || !value.every(isJCardProp))
      report(path, 'This must be a list of jCard properties.');
  },
  patches: (value, path, report) => {
    const isPatches =
      isObject(value) && Object.keys(value).length <= limits.languages && Object.values(value).every(isObject);
    if (!isPatches) report(path, `This must be an object of at most ${limits.languages} language tags with patches.`);
  },
};

function checkRule(rule: Rule, type: string, value: unknown, path: readonly string[], report: Report): void {
  if (typeof rule === 'string') return checks[rule](value, path, report, type);
  if ('object' in rule) return checkObject(rule.object, value, path, report);
  if ('list' in rule) return checkList(rule.list, value, path, report);
  if ('oneOf' in rule) {
    const isKnown =
      typeof value === 'string' && (rule.oneOf.includes(value) || /^[a-z0-9-]+(\.[a-z0-9-]+)+:./i.test(value));
    return isKnown ? undefined : report(path, `This must be one of: ${rule.oneOf.join(', ')}.`);
  }
  const [inner, anyKey] = 'map' in rule ? [rule.map, false] : [rule.anyKeys, true];
  if (!isObject(value)) return report(path, `This must be an object of ${inner} objects.`);
  const entries = Object.entries(value);
  if (entries.length > limits.entries) return report(path, `There may be at most ${limits.entries} entries here.`);
  for (const [key, item] of entries) {
    if (anyKey ? key === '' || !isText(key) : !isId(key))
      report([...path, key], 'This key is not an Id: 1 to 255 of A-Z, a-z, 0-9, - and _.');
    checkObject(inner, item, [...path, key], report);
  }
}

function checkList(type: string, value: unknown, path: readonly string[], report: Report): void {
  if (!Array.isArray(value) || value.length === 0 || value.length > limits.entries)
    return report(path, `This must be a list of 1 to ${limits.entries} ${type} objects.`);
  value.forEach((item, index) => checkObject(type, item, [...path, String(index)], report));
}

function checkSet(value: unknown, path: readonly string[], report: Report, max: number): void {
  if (!isObject(value)) return report(path, 'This must be an object whose values are true.');
  const entries = Object.entries(value);
  if (entries.length > max) return report(path, `There may be at most ${max} entries here.`);
  for (const [key, item] of entries) {
    if (item !== true) report([...path, key], 'The values of a set are true.');
    if (!isText(key)) report(path, `A key may have at most ${limits.string} characters.`);
  }
}

function isUtc(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{0,8}[1-9])?Z$/.test(value) &&
    isOnCalendar(value)
  );
}

function isLanguage(text: string): boolean {
  return text.length <= 100 && /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(text);
}

function isJCardProp(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length >= 4 &&
    typeof value[0] === 'string' &&
    isObject(value[1]) &&
    typeof value[2] === 'string'
  );
}

function checkUnknown(value: unknown, path: readonly string[], report: Report): void {
  if (path.length > limits.depth) return report(path, 'This is nested too deeply.');
  if (typeof value === 'string' && value.length > limits.string)
    return report(path, `A string may have at most ${limits.string} characters.`);
  if (Array.isArray(value)) value.forEach((item, index) => checkUnknown(item, [...path, String(index)], report));
  else if (isObject(value))
    for (const [name, item] of Object.entries(value)) checkUnknown(item, [...path, name], report);
}

/** RFC 9553 §2.2.1 and §2.5.1: what components, separators and isOrdered allow each other. */
function checkOrder(value: JsonObject, path: readonly string[], report: Report): void {
  const isOrdered = value['isOrdered'] === true;
  if (value['defaultSeparator'] !== undefined && !isOrdered)
    report([...path, 'defaultSeparator'], 'This needs isOrdered to be true.');
  if (!Array.isArray(value['components'])) return;
  const separators = (value['components'] as readonly unknown[]).map(
    (component) => isObject(component) && component['kind'] === 'separator',
  );
  if (separators.length > 0 && separators.every(Boolean))
    report([...path, 'components'], 'There must be a component that is no separator.');
  separators.forEach((isSeparator, index) => {
    if (isSeparator && !isOrdered)
      report([...path, 'components', String(index)], 'A separator needs isOrdered to be true.');
    if (isSeparator && separators[index - 1])
      report([...path, 'components', String(index)], 'Two separators must not follow each other.');
  });
}

function checkDate(value: JsonObject, path: readonly string[], report: Report): void {
  const { year, month, day } = value;
  if (day !== undefined && month === undefined) report(path, 'A day needs a month.');
  if (month !== undefined && year === undefined && day === undefined) report(path, 'A month needs a year or a day.');
  // RFC 9553 §2.8.1; how long the months of other calendars are is not for us to know.
  const isGregorian = (value['calendarScale'] ?? 'gregorian') === 'gregorian';
  if (isGregorian && isMonth(month) && isDayOfSome(day) && !isDay(value))
    report([...path, 'day'], 'This month has no such day.');
}

/** RFC 9553 §2.7.1: every patch must apply, and leave a valid card. */
function checkLocalizations(card: JsonObject, problems: readonly Problem[], report: Report): void {
  const { localizations, ...original } = card;
  if (!isObject(localizations) || Object.keys(localizations).length > limits.languages) return;
  const before = new Set(problems.map(({ path }) => path));
  for (const [language, patch] of Object.entries(localizations)) {
    const here = ['localizations', language];
    if (!isLanguage(language)) report(here, 'This must be a language tag.');
    if (!isObject(patch)) continue;
    if (Object.keys(patch).length > limits.entries) {
      report(here, `A patch may have at most ${limits.entries} entries.`);
      continue;
    }
    const localized = Object.keys(patch).some((pointer) => /^\/?localizations(\/|$)/.test(pointer))
      ? undefined
      : applyPatch(original, patch as PatchObject);
    if (!localized) {
      report(here, 'This patch does not apply to the card.');
      continue;
    }
    checkObject('Card', localized, [], (path, message) => {
      if (!before.has(toPointer(path))) report([...here, toPointer(path)], message);
    });
  }
}
