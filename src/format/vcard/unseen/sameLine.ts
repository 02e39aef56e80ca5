import { paramValues, typesOf } from '../line.ts';
import { splitUnescaped, unescapeText } from '../text.ts';
import type { VCardLine, VCardParam } from '../types.ts';

/** Properties that 3.0 has no word for, and no other name under which programs know them. */
const newProperties: ReadonlySet<string> = new Set([
  'GENDER',
  'KIND',
  'LANG',
  'RELATED',
  'XML',
  'CLIENTPIDMAP',
  'FBURL',
  'CALURI',
  'CALADRURI',
  'BIRTHPLACE',
  'DEATHPLACE',
  'DEATHDATE',
  'EXPERTISE',
  'HOBBY',
  'INTEREST',
  'ORG-DIRECTORY',
  'CONTACT-URI',
  'CREATED',
  'GRAMGENDER',
  'LANGUAGE',
  'PRONOUNS',
  'JSPROP',
]);

/** The same of parameters: RFC 6350 §5, RFC 6715, RFC 9554 §4, RFC 9555 §3.3. */
const newParameters: ReadonlySet<string> = new Set([
  'ALTID',
  'PID',
  'PROP-ID',
  'INDEX',
  'LEVEL',
  'CREATED',
  'AUTHOR',
  'AUTHOR-NAME',
  'DERIVED',
  'CALSCALE',
  'GEO',
  'TZ',
  'CC',
  'PHONETIC',
  'SCRIPT',
  'USERNAME',
  'SERVICE-TYPE',
  'JSPTR',
  'JSCOMPS',
]);

/** Those of them that hold whatever the value becomes. */
const lasting: ReadonlySet<string> = new Set(['ALTID', 'PID', 'PROP-ID', 'INDEX', 'CREATED']);

const structured: ReadonlySet<string> = new Set(['N', 'ADR', 'ORG']);

/** Whether a 3.0 program cannot know the property. */
export function isNewProperty({ name }: VCardLine): boolean {
  return newProperties.has(name.toUpperCase());
}

/** Whether a 3.0 program cannot know the parameter; of preferences it knows the first. */
export function isNewParameter({ name, values }: VCardParam): boolean {
  const upper = name.toUpperCase();
  return newParameters.has(upper) || (upper === 'PREF' && values[0] !== '1');
}

/** Whether the parameter stays with a property whose value was changed. */
export function isLasting(param: VCardParam): boolean {
  return lasting.has(param.name.toUpperCase()) || (param.name.toUpperCase() === 'PREF' && isNewParameter(param));
}

/** Equal for lines that say the same, however programs escape it and whatever they add to it. */
export function valueKey(line: VCardLine): string {
  const name = line.name.toUpperCase();
  if (!structured.has(name)) return `${name}:${unescapeText(line.value)}`;
  const parts = splitUnescaped(line.value, ';').map(unescapeText);
  while (parts.at(-1) === '') parts.pop();
  return `${name}:${JSON.stringify(parts)}`;
}

/** The parameters of each name, which stands in capitals. */
export function paramsByName(params: readonly VCardParam[]): Map<string, VCardParam[]> {
  const named = new Map<string, VCardParam[]>();
  for (const param of params) {
    const name = param.name.toUpperCase();
    const known = named.get(name);
    if (known) known.push(param);
    else named.set(name, [param]);
  }
  return named;
}

/** Equal for parameters that say the same, in whatever order. */
export function paramsKey(params: readonly VCardParam[]): string {
  const known = [...paramsByName(params)].map(([name, all]) => [name, all.flatMap(({ values }) => values)] as const);
  const of = (name: string, values: readonly string[]) =>
    name === 'TYPE' ? typesOf({ group: null, name, value: '', params: [{ name, values }] }).toSorted() : values;
  return JSON.stringify(known.map(([name, values]) => [name, of(name, values)]).toSorted());
}

/** Equal for lines of one property that are used for the same. */
export function useKey(line: VCardLine): string {
  return JSON.stringify([line.name.toUpperCase(), typesOf(line).toSorted(), paramValues(line, 'LANGUAGE')]);
}
