import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';

/** What a device says of itself, so that only it can read what it is sent (RFC 8291 §2). */
export type DeviceKeys = {
  /** Its point on P-256, uncompressed. */
  readonly p256dh: Uint8Array;
  /** Its authentication secret of 16 octets. */
  readonly auth: Uint8Array;
};

/** What is drawn by lot for each message; given only to repeat an example. */
export type Chance = { readonly salt: Uint8Array; readonly privateKey: Uint8Array };

const curve = 'prime256v1';
/** RFC 8291 §4: a message is one record of at most 4096 octets, of which header, tag and delimiter are ours. */
const recordSize = 4096;
const tagSize = 16;
const headerSize = 16 + 4 + 1 + 65;

/** The longest message that every push service takes (RFC 8291 §4). */
export const maxMessageSize = recordSize - headerSize - tagSize - 1;

/** Encrypts a message for one device: RFC 8291, in the coding `aes128gcm` of RFC 8188. */
export function encrypt(message: Uint8Array, keys: DeviceKeys, chance?: Chance): Uint8Array {
  const ecdh = createECDH(curve);
  if (chance) ecdh.setPrivateKey(chance.privateKey);
  else ecdh.generateKeys();
  const salt = chance?.salt ?? randomBytes(16);
  const ownPoint = ecdh.getPublicKey();
  const shared = ecdh.computeSecret(keys.p256dh);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.p256dh, ownPoint]);
  const secret = derive(shared, keys.auth, info, 32);
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  // RFC 8188 §2: 2 ends the last record, and there is only one.
  const sealed = Buffer.concat([cipher.update(message), cipher.update(Uint8Array.of(2)), cipher.final()]);
  return Buffer.concat([header(salt, ownPoint), sealed, cipher.getAuthTag()]);
}

/** Whether these can be a device's keys: a point that is on the curve, and a secret of the right length. */
export function areDeviceKeys({ p256dh, auth }: DeviceKeys): boolean {
  if (p256dh.length !== 65 || p256dh[0] !== 4 || auth.length !== 16) return false;
  try {
    const ecdh = createECDH(curve);
    ecdh.generateKeys();
    ecdh.computeSecret(p256dh);
    return true;
  } catch {
    return false;
  }
}

function derive(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, salt, info, length));
}

/** RFC 8188 §2.1. */
function header(salt: Uint8Array, ownPoint: Uint8Array): Uint8Array {
  const sizes = Buffer.alloc(5);
  sizes.writeUInt32BE(recordSize, 0);
  sizes.writeUInt8(ownPoint.length, 4);
  return Buffer.concat([salt, sizes, ownPoint]);
}
