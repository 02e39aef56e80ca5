import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between a program and the server. */
export type Relay = {
  readonly url: string;
  /** What the server has answered, in that order. */
  readonly answered: readonly { readonly method: string; readonly status: number }[];
  stop(): Promise<void>;
};

/**
 * Hands every request on as it came, except those that it answers itself, with nothing but a status; these stand in
 * `answers` as `METHOD /path`.
 */
export async function startRelay(url: string, answers: Readonly<Record<string, number>>): Promise<Relay> {
  const answered: { method: string; status: number }[] = [];
  const relay = createServer((asked, reply) => {
    const { method, url: path, headers } = asked;
    const status = answers[`${method} ${path}`];
    if (status !== undefined) return void asked.resume().on('end', () => reply.writeHead(status).end());
    const onward = request(new URL(path!, url), { method, headers, agent: false }, (answer) => {
      answered.push({ method: method!, status: answer.statusCode! });
      reply.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(reply);
    });
    onward.on('error', (error) => reply.destroy(error));
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    answered,
    stop: () =>
      new Promise((resolve) => {
        relay.close(() => resolve());
        relay.closeAllConnections();
      }),
  };
}
