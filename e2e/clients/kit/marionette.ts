import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** The remote control of Mozilla's programs: `<length>:[0, id, command, parameters]`, answered by `[1, id, error, result]`. */
export type Marionette = {
  send(command: string, parameters?: object): Promise<unknown>;
  close(): void;
};

type Waiting = { resolve(result: unknown): void; reject(error: Error): void };

/** Connects to a program that listens on this port. */
export async function connectMarionette(port: number): Promise<Marionette> {
  const socket = await open(port);
  const waiting = new Map<number, Waiting>();
  let received = Buffer.alloc(0);
  let last = 0;
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const colon = received.indexOf(':');
      const length = colon === -1 ? NaN : Number(received.subarray(0, colon).toString());
      if (!(received.length >= colon + 1 + length)) return;
      const message: unknown = JSON.parse(received.subarray(colon + 1, colon + 1 + length).toString());
      received = received.subarray(colon + 1 + length);
      if (Array.isArray(message)) settle(waiting, message as unknown as Reply);
    }
  });
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The program closed its remote control'));
  });
  return {
    send: (command, parameters = {}) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, { resolve, reject });
        const text = JSON.stringify([0, id, command, parameters]);
        socket.write(`${Buffer.byteLength(text)}:${text}`);
      }),
    close: () => socket.destroy(),
  };
}

type Reply = readonly [type: number, id: number, error: { error: string; message: string } | null, result: unknown];

function settle(waiting: Map<number, Waiting>, [, id, error, result]: Reply): void {
  const { resolve, reject } = waiting.get(id)!;
  waiting.delete(id);
  if (error) reject(new Error(`${error.error}: ${error.message}`));
  else resolve(result);
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
}
