import type { Directory, DirectoryEntry, DirectoryPage } from '../../core/directory/directory.ts';
import { authenticate } from './authenticate.ts';
import type { Connection } from './connection.ts';
import { readGeneralizedTime } from './generalizedTime.ts';
import { askSince, digestOf, nextMark, readMark } from './mark.ts';
import { permanentIdOf } from './permanentId.ts';
import { areasOf, findAdministrators, findByIds, readArea } from './reading.ts';
import { readUnits } from './readUnits.ts';
import { searchPages } from './search.ts';
import type { LdapServer } from './server.ts';
import { createServers } from './servers.ts';
import { createSlots } from '../../lib/slots.ts';
import { toEntry } from './toEntry.ts';
import type { Surroundings } from './toEntry.ts';
import { textsOf, valuesOf } from './values.ts';

const idsAtOnce = 100;
const signInsAtOnce = 16;
const unitsAreGoodFor = 3_600_000;

/** The organisation's directory over LDAP (RFC 4511). */
export function ldapDirectory(server: LdapServer, now: () => Date): Directory {
  const servers = createServers(server);
  const areas = areasOf(server);
  const slots = createSlots(signInsAtOnce);
  const settings = digestOf({ ...server, urls: [], bindDn: '', bindPassword: '', ca: '' });
  let units: { readonly names: ReadonlyMap<string, string>; readonly until: number } | null = null;

  async function surroundings(connection: Connection, ids: readonly string[] | null): Promise<Surroundings> {
    if (units === null || units.until <= now().getTime()) {
      const names = server.profile.units ? await withOwn((own) => readUnits(own, server)) : new Map<string, string>();
      units = { names, until: now().getTime() + unitsAreGoodFor };
    }
    const administrators = await findAdministrators(connection, server, ids);
    return { server, now: now(), units: units.names, administrators };
  }

  /** A reading in pages has a connection of its own: it is long, and a broken one breaks nobody else's. */
  async function withOwn<T>(task: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await servers.open();
    try {
      return await task(connection);
    } catch (error) {
      throw servers.blame(connection, error);
    } finally {
      connection.close();
    }
  }

  async function* changesSince(kept: string | null): AsyncGenerator<DirectoryPage> {
    const mark = readMark(kept, settings, now());
    const connection = await servers.open();
    try {
      const around = await surroundings(connection, null);
      const since = mark === null ? null : askSince(mark, now());
      let newest: Date | null = mark === null ? null : new Date(mark.newest);
      const told = () => nextMark(mark, { settings, newest, now: now() });
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

  async function* allIds(): AsyncGenerator<readonly string[]> {
    const connection = await servers.open();
    try {
      for (const { bases, filter } of areas) {
        for (const base of bases) {
          const search = { base, filter, attributes: server.attributes.id };
          for await (const page of searchPages(connection.client, search, server.pageSize))
            yield page.flatMap((entry) => permanentIdOf(valuesOf(entry), server.attributes) ?? []);
        }
      }
    } catch (error) {
      throw servers.blame(connection, error);
    } finally {
      connection.close();
    }
  }

  function lookUpSome(ids: readonly string[]): Promise<DirectoryEntry[]> {
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

  return {
    authenticate: (login, password) => slots(() => authenticate(servers, server, { login, password }, now())),
    changesSince,
    lookUp: (ids) => lookUpAll(ids, lookUpSome),
    allIds,
    close: () => Promise.resolve(servers.close()),
  };
}

async function lookUpAll(
  ids: readonly string[],
  lookUpSome: (ids: readonly string[]) => Promise<DirectoryEntry[]>,
): Promise<DirectoryEntry[]> {
  const found = new Map<string, DirectoryEntry>();
  for (let start = 0; start < ids.length; start += idsAtOnce)
    for (const entry of await lookUpSome(ids.slice(start, start + idsAtOnce))) {
      // Who is in both areas is a person.
      if (!found.has(entry.externalId)) found.set(entry.externalId, entry);
    }
  return [...found.values()];
}

function changedAt(values: ReturnType<typeof valuesOf>, { attributes }: LdapServer): Date | null {
  const times = attributes.changed.flatMap((attribute) => textsOf(values, attribute));
  return times.map(readGeneralizedTime).reduce(later, null);
}

function later(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b;
  return a > b ? a : b;
}
