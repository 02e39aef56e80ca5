import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server that takes everything and keeps nothing but the count. */
export type MailSink = {
  readonly url: string;
  /** Settles when so many mails have come. */
  received(count: number): Promise<void>;
  close(): Promise<void>;
};

/** Listens on a free port of this machine. */
export async function openMailSink(): Promise<MailSink> {
  let count = 0;
  let waiting: { readonly count: number; resolve(): void } | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      stream.resume();
      stream.on('end', () => {
        done();
        count += 1;
        if (waiting && count >= waiting.count) waiting.resolve();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received: (wanted) =>
      new Promise((resolve) => {
        if (count >= wanted) resolve();
        else waiting = { count: wanted, resolve };
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
