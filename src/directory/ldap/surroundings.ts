import type { Connection } from './connection.ts';
import { findAdministrators } from './reading.ts';
import { readUnits } from './readUnits.ts';
import type { LdapServer } from './server.ts';
import type { Surroundings } from './toEntry.ts';

const unitsAreGoodFor = 3_600_000;

/** What entries are told by, for some of them or all. */
export type FindSurroundings = (connection: Connection, ids: readonly string[] | null) => Promise<Surroundings>;

/** Names of departments are read once an hour, over a connection that `withOwn` gives. */
export function createSurroundings(
  server: LdapServer,
  withOwn: <T>(task: (connection: Connection) => Promise<T>) => Promise<T>,
  now: () => Date,
): FindSurroundings {
  let units: { readonly names: ReadonlyMap<string, string>; readonly until: number } = { names: new Map(), until: 0 };
  return async (connection, ids) => {
    if (server.profile.units !== null && units.until <= now().getTime()) {
      const names = await withOwn((own) => readUnits(own, server));
      units = { names, until: now().getTime() + unitsAreGoodFor };
    }
    const administrators = await findAdministrators(connection, server, ids);
    return { server, now: now(), units: units.names, administrators };
  };
}
