import type { Entry } from 'ldapts';
import type { AttributeName, Attributes } from './attributes.ts';

/** Attributes that are octets and no text; in the spelling of the servers that have them. */
export const binaryAttributes = ['objectGUID', 'objectSid'];

/** What an entry holds, by attributes in small letters. */
export type Values = ReadonlyMap<string, readonly (string | Buffer)[]>;

/** The values of an entry; those in a certain language (`cn;lang-fr`) come after those without. */
export function valuesOf(entry: Entry): Values {
  const all = new Map<string, (string | Buffer)[]>();
  const names = Object.keys(entry).filter((name) => name !== 'dn');
  for (const name of names.toSorted((a, b) => Number(a.includes(';')) - Number(b.includes(';')))) {
    const base = name.split(';')[0]!.toLowerCase();
    all.set(base, [...(all.get(base) ?? []), ...[entry[name] ?? []].flat()]);
  }
  return all;
}

/** The texts of one attribute. What is not UTF-8 is taken for Latin-1, which old directories hold. */
export function textsOf(values: Values, attribute: string): string[] {
  return (values.get(attribute.toLowerCase()) ?? []).map((value) =>
    typeof value === 'string' ? value : decodeText(value),
  );
}

/** The octets of an attribute with one value. */
export function octetsOf(values: Values, attribute: string): Buffer | undefined {
  const value = values.get(attribute.toLowerCase())?.[0];
  return typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
}

/** The values of a meaning: of the first attribute that has one. */
export function someOf(values: Values, attributes: Attributes, meaning: AttributeName): string[] {
  for (const name of attributes[meaning]) {
    const joined = name.includes('+') ? [joinedOf(values, name)] : textsOf(values, name);
    const found = joined.map((text) => text.trim()).filter((text) => text !== '');
    if (found.length > 0) return found;
  }
  return [];
}

/** The first of them. */
export function oneOf(values: Values, attributes: Attributes, meaning: AttributeName): string | undefined {
  return someOf(values, attributes, meaning)[0];
}

/** The values of all attributes of a meaning. */
export function allOf(values: Values, attributes: Attributes, meaning: AttributeName): string[] {
  return attributes[meaning].flatMap((name) => textsOf(values, name)).map((text) => text.trim());
}

function joinedOf(values: Values, names: string): string {
  return names
    .split('+')
    .flatMap((name) => textsOf(values, name).slice(0, 1))
    .join('\n');
}

function decodeText(octets: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return octets.toString('latin1');
  }
}
