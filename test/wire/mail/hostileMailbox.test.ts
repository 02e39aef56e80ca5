import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { getCACertificates, setDefaultCACertificates, TLSSocket } from 'node:tls';
import { createThrottle } from '../../../src/lib/throttle.ts';
import { imapPatience, imapSentReader } from '../../../src/mail/imapSent.ts';
import { selfSigned } from '../../kit/selfSigned.ts';

const certificate = selfSigned();
const ca = getCACertificates('default');

before(() => setDefaultCACertificates([...ca, certificate.cert]));
after(() => setDefaultCACertificates(ca));

/** Talks to the client from now on; `tell` is false when the client has hung up. */
type Malice = (tell: (text: string) => Promise<boolean>) => Promise<void>;

/** A server that anybody could name, which is polite until the client asks for this. */
async function startHostile(command: string, malice: Malice) {
  let sent = 0;
  const sockets = new Set<Socket>();
  const hungUp = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write('* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n');
    socket.once('data', (data: Buffer) => {
      socket.write(`${data.toString().split(' ')[0]} OK begin\r\n`);
      const { cert, key } = certificate;
      serve(new TLSSocket(socket, { isServer: true, cert, key }));
    });
  });

  function serve(socket: TLSSocket): void {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => hungUp.resolve());
    const tell = async (text: string) => {
      if (socket.destroyed) return false;
      sent += text.length;
      if (!socket.write(text)) await Promise.race([once(socket, 'drain').catch(() => undefined), hungUp.promise]);
      return !socket.destroyed;
    };
    socket.on('data', (data: Buffer) => {
      for (const line of data
        .toString()
        .split('\r\n')
        .filter((text) => text !== '')) {
        const [tag = '', ...words] = line.split(' ');
        const said = words.join(' ');
        if (said.startsWith(command)) void malice(tell);
        else void tell(`${answerTo(said)}${tag} OK done\r\n`);
      }
    });
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    sent: () => sent,
    hungUp: hungUp.promise,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function answerTo(said: string): string {
  if (said.startsWith('CAPABILITY')) return '* CAPABILITY IMAP4rev1\r\n';
  if (/^(?:EXAMINE|SELECT)/u.test(said))
    return '* 1 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 2] x\r\n* FLAGS ()\r\n';
  return said.startsWith('LIST') ? '* LIST () "/" INBOX\r\n' : '';
}

function readerOf(port: number, longest?: number) {
  const refusals = createThrottle(imapPatience, () => new Date());
  const reader = imapSentReader({ hosts: [`localhost:${port}`], refusals, ...(longest ? { longest } : {}) });
  return { reader, access: { host: 'localhost', port, username: 'ada', password: 'secret' } };
}

test('a mail server that announces a header of a gigabyte is hung up on before it has sent it', async () => {
  await using hostile = await startHostile('FETCH', async (tell) => {
    await tell('* 1 FETCH (UID 1 BODY[HEADER.FIELDS (FROM)] {900000000}\r\n');
    for (const piece = 'x'.repeat(65_536); await tell(piece););
  });
  const { reader, access } = readerOf(hostile.port);
  await assert.rejects(reader.read(access, 'INBOX', null), { name: 'MailboxError' });
  await hostile.hungUp;
  assert.ok(hostile.sent() < 60_000_000, `${hostile.sent()} octets were taken`);
});

test('a mail server that talks without end is hung up on', async () => {
  const chatter = `* OK ${'x'.repeat(60_000)}\r\n`;
  await using hostile = await startHostile('LIST', async (tell) => {
    while (await tell(chatter));
  });
  const { reader, access } = readerOf(hostile.port);
  await assert.rejects(reader.probe(access), { problem: 'notReached' });
  await hostile.hungUp;
  assert.ok(hostile.sent() < 60_000_000, `${hostile.sent()} octets were taken`);
});

test('a mail server that says a word now and then does not keep others waiting for ever', async () => {
  await using hostile = await startHostile('LIST', async (tell) => {
    while (await tell('* LIST () "/" INBOX\r\n')) await new Promise((resolve) => setTimeout(resolve, 20));
  });
  const { reader, access } = readerOf(hostile.port, 1000);
  await assert.rejects(reader.probe(access), { problem: 'notReached' });
  await hostile.hungUp;
});

test('a mail server that does not let one go does not keep others waiting either', async () => {
  await using hostile = await startHostile('LOGOUT', async (tell) => {
    while (await tell('* OK wait\r\n')) await new Promise((resolve) => setTimeout(resolve, 20));
  });
  const { reader, access } = readerOf(hostile.port, 1000);
  await assert.rejects(reader.probe(access), { problem: 'notReached' });
  await hostile.hungUp;
});
