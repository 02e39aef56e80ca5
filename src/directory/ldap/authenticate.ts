import { ResultCodeError } from 'ldapts';
import type { Entry } from 'ldapts';
import { isLockedBy } from './accountState.ts';
import { namesIn } from './attributes.ts';
import type { AttributeName } from './attributes.ts';
import { permanentIdOf } from './permanentId.ts';
import { unavailable } from './problems.ts';
import { both, kindOf, namedBy } from './reading.ts';
import { searchAll } from './search.ts';
import type { LdapServer } from './server.ts';
import type { Servers } from './servers.ts';
import { textsOf, valuesOf } from './values.ts';

/** What somebody says of themselves. */
export type Claim = { readonly login: string; readonly password: string };

// What a name may be, the clearest first: nobody takes another's login by an alias of their own.
const order: readonly AttributeName[] = ['login', 'mail', 'alias'];

/** Numbers by which servers say no to this person (RFC 4511 §4.1.9), with 19 and 53 for accounts that are locked. */
const refusals = [19, 32, 34, 48, 49, 50, 53];

/** The permanent id of whom this name and password belong to, or null: a search for the entry, and a bind as it. */
export async function authenticate(
  servers: Servers,
  server: LdapServer,
  { login, password }: Claim,
  now: Date,
): Promise<string | null> {
  const name = nameOf(login, server);
  // A bind without a password is one without a name, and servers say yes to it (RFC 4513 §5.1.2).
  if (name === '' || password === '') return null;
  const entry = await findOne(servers, server, name);
  if (!entry) return null;
  const values = valuesOf(entry);
  const id = permanentIdOf(values, server.attributes);
  const isLocked = server.attributes.locked.some((attribute) =>
    textsOf(values, attribute).some((value) => isLockedBy(attribute, value.trim(), now)),
  );
  if (id === undefined || isLocked || entry.dn === '') return null;
  try {
    const connection = await servers.open({ dn: entry.dn, password });
    connection.close();
    return id;
  } catch (error) {
    if (error instanceof ResultCodeError && refusals.includes(error.code)) return null;
    throw unavailable(error);
  }
}

/** Of several the one who bears the name most clearly; nobody when two do so alike. */
async function findOne(servers: Servers, server: LdapServer, name: string): Promise<Entry | null> {
  const { attributes, peopleBases } = server;
  const filter = both(server.peopleFilter, namedBy(name, server));
  const wanted = namesIn(attributes, 'id', 'locked', ...order);
  const found = await servers.ask(async ({ client }) => {
    const perBase = await Promise.all(
      peopleBases.map((base) => searchAll(client, { base, filter, attributes: wanted })),
    );
    return perBase.flat();
  });
  const entries = [...new Map(found.map((entry) => [entry.dn, entry])).values()];
  if (entries.length <= 1) return entries[0] ?? null;
  for (const attribute of namesIn(attributes, ...order)) {
    const bearers = entries.filter((entry) => isCalled(entry, attribute, name));
    if (bearers.length > 0) return bearers.length === 1 ? bearers[0]! : null;
  }
  return null;
}

function isCalled(entry: Entry, attribute: string, name: string): boolean {
  const wanted = `${kindOf(attribute)}${name.toLowerCase()}`;
  return textsOf(valuesOf(entry), attribute).some((value) => value.toLowerCase() === wanted);
}

/** Windows people write `DOMAIN\login`. */
function nameOf(login: string, { profile }: LdapServer): string {
  const name = login.trim();
  return profile.name === 'ad' ? name.replace(/^[\w.-]+\\(?=[^\\]+$)/u, '') : name;
}
