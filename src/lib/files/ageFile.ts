import { Decrypter, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption';

/** By what octets are encrypted: a passphrase, or public keys of those who may read them. */
export type AgeLock = { readonly passphrase: string } | { readonly recipients: readonly string[] };
/** By what they are read. */
export type AgeKey = { readonly passphrase: string } | { readonly identities: readonly string[] };

type Octets = AsyncIterable<Uint8Array>;

/** Encrypts octets as they come: the program `age` reads them, too. */
export async function encryptAge(octets: Octets, lock: AgeLock): Promise<Octets> {
  const encrypter = new Encrypter();
  if ('passphrase' in lock) encrypter.setPassphrase(lock.passphrase);
  else for (const recipient of lock.recipients) encrypter.addRecipient(recipient);
  return (await encrypter.encrypt(ReadableStream.from(octets) as never)) as unknown as Octets;
}

/** Reads what was encrypted. Each part comes out only when it is what was written; a cut end is an error. */
export async function decryptAge(octets: Octets, key: AgeKey): Promise<Octets> {
  const decrypter = new Decrypter();
  if ('passphrase' in key) decrypter.addPassphrase(key.passphrase);
  else for (const identity of key.identities) decrypter.addIdentity(identity);
  return (await decrypter.decrypt(ReadableStream.from(octets) as never)) as unknown as Octets;
}

/** A new pair: what encrypts may be on the server, what reads stays elsewhere. */
export async function newAgeKey(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const identity = await generateIdentity();
  return { identity, recipient: await identityToRecipient(identity) };
}
