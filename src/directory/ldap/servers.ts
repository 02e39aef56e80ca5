import { AppError } from '../../errors.ts';
import { openConnection } from './connection.ts';
import type { Connection, Credentials } from './connection.ts';
import { describeProblem, isAboutConnection, isTimeout, unavailable } from './problems.ts';
import type { LdapAccess } from './server.ts';

/** The servers of the directory as one. Everything that is thrown is an `AppError`, `unavailable` when nobody answers. */
export type Servers = {
  /** Asks over the connection that all short questions share; over a new one, when it breaks. */
  ask<T>(question: (connection: Connection) => Promise<T>): Promise<T>;
  /** A connection of one's own, to be closed by whoever asks for it. */
  open(credentials?: Credentials): Promise<Connection>;
  /** A question over a connection of one's own has failed; what is to be thrown. */
  blame(connection: Connection, error: unknown): AppError;
  close(): void;
};

// So long a server that did not answer is asked last.
const restMilliseconds = 60_000;

/** The servers of the settings, of which the first is asked as long as it answers. */
export function createServers(access: LdapAccess): Servers {
  const own: Credentials = { dn: access.bindDn, password: access.bindPassword };
  const restsUntil = new Map<string, number>();
  const opened = new Set<Connection>();
  let shared: Promise<Connection> | null = null;
  let isClosed = false;

  function inOrder(): string[] {
    const now = performance.now();
    const rests = (url: string) => Number((restsUntil.get(url) ?? 0) > now);
    return access.urls.toSorted((a, b) => rests(a) - rests(b));
  }

  function letRest(url: string): void {
    restsUntil.set(url, performance.now() + restMilliseconds);
  }

  async function open(credentials: Credentials = own): Promise<Connection> {
    const problems: string[] = [];
    for (const url of inOrder()) {
      if (isClosed) throw closed();
      try {
        const connection = await openConnection(access, url, credentials);
        if (isClosed) connection.close();
        restsUntil.delete(url);
        return watched(connection);
      } catch (error) {
        // A wrong password is no fault of the server.
        if (credentials !== own && !isAboutConnection(error)) throw error;
        letRest(url);
        problems.push(`${url}: ${describeProblem(error)}`);
      }
    }
    throw new AppError('unavailable', problems.join('; '));
  }

  function watched(connection: Connection): Connection {
    opened.add(connection);
    return {
      ...connection,
      close() {
        opened.delete(connection);
        connection.close();
      },
    };
  }

  async function sharedConnection(): Promise<Connection> {
    const before = shared;
    if (before) {
      const connection = await before.catch(() => null);
      if (connection?.isOpen()) return connection;
      connection?.close();
      // Of those who wait the first opens another.
      if (shared === before) shared = null;
    }
    shared ??= open();
    return shared;
  }

  return {
    open,
    async ask(question) {
      for (let attempt = 0; ; attempt += 1) {
        if (isClosed) throw closed();
        const connection = await sharedConnection();
        try {
          return await question(connection);
        } catch (error) {
          if (!isAboutConnection(error)) throw unavailable(error, connection.url);
          connection.close();
          letRest(connection.url);
          // A connection that was idle may have ended unnoticed: once more. Who is slow is not asked twice.
          const isHopeless = access.urls.length === 1 && isTimeout(error);
          if (attempt > 0 || isHopeless) throw unavailable(error, connection.url);
        }
      }
    },
    blame({ url }, error) {
      if (isAboutConnection(error)) letRest(url);
      return unavailable(error, url);
    },
    close() {
      isClosed = true;
      for (const connection of opened) connection.close();
    },
  };
}

function closed(): AppError {
  return new AppError('unavailable', 'The program is ending');
}
