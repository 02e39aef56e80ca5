import type { Directory, DirectoryEntry, DirectoryPage } from '../../core/directory/directory.ts';
import { createSlots } from '../../lib/slots.ts';
import { authenticate } from './authenticate.ts';
import { readGeneralizedTime } from './generalizedTime.ts';
import { askSince, digestOf, nextMark, readMark } from './mark.ts';
import { permanentIdOf } from './permanentId.ts';
import { areasOf, findByIds, readArea } from './reading.ts';
import type { Area } from './reading.ts';
import { searchPages } from './search.ts';
import type { LdapServer } from './server.ts';
import { createServers } from './servers.ts';
import type { Servers } from './servers.ts';
import { createSurroundings } from './surroundings.ts';
import type { FindSurroundings } from './surroundings.ts';
import { toEntry } from './toEntry.ts';
import { textsOf, valuesOf } from './values.ts';
import type { Values } from './values.ts';

const idsAtOnce = 100;
const signInsAtOnce = 16;

type Parts = {
  readonly server: LdapServer;
  readonly servers: Servers;
  readonly areas: readonly Area[];
  readonly surroundings: FindSurroundings;
  readonly now: () => Date;
};

/** The organisation's directory over LDAP (RFC 4511). */
export function ldapDirectory(server: LdapServer, now: () => Date): Directory {
  const servers = createServers(server);
  const surroundings = createSurroundings(server, (task) => withOwn(servers, task), now);
  const parts: Parts = { server, servers, areas: areasOf(server), surroundings, now };
  const slots = createSlots(signInsAtOnce);
  return {
    authenticate: (login, password) => slots(() => authenticate(servers, server, { login, password }, now())),
    changesSince: (mark) => changesSince(parts, mark),
    lookUp: (ids) => lookUp(parts, ids),
    allIds: () => allIds(parts),
    close: () => Promise.resolve(servers.close()),
  };
}

/** A reading in pages has a connection of its own: it is long, and a broken one breaks nobody else's. */
async function withOwn<T>(
  servers: Servers,
  task: (connection: Awaited<ReturnType<Servers['open']>>) => Promise<T>,
): Promise<T> {
  const connection = await servers.open();
  try {
    return await task(connection);
  } catch (error) {
    throw servers.blame(connection, error);
  } finally {
    connection.close();
  }
}

async function* changesSince(parts: Parts, kept: string | null): AsyncGenerator<DirectoryPage> {
  const { server, servers, areas, now } = parts;
  const settings = digestOf({ ...server, urls: [], bindDn: '', bindPassword: '', ca: '' });
  const mark = readMark(kept, settings, now());
  const since = mark === null ? null : askSince(mark, now());
  let newest: Date | null = mark === null ? null : new Date(mark.newest);
  const told = () => nextMark(mark, { settings, newest, now: now() });
  const connection = await servers.open();
  try {
    const around = await parts.surroundings(connection, null);
    for (const area of areas) {
      for await (const page of readArea(connection, server, area, since)) {
        for (const entry of page) newest = later(newest, changedAt(valuesOf(entry), server));
        yield { entries: page.flatMap((entry) => toEntry(area.kind, entry, around) ?? []), mark: told() };
      }
    }
    yield { entries: [], mark: told() };
  } catch (error) {
    throw servers.blame(connection, error);
  } finally {
    connection.close();
  }
}

async function* allIds({ server, servers, areas }: Parts): AsyncGenerator<readonly string[]> {
  const { attributes, pageSize } = server;
  const connection = await servers.open();
  try {
    for (const { bases, filter } of areas) {
      for (const base of bases) {
        const pages = searchPages(connection.client, { base, filter, attributes: attributes.id }, pageSize);
        for await (const page of pages) yield page.flatMap((entry) => permanentIdOf(valuesOf(entry), attributes) ?? []);
      }
    }
  } catch (error) {
    throw servers.blame(connection, error);
  } finally {
    connection.close();
  }
}

async function lookUp(parts: Parts, ids: readonly string[]): Promise<DirectoryEntry[]> {
  const found = new Map<string, DirectoryEntry>();
  for (let start = 0; start < ids.length; start += idsAtOnce)
    for (const entry of await lookUpSome(parts, ids.slice(start, start + idsAtOnce))) {
      // Who is in both areas is a person.
      if (!found.has(entry.externalId)) found.set(entry.externalId, entry);
    }
  return [...found.values()];
}

function lookUpSome(
  { server, servers, areas, surroundings }: Parts,
  ids: readonly string[],
): Promise<DirectoryEntry[]> {
  return servers.ask(async (connection) => {
    const around = await surroundings(connection, ids);
    const perArea = await Promise.all(
      areas.map(async (area) => {
        const found = await findByIds(connection, server, area, ids);
        return found.flatMap((entry) => toEntry(area.kind, entry, around) ?? []);
      }),
    );
    return perArea.flat();
  });
}

function changedAt(values: Values, { attributes }: LdapServer): Date | null {
  const times = attributes.changed.flatMap((attribute) => textsOf(values, attribute));
  return times.map(readGeneralizedTime).reduce(later, null);
}

function later(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b;
  return a > b ? a : b;
}
