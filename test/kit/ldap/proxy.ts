import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A way to a server that a test makes slow, silent or cuts. */
export type Proxy = AsyncDisposable & {
  readonly url: string;
  /** Each piece of an answer comes so much later; Infinity: never. */
  milliseconds: number;
  /** How many connections there were. */
  readonly connections: number;
  /** Ends all connections and takes no new ones. */
  close(): Promise<void>;
};

/** Opens a way to a port of this machine, at another port or another address of it. */
export async function startProxy(targetPort: number, host = '127.0.0.1'): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((client) => {
    count += 1;
    const target = connect(targetPort, '127.0.0.1');
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        target.destroy();
      });
    }
    client.on('data', (data) => target.write(data));
    target.on('data', (data) => {
      if (proxy.milliseconds === Infinity) return;
      if (proxy.milliseconds === 0) client.write(data);
      else setTimeout(() => client.destroyed || client.write(data), proxy.milliseconds);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  const proxy: Proxy = {
    url: `ldap://${host}:${(server.address() as AddressInfo).port}`,
    milliseconds: 0,
    get connections() {
      return count;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
  return proxy;
}
