import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Encrypts secrets that are stored where others may see them: they can be read only with the key, and only in the place
 * for which they were sealed.
 */
export type Seal = {
  close(secret: string, belongsTo: string): string;
  /** Throws when the key is another, the text was changed, or it belongs elsewhere. */
  open(sealed: string, belongsTo: string): string;
};

const version = '1';

/** Derives a key for one purpose (RFC 5869). */
export function deriveKey(key: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, new Uint8Array(), purpose, 32));
}

/** AES-256-GCM (NIST SP 800-38D) with a key derived for this purpose; a new nonce for every secret. */
export function createSeal(key: Uint8Array, purpose: string): Seal {
  const own = deriveKey(key, purpose);
  return {
    close(secret, belongsTo) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', own, nonce).setAAD(Buffer.from(belongsTo));
      const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${version}.${sealed.toString('base64url')}`;
    },
    open(sealed, belongsTo) {
      const [given, text = ''] = sealed.split('.');
      const octets = Buffer.from(text, 'base64url');
      if (given !== version || octets.length < 28) throw new Error('Not a sealed secret');
      const decipher = createDecipheriv('aes-256-gcm', own, octets.subarray(0, 12), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(belongsTo)).setAuthTag(octets.subarray(-16));
      return Buffer.concat([decipher.update(octets.subarray(12, -16)), decipher.final()]).toString('utf8');
    },
  };
}
