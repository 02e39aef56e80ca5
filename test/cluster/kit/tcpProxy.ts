import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A cable between two programs. */
export type Cable = {
  readonly port: number;
  /** Nothing passes any more, and nobody is told: as when a switch fails. */
  cut(): void;
  mend(): void;
  close(): void;
};

/** Lays one to a port of this machine. */
export async function layCable(to: number): Promise<Cable> {
  const open = new Set<Socket>();
  let isCut = false;
  const join = (one: Socket, other: Socket) => {
    open.add(one);
    one.on('data', (data) => {
      if (!other.write(data)) one.pause();
    });
    other.on('drain', () => {
      if (!isCut) one.resume();
    });
    one.on('error', () => undefined);
    one.on('close', () => {
      open.delete(one);
      if (!isCut) other.destroy();
    });
  };
  const server = createServer((near) => {
    // Whoever comes is let in and hears nothing: the other end is not there.
    if (isCut) {
      open.add(near);
      near.on('error', () => undefined);
      near.pause();
      return;
    }
    const far = connect(to, '127.0.0.1');
    join(near, far);
    join(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true;
      for (const socket of open) socket.pause();
    },
    mend() {
      isCut = false;
      // Of what was on its way nothing is known: both ends begin anew.
      for (const socket of open) socket.destroy();
    },
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
