import type { Entry } from 'ldapts';
import { PresenceFilter } from 'ldapts';
import type { DirectoryEntry } from '../../core/directory/directory.ts';
import { openConnection } from './connection.ts';
import type { Connection } from './connection.ts';
import { describeProblem } from './problems.ts';
import { ldapDirectory } from './ldapDirectory.ts';
import { areasOf, findAdministrators, readArea } from './reading.ts';
import { readUnits } from './readUnits.ts';
import { searchAll } from './search.ts';
import type { LdapServer } from './server.ts';
import { toEntry } from './toEntry.ts';
import { textsOf, valuesOf } from './values.ts';

/** What a step has found. */
export type Finding = {
  /** `stop`: nothing further can be tried. */
  readonly kind: 'good' | 'doubtful' | 'stop';
  readonly text: string;
};

/** Who signs in for a try. */
export type Trial = { readonly login: string; readonly password: string };

const good = (text: string): Finding => ({ kind: 'good', text });
const doubtful = (text: string): Finding => ({ kind: 'doubtful', text });
const stop = (text: string): Finding => ({ kind: 'stop', text });

/** Tries the settings of the directory one after the other, and says of each what works or what to change. */
export async function* checkLdap(server: LdapServer, trial: Trial | null, now: Date): AsyncGenerator<Finding> {
  let connection: Connection | null = null;
  for (const url of server.urls) {
    const { finding, open } = await reach(server, url);
    yield finding;
    if (open && connection) open.close();
    else connection = open ?? connection;
  }
  if (!connection) return yield stop('No server can be asked, so nothing else was tried.');
  try {
    for (const base of new Set([...server.bases, ...server.peopleBases, ...server.groupsBases])) {
      const finding = await findBase(connection, base);
      yield finding;
      if (finding.kind === 'stop') return;
    }
    const people = await readAll(connection, server, 'individual', now);
    yield* aboutPeople(connection, server, people);
    const groups = await readAll(connection, server, 'group', now);
    yield* aboutGroups(server, people.entries, groups.entries);
    if (people.entries.length > 0) yield await lookUpAgain(server, people.entries[0]!, now);
    if (trial) yield* signIn(server, trial, now);
  } catch (error) {
    yield stop(describeProblem(error));
  } finally {
    connection.close();
  }
}

async function reach(server: LdapServer, url: string): Promise<{ finding: Finding; open: Connection | null }> {
  let isReached = false;
  try {
    (await openConnection(server, url, { dn: '', password: '' })).close();
    isReached = true;
    const open = await openConnection(server, url, { dn: server.bindDn, password: server.bindPassword });
    const who = server.bindDn === '' ? 'without a name (COTERIE_LDAP_BIND_DN is empty)' : `as ${server.bindDn}`;
    const how = open.isEncrypted ? 'encrypted, the certificate is right' : 'NOT encrypted';
    return { finding: good(`${url}: connected, ${how}, signed in ${who}.`), open };
  } catch (error) {
    const what = isReached ? 'is reached, but does not let Coterie in' : 'cannot be reached';
    return { finding: doubtful(`${url} ${what}: ${describeProblem(error)}.`), open: null };
  }
}

async function findBase({ client }: Connection, base: string): Promise<Finding> {
  const filter = new PresenceFilter({ attribute: 'objectClass' });
  try {
    const found = await searchAll(client, { base, scope: 'base', filter, attributes: ['objectClass'] });
    if (found.length === 1) return good(`${base} is there.`);
    return stop(`${base} cannot be read: the entry COTERIE_LDAP_BIND_DN needs the right to read it.`);
  } catch (error) {
    const contexts = await namingContexts(client).catch(() => []);
    const hint = contexts.length === 0 ? '' : ` The server has: ${contexts.join('; ')}.`;
    return stop(`${base}: ${describeProblem(error)}.${hint}`);
  }
}

async function namingContexts(client: Connection['client']): Promise<string[]> {
  const filter = new PresenceFilter({ attribute: 'objectClass' });
  const [root] = await searchAll(client, { base: '', scope: 'base', filter, attributes: ['namingContexts'] });
  return root ? textsOf(valuesOf(root), 'namingContexts') : [];
}

type Read = { readonly entries: readonly DirectoryEntry[]; readonly raw: number; readonly changed: number };

async function readAll(
  connection: Connection,
  server: LdapServer,
  kind: DirectoryEntry['kind'],
  now: Date,
): Promise<Read> {
  const area = areasOf(server).find((each) => each.kind === kind)!;
  const units = kind === 'individual' ? await readUnits(connection, server) : new Map<string, string>();
  const around = { server, now, units, administrators: await findAdministrators(connection, server, null) };
  const entries: DirectoryEntry[] = [];
  let raw = 0;
  let changed = 0;
  const hasTime = (entry: Entry) => server.attributes.changed.some((name) => textsOf(valuesOf(entry), name).length > 0);
  for await (const page of readArea(connection, server, area, null)) {
    raw += page.length;
    changed += page.filter(hasTime).length;
    entries.push(...page.flatMap((entry) => toEntry(kind, entry, around) ?? []));
  }
  return { entries, raw, changed };
}

async function* aboutPeople(connection: Connection, server: LdapServer, read: Read): AsyncGenerator<Finding> {
  const { entries, raw, changed } = read;
  const { id, changed: times, login } = server.attributes;
  if (raw === 0) {
    const classes = await classesBelow(connection, server);
    const hint = classes.length === 0 ? 'nothing can be seen there' : `the entries there are: ${classes.join(', ')}`;
    return yield stop(`No people were found: check COTERIE_LDAP_PEOPLE_FILTER and COTERIE_LDAP_PROFILE; ${hint}.`);
  }
  const sample = entries.slice(0, 3).map(({ name, email }) => `${name} <${email ?? 'no address'}>`);
  yield good(`${raw} people, for example ${sample.join(', ')}.`);
  if (entries.length < raw)
    yield (entries.length === 0 ? stop : doubtful)(
      `${raw - entries.length} of them have no permanent id in ${id.join(', ')}: give Coterie the right to read it, or name another attribute with COTERIE_LDAP_ATTRIBUTES=id=…`,
    );
  else yield good(`All of them have a permanent id in ${id.join(', ')}.`);
  const without = (has: (entry: DirectoryEntry) => boolean) => entries.filter((entry) => !has(entry)).length;
  const logins = without((entry) => entry.logins.length > 0);
  if (logins > 0)
    yield doubtful(`${logins} have no login in ${login.join(', ')}: they sign in with their address only.`);
  const addresses = without((entry) => entry.email !== null);
  if (addresses > 0) yield doubtful(`${addresses} have no address: they get no mails.`);
  yield good(
    `${without((entry) => entry.isActive)} are locked, ${without((entry) => entry.isListed)} are not listed, ${entries.filter((entry) => entry.isAdministrator).length} administer Coterie.`,
  );
  if (changed === raw) return yield good(`When they changed stands in ${times.join(', ')}.`);
  yield doubtful(`When they changed cannot be read in ${times.join(', ')}: everything is read each time.`);
}

async function classesBelow({ client }: Connection, { peopleBases }: LdapServer): Promise<string[]> {
  const filter = new PresenceFilter({ attribute: 'objectClass' });
  // A part will do here: it is only for a hint.
  const { searchEntries } = await client.search(peopleBases[0]!, {
    filter,
    attributes: ['objectClass'],
    sizeLimit: 50,
  });
  return [...new Set(searchEntries.flatMap((entry) => textsOf(valuesOf(entry), 'objectClass')))].slice(0, 12);
}

function* aboutGroups(
  server: LdapServer,
  people: readonly DirectoryEntry[],
  groups: readonly DirectoryEntry[],
): Generator<Finding> {
  if (groups.length === 0)
    return yield doubtful('No groups were found: check COTERIE_LDAP_GROUPS_BASE and COTERIE_LDAP_GROUPS_FILTER.');
  const known = new Set([...people, ...groups].flatMap((entry) => entry.references));
  const members = groups.flatMap((group) => group.members).filter((member) => !/^(?:gid|sid):/u.test(member));
  const strangers = members.filter((member) => !known.has(member));
  const sample = groups.slice(0, 3).map(({ name, members: those }) => `${name} (${those.length})`);
  yield good(`${groups.length} groups, for example ${sample.join(', ')}.`);
  const { member } = server.attributes;
  if (members.length === 0) yield doubtful(`No group has members in ${member.join(', ')} that Coterie may read.`);
  else if (strangers.length > 0)
    yield doubtful(
      `${strangers.length} of ${members.length} members are neither people nor groups by these settings, for example ${strangers[0]}: they get nothing by their group.`,
    );
  else yield good('All of their members are known.');
}

async function lookUpAgain(server: LdapServer, { externalId, name }: DirectoryEntry, now: Date): Promise<Finding> {
  const directory = ldapDirectory(server, () => now);
  try {
    const found = await directory.lookUp([externalId]);
    if (found.length === 1) return good(`${name} is found by the permanent id.`);
    return stop(
      `${name} is not found by the permanent id ${externalId}: is it searchable in ${server.attributes.id.join(', ')}?`,
    );
  } finally {
    await directory.close();
  }
}

async function* signIn(server: LdapServer, { login, password }: Trial, now: Date): AsyncGenerator<Finding> {
  const directory = ldapDirectory(server, () => now);
  try {
    if ((await directory.authenticate(login, `${password} and more`)) !== null)
      return yield stop(`The server lets ${login} in with a wrong password: do not use it.`);
    const isIn = (await directory.authenticate(login, password)) !== null;
    if (isIn) yield good(`${login} is let in with the right password, and not with a wrong one.`);
    else
      yield doubtful(
        `${login} is not let in: the password is wrong, the account is locked, or nobody (or more than one) bears this name in ${[...server.attributes.login, ...server.attributes.mail, ...server.attributes.alias].join(', ')}.`,
      );
  } finally {
    await directory.close();
  }
}
