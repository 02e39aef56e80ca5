import { capability } from '../capabilities.ts';

/** RFC 9404 §4.1: at least 64. */
export const maxDataSources = 256;

/** The digests of Blob/get: their names there (RFC 3230, lower case), and how Web Crypto calls them. */
export const digestAlgorithms: Readonly<Record<string, string>> = {
  'sha-256': 'SHA-256',
  'sha-512': 'SHA-512',
  sha: 'SHA-1',
};

/** The types that refer to blobs, and the capability under which each is known (RFC 9404 §4.3). */
export const lookupTypes = {
  ContactCard: capability.contacts,
  AddressBook: capability.contacts,
} as const;
