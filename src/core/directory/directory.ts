import type { PrincipalDetails } from '../listing/details.ts';

/** A person or a group as the organisation's directory describes it. */
export type DirectoryEntry = {
  /** What never changes, whatever becomes of name, address and place: `entryUUID`, `objectGUID`. */
  readonly externalId: string;
  readonly kind: 'individual' | 'group';
  readonly name: string;
  readonly email: string | null;
  /** Further addresses that reach the same mailbox. */
  readonly aliases: readonly string[];
  /** Names that the person may sign in with, besides the addresses. */
  readonly logins: readonly string[];
  /** Whether the person may sign in and be shared with: locked and expired accounts may not. */
  readonly isActive: boolean;
  /** Whether others find the entry: people who are ex-directory are not found, and may still use the program. */
  readonly isListed: boolean;
  readonly isAdministrator: boolean;
  /** What the entry says further: shown in « Annuaire », and telling homonyms apart. */
  readonly details: DirectoryDetails;
  /** By what names groups call this entry now (its DN, its `uid`): opaque here, compared octet by octet. */
  readonly references: readonly string[];
  /** Where the entry stands (its DN): « Annuaire » may be limited to branches. Left out: in none. */
  readonly place?: string;
  /** Of a group: the references of those directly in it. */
  readonly members: readonly string[];
};

/** Everything else that is shown of a person or group; all of it optional, none of it trusted. */
export type DirectoryDetails = PrincipalDetails;

/**
 * Entries that changed since a mark. The mark of the last page is where to continue next time; single pages do not move
 * it.
 */
export type DirectoryPage = { readonly entries: readonly DirectoryEntry[]; readonly mark: string };

/**
 * The organisation's directory. Every call throws an `AppError` of kind `unavailable` when the directory cannot be
 * asked now (down, slow, wrong certificate, refused): never an empty answer.
 */
export type Directory = {
  /** The permanent id of whom this name and password belong to, or null. Never asks with an empty password. */
  authenticate(login: string, password: string): Promise<string | null>;
  /** Everything that changed since a mark, or everything; in pages. Entries that went away are not told. */
  changesSince(mark: string | null): AsyncIterable<DirectoryPage>;
  /** These entries as they are now; those that are gone are missing. */
  lookUp(externalIds: readonly string[]): Promise<DirectoryEntry[]>;
  /** The permanent ids of all entries, in pages: what is not among them is gone. */
  allIds(): AsyncIterable<readonly string[]>;
  close(): Promise<void>;
};
