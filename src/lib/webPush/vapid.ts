import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';

/** The key with which a server shows push services that it is itself (RFC 8292). */
export type VapidKey = {
  /** The public part, as `applicationServerKey` (RFC 9749 §3): the uncompressed point in base64url. */
  readonly publicKey: string;
  /** The value of `Authorization` for a push to this address. */
  authorize(url: URL, now: Date): string;
};

/** RFC 8292 §2: at most 24 hours. */
const lifeSeconds = 12 * 3600;

/** A new key, in the form in which it is kept. */
export function createVapidKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return JSON.stringify(privateKey.export({ format: 'jwk' }));
}

/** The key that was kept; `contact` is an address at which its owner can be reached, `mailto:` or `https:`. */
export function openVapidKey(kept: string, contact: string): VapidKey {
  const jwk = JSON.parse(kept) as JsonWebKey;
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  const point = Buffer.concat([Uint8Array.of(4), coordinate(jwk.x), coordinate(jwk.y)]);
  const publicKey = point.toString('base64url');
  return {
    publicKey,
    authorize(url, now) {
      const claims = { aud: url.origin, exp: Math.floor(now.getTime() / 1000) + lifeSeconds, sub: contact };
      const content = `${encode({ typ: 'JWT', alg: 'ES256' })}.${encode(claims)}`;
      const signature = sign('sha256', Buffer.from(content), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `vapid t=${content}.${signature.toString('base64url')}, k=${publicKey}`;
    },
  };
}

function coordinate(value: string | undefined): Uint8Array {
  return Buffer.from(value ?? '', 'base64url');
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
