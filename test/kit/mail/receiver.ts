import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server that keeps whom it got a mail for, and under which Message-ID. */
export type Receiver = AsyncDisposable & {
  readonly url: string;
  readonly received: readonly { readonly to: string; readonly messageId: string }[];
};

/** Opens one; one that hesitates has heard the whole mail and never says that it takes it. */
export async function openReceiver({ hesitates = false } = {}): Promise<Receiver> {
  const received: { to: string; messageId: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 1,
    logger: false,
    onData(stream, session, callback) {
      let whole = '';
      stream.on('data', (chunk: Buffer) => (whole += chunk.toString()));
      stream.on('end', () => {
        const messageId = /^message-id: *(\S+)/imu.exec(whole)?.[1] ?? '';
        for (const { address } of session.envelope.rcptTo) received.push({ to: address, messageId });
        if (!hesitates) callback();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(resolve)),
  };
}
