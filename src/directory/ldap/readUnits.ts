import { FilterParser } from 'ldapts';
import type { Entry } from 'ldapts';
import type { Connection } from './connection.ts';
import type { Units } from './profiles.ts';
import { searchPages } from './search.ts';
import type { LdapServer } from './server.ts';
import { textsOf, valuesOf } from './values.ts';

/** What codes of departments mean, by their codes in small letters. */
export async function readUnits(
  { client }: Connection,
  { profile, bases, pageSize }: LdapServer,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const { units } = profile;
  if (units === null) return found;
  const filter = FilterParser.parseString(units.filter);
  for (const base of bases) {
    const search = { base, filter, attributes: [units.code, ...units.names] };
    for await (const page of searchPages(client, search, pageSize))
      for (const entry of page) for (const [code, name] of namedCodes(entry, units)) found.set(code, name);
  }
  return found;
}

function namedCodes(entry: Entry, { code, names }: Units): [string, string][] {
  const values = valuesOf(entry);
  const name = names.flatMap((attribute) => textsOf(values, attribute))[0];
  return name === undefined ? [] : textsOf(values, code).map((each) => [each.toLowerCase(), name]);
}
