/** Whom a folder is shared with there: `usr`, `grp`, … in Zimbra's words. */
export type GranteeKind = 'usr' | 'grp' | 'all' | 'dom' | 'cos' | 'pub' | 'guest' | 'key';

/** A grant on a folder. An archive names people and groups by Zimbra's own id alone. */
export type ZimbraGrant = {
  readonly kind: GranteeKind;
  readonly granteeId: string;
  readonly email: string | null;
  /** Letters: r(ead), w(rite), i(nsert), d(elete), a(dminister); x, p, f have no meaning for contacts. */
  readonly rights: string;
  readonly expiresAt: Date | null;
};

/** A folder, of contacts or not. */
export type ZimbraFolder = {
  readonly type: 'folder';
  readonly id: string;
  readonly parentId: string;
  readonly uuid: string | null;
  readonly name: string;
  readonly color: string | null;
  readonly isForContacts: boolean;
  readonly grants: readonly ZimbraGrant[];
};

/** A folder of somebody else that the person has accepted (a mountpoint). */
export type ZimbraLink = {
  readonly type: 'link';
  readonly id: string;
  readonly name: string;
  readonly color: string | null;
  readonly isForContacts: boolean;
  readonly ownerEmail: string | null;
  /** The folder's id in the mailbox of its owner. */
  readonly folderId: string;
};

/** A tag. */
export type ZimbraTag = { readonly type: 'tag'; readonly name: string; readonly color: string | null };

/** A member of a group: a contact (C, `id` or `account:id`), an entry of the directory (G), an address (I). */
export type ZimbraMember = { readonly type: 'C' | 'G' | 'I'; readonly value: string };

/** A contact or a group, as its attributes say. */
export type ZimbraContact = {
  readonly type: 'contact';
  readonly id: string;
  readonly folderId: string;
  readonly tags: readonly string[];
  /** Several values where Zimbra keeps several under one name. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  readonly members: readonly ZimbraMember[];
};

/** What an account consists of, as far as it is about contacts. */
export type ZimbraItem = ZimbraFolder | ZimbraLink | ZimbraTag | ZimbraContact;

/** Ids that are the same in every mailbox. */
export const systemFolders = { root: '1', trash: '3', contacts: '7', emailed: '13' } as const;

/** A text that is not written as Zimbra writes it. */
export class ZimbraFormatError extends Error {
  override readonly name = 'ZimbraFormatError';
}
