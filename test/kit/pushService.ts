import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { selfSigned } from './selfSigned.ts';

/** A message as the device reads it. */
export type Pushed = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** What JMAP sends: an object; nothing of XML. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly text: string;
};

/** A push service and a device in one: takes what is posted, and decrypts it. */
export type PushService = {
  readonly url: string;
  /** For programs beside this one (`NODE_EXTRA_CA_CERTS`). */
  readonly certificateFile: string;
  /** What the device says of itself when it subscribes. */
  readonly keys: { readonly p256dh: string; readonly auth: string };
  /** With what it answers from now on, and how many posts it has had. */
  status: number;
  headers: Record<string, string>;
  count: number;
  /** It answers only after that. */
  patience: Promise<void>;
  next(): Promise<Pushed>;
  close(): Promise<void>;
};

/** Opens one on this machine, under a certificate that this process trusts from now on. */
export async function openPushService(): Promise<PushService> {
  const { cert, key } = selfSigned();
  setDefaultCACertificates([...getCACertificates('default'), cert]);
  const folder = await mkdtemp(join(tmpdir(), 'coterie-push-'));
  const certificateFile = join(folder, 'certificate.pem');
  await writeFile(certificateFile, cert);
  const device = createECDH('prime256v1');
  device.generateKeys();
  const auth = randomBytes(16);
  const waiting: Pushed[] = [];
  const asking: ((pushed: Pushed) => void)[] = [];
  const server = createServer({ cert, key }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      service.count++;
      void service.patience.then(() => response.writeHead(service.status, service.headers).end());
      const body = Buffer.concat(chunks);
      const plain = request.headers['content-encoding'] === 'aes128gcm' ? decrypt(body, device, auth) : body;
      const text = plain.toString();
      const content = (text.startsWith('{') ? JSON.parse(text) : {}) as Pushed['content'];
      const pushed = { path: request.url ?? '', headers: request.headers, content, text };
      const ask = asking.shift();
      if (ask) ask(pushed);
      else waiting.push(pushed);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const service: PushService = {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    certificateFile,
    keys: { p256dh: device.getPublicKey('base64url'), auth: auth.toString('base64url') },
    status: 201,
    headers: {},
    count: 0,
    patience: Promise.resolve(),
    next: () =>
      waiting.length > 0 ? Promise.resolve(waiting.shift()!) : new Promise((resolve) => asking.push(resolve)),
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await rm(folder, { recursive: true });
    },
  };
  return service;
}

/** RFC 8291 and 8188, from the other side. */
function decrypt(body: Buffer, device: ReturnType<typeof createECDH>, auth: Buffer): Buffer {
  const salt = body.subarray(0, 16);
  const sender = body.subarray(21, 21 + body[20]!);
  const sealed = body.subarray(21 + body[20]!);
  const derive = (secret: Uint8Array, with_: Uint8Array, info: Uint8Array, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, with_, info, length));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), device.getPublicKey(), sender]);
  const secret = derive(device.computeSecret(sender), auth, info, 32);
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2));
}
