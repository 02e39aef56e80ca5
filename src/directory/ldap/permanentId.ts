import { EqualityFilter } from 'ldapts';
import type { Attributes } from './attributes.ts';
import { octetsOf, textsOf } from './values.ts';
import type { Values } from './values.ts';

/** The permanent id of an entry as text; undefined: it has none, or it may not be read. */
export function permanentIdOf(values: Values, { id }: Attributes): string | undefined {
  for (const attribute of id) {
    if (isGuid(attribute)) {
      const octets = octetsOf(values, attribute);
      if (octets?.length === 16) return guidText(octets);
    } else {
      const text = textsOf(values, attribute)[0]?.trim();
      if (text !== undefined && text !== '') return text.toLowerCase();
    }
  }
  return undefined;
}

/** What finds the entries with a permanent id. */
export function permanentIdFilters(id: string, attributes: Attributes): EqualityFilter[] {
  return attributes.id.flatMap((attribute) => {
    if (!isGuid(attribute)) return [new EqualityFilter({ attribute, value: id })];
    return guidForm.test(id) ? [new EqualityFilter({ attribute, value: guidOctets(id) })] : [];
  });
}

const guidForm = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/iu;
// The first three fields are stored with their last octet first (MS-DTYP §2.3.4.2).
const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

function isGuid(attribute: string): boolean {
  return attribute.toLowerCase() === 'objectguid';
}

function guidText(octets: Buffer): string {
  const hex = Buffer.from(order.map((index) => octets[index]!)).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-');
}

function guidOctets(text: string): Buffer {
  const octets = Buffer.from(text.replaceAll('-', ''), 'hex');
  return Buffer.from(order.map((index) => octets[index]!));
}
