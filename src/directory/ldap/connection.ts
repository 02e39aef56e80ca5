import { connect as connectPlain, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls, getCACertificates } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import { Client } from 'ldapts';
import type { LdapAccess } from './server.ts';

/** One connection to one server. When it breaks it is over: it never comes back as somebody else. */
export type Connection = {
  readonly url: string;
  readonly client: Client;
  readonly isEncrypted: boolean;
  isOpen(): boolean;
  close(): void;
};

/** Who signs in on a new connection. */
export type Credentials = { readonly dn: string; readonly password: string };

/** Connects to a server, encrypted as the settings say, and signs in; nothing is sent before the certificate is checked. */
export async function openConnection(access: LdapAccess, url: string, credentials: Credentials): Promise<Connection> {
  const { socket, tls } = await dial(access, url);
  const isEncrypted = tls !== undefined || url.startsWith('ldaps:');
  const connection = wrap(access, { url, isEncrypted }, socket);
  try {
    if (tls) await within(access.connectSeconds, socket, connection.client.startTLS({ ...tls }));
    // Without a name nobody signs in: that is an anonymous connection.
    if (credentials.dn !== '') await connection.client.bind(credentials.dn, credentials.password);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** The client of ldapts connects by itself again, and then as nobody (the sign-in is not repeated): it gets one socket. */
function wrap({ seconds }: LdapAccess, facts: Pick<Connection, 'url' | 'isEncrypted'>, socket: Socket): Connection {
  let isTaken = false;
  let isOver = false;
  socket.once('close', () => (isOver = true));
  const client = new Client({
    url: 'ldap://of-this-socket',
    timeout: seconds * 1000,
    createConnection: () => {
      if (isTaken || isOver) throw new Error('The connection was closed');
      isTaken = true;
      return socket;
    },
  });
  return {
    ...facts,
    client,
    isOpen: () => !isOver,
    close() {
      isOver = true;
      socket.destroy();
    },
  };
}

/** An open socket, and how it is to be encrypted by StartTLS; undefined: not, or it is already. */
async function dial(access: LdapAccess, url: string): Promise<{ socket: Socket; tls: ConnectionOptions | undefined }> {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replaceAll(/^\[|\]$/gu, '');
  const isSecure = protocol === 'ldaps:';
  const address = { host, port: port === '' ? (isSecure ? 636 : 389) : Number(port) };
  const tls: ConnectionOptions = {
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    ...(access.ca === undefined ? {} : { ca: [...getCACertificates('default'), access.ca] }),
  };
  const socket = isSecure ? connectTls({ ...tls, ...address }) : connectPlain(address);
  const ready = new Promise<void>((resolve, reject) => {
    socket.once(isSecure ? 'secureConnect' : 'connect', resolve);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('The server broke the connection off')));
  });
  await within(access.connectSeconds, socket, ready);
  // Who waits learns of an error by its question; nobody else may be hurt by it.
  socket.on('error', () => undefined);
  // Firewalls forget connections on which nothing is said.
  socket.setKeepAlive(true, 60_000);
  return { socket, tls: isSecure || !isEncrypted(access, host) ? undefined : tls };
}

/** Nobody listens between this machine and itself, and the certificate there is rarely in any order. */
function isEncrypted({ tls, ca }: LdapAccess, host: string): boolean {
  const isHere = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
  return tls === 'required' || (tls === 'auto' && (!isHere || ca !== undefined));
}

async function within<T>(seconds: number, socket: Socket, task: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${seconds} seconds`)), seconds * 1000);
  });
  try {
    return await Promise.race([task, late]);
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
