/** The objects that the server speaks of: RFC 9610, RFC 9670 and docs/jmap-extension.md. */

/** RFC 8620 §1.2. */
export type Id = string;

/** RFC 8620 §1.4: "2026-01-31T12:00:00Z". */
export type UTCDate = string;

/** RFC 9610 §2, and `mayAdd`: add cards, and change and delete those with `addedByMe`. Whoever may write may add. */
export interface AddressBookRights {
  readonly mayRead: boolean;
  readonly mayWrite: boolean;
  readonly mayAdd: boolean;
  readonly mayShare: boolean;
  readonly mayDelete: boolean;
}

/** A folder (RFC 9610 §2), with the properties of the extension. */
export interface AddressBook {
  readonly id: Id;
  readonly name: string;
  readonly description: string | null;
  readonly sortOrder: number;
  readonly isDefault: boolean;
  readonly isSubscribed: boolean;
  readonly shareWith: Readonly<Record<Id, AddressBookRights>> | null;
  readonly myRights: AddressBookRights;
  readonly parentId: Id | null;
  readonly role: 'contacts' | 'collected' | 'directory' | null;
  readonly color: string | null;
  readonly sharedName: string;
  readonly cardCount: number;
  readonly shareCount: number;
  readonly invitation: InvitationStatus | null;
  readonly isShareRoot: boolean;
  /** null: « Annuaire », which is no file. */
  readonly downloadUrl: string | null;
  readonly offerToDevices: boolean;
  /** Of one's own folders: who may find them, a group or (null) everybody; null: nobody. */
  readonly listedFor: { readonly principalId: Id | null } | null;
}

/** Whether a share was accepted. */
export type InvitationStatus = 'waiting' | 'accepted' | 'declined';
/** The rights that a share gives, as people choose them; `custom`: any other set. */
export type Role = 'none' | 'viewer' | 'contributor' | 'manager' | 'admin' | 'custom';
/** With whom a folder is shared: a person or group of the organisation, a guest, or everybody with the link. */
export type ShareType = 'principal' | 'guest' | 'public';

/** One grant on one folder. */
export interface Share {
  readonly id: Id;
  readonly addressBookId: Id;
  readonly type: ShareType;
  readonly principalId: Id | null;
  readonly email: string | null;
  readonly name: string;
  readonly granteeKind: 'individual' | 'group' | 'guest' | 'public' | 'unknown';
  readonly memberCount: number | null;
  readonly role: Role;
  readonly rights: AddressBookRights;
  readonly status: InvitationStatus | null;
  readonly responses: { readonly waiting: number; readonly accepted: number; readonly declined: number } | null;
  /** When the person, or the guest, answered. */
  readonly answeredAt: UTCDate | null;
  /** Until when the link of a guest who has not come yet is good. */
  readonly linkExpiresAt: UTCDate | null;
  readonly expiresAt: UTCDate | null;
  readonly createdAt: UTCDate;
  readonly createdBy: Id;
  readonly url: string | null;
}

/** What is told by mail about a change of shares. */
export interface ShareMail {
  readonly message: 'standard' | 'note' | 'none';
  readonly note: string | null;
}

/** A folder that somebody shares with the person. */
export interface ShareInvitation {
  readonly id: Id;
  readonly ownerAccountId: Id;
  readonly addressBookId: Id;
  readonly ownerPrincipalId: Id;
  readonly ownerName: string;
  readonly ownerEmail: string;
  readonly sharedName: string;
  readonly proposedName: string;
  readonly name: string | null;
  readonly color: string | null;
  readonly role: Role;
  readonly rights: AddressBookRights;
  readonly via: readonly { readonly principalId: Id; readonly name: string }[];
  readonly status: InvitationStatus;
  readonly sharedAt: UTCDate;
  readonly expiresAt: UTCDate | null;
  readonly sharedByName: string;
  readonly note: string | null;
  readonly cardCount: number;
}

/** RFC 9670 §3. */
export interface ShareNotification {
  readonly id: Id;
  readonly created: UTCDate;
  readonly changedBy: { readonly name: string; readonly email: string | null; readonly principalId: Id | null };
  readonly objectType: string;
  readonly objectAccountId: Id;
  readonly objectId: Id;
  readonly oldRights: AddressBookRights | null;
  readonly newRights: AddressBookRights | null;
  readonly name: string;
}

/** A deleted card or folder. */
export interface TrashItem {
  readonly id: Id;
  readonly kind: 'card' | 'folder';
  readonly name: string;
  readonly email: string | null;
  readonly ownerAccountId: Id;
  readonly addressBookId: Id;
  readonly addressBookName: string;
  readonly cardCount: number;
  readonly deletedAt: UTCDate;
  readonly deletedBy: Id;
  readonly deletedByName: string;
  readonly mayRestore: boolean;
}

/** RFC 9670 §2. */
export interface Principal {
  readonly id: Id;
  readonly type: 'individual' | 'group' | 'resource' | 'location' | 'other';
  readonly name: string;
  readonly description: string | null;
  readonly email: string | null;
}

/** An address to choose while typing. */
export interface Suggestion {
  readonly name: string;
  /** A group may have none. */
  readonly email: string | null;
  readonly kind: 'individual' | 'group' | 'contact';
  readonly principalId: Id | null;
  readonly memberCount: number | null;
  /** Tells two of one name apart. */
  readonly department?: string | null;
}

/** What the person has chosen for themselves. */
export interface Preferences {
  readonly id: 'singleton';
  readonly language: 'fr' | 'en' | null;
  readonly theme: 'light' | 'dark' | null;
  /** Of each kind of mail whether it is wanted. */
  readonly mails: Readonly<Record<MailKind, boolean>>;
  /** Whether those whom the person writes to are collected. */
  readonly collects: boolean;
  readonly forgottenAddresses: Readonly<Record<string, true>>;
  /** The colours of keywords: names of the palette, or `#rrggbb`. */
  readonly keywordColors: Readonly<Record<string, string>>;
  /** How lists and panes are arranged, as the programs of the person keep it. */
  readonly layout: Readonly<Record<string, unknown>>;
  readonly sentMailbox: SentMailbox | null;
  readonly mayNameSentMailbox: boolean;
  /** The provider at which one can consent to one's mailbox being read; null: there is none. */
  readonly consentAt: string | null;
}

/** A folder of sent mail elsewhere; the password is sent, and never comes back. */
export interface SentMailbox {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly mailbox: string;
  readonly password?: string;
  readonly auth?: 'password' | 'oauth';
  readonly lastReadAt?: UTCDate | null;
  readonly problem?: MailboxProblem | null;
}

/** Why a mailbox cannot be read. */
export type MailboxProblem =
  | 'hostForbidden'
  | 'hostUnknown'
  | 'notReached'
  | 'certificate'
  | 'noEncryption'
  | 'loginRefused'
  | 'noMailbox'
  | 'tooManyTries'
  | 'failed';

/** Somebody as administrators see them: docs/jmap-extension.md. */
export interface ManagedPrincipal {
  readonly id: Id;
  readonly kind: 'individual' | 'group';
  readonly name: string;
  readonly email: string | null;
  readonly isActive: boolean;
  readonly isListed: boolean;
  readonly isAdministrator: boolean;
  readonly source: 'local' | 'directory';
  readonly hasPassword: boolean;
  readonly memberIds: Readonly<Record<Id, true>> | null;
  readonly memberCount: number | null;
}

/** How the mirror of the organisation's directory is. */
export interface DirectoryStatus {
  readonly id: 'singleton';
  readonly isConnected: boolean;
  readonly people: number;
  readonly groups: number;
  readonly syncedAt: UTCDate | null;
  readonly sweptAt: UTCDate | null;
  readonly downSince: UTCDate | null;
  readonly error: string | null;
  readonly warning: string | null;
  readonly isRequested: boolean;
  readonly clashes: readonly { readonly name: string; readonly holder: string; readonly claimant: string }[];
}

/** A mail that did not leave. */
export interface HeldMail {
  readonly id: Id;
  readonly to: string;
  readonly subject: string;
  readonly kind: string;
  readonly queuedAt: UTCDate;
  readonly queuedBy: Id | null;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly nextAttemptAt: UTCDate | null;
}

/** What a program signs in with; its secret is told once, when it is made. */
export interface AppPassword {
  readonly id: Id;
  readonly name: string;
  readonly mayWrite: boolean;
  /** The one folder that it opens; null: everything. */
  readonly addressBookId: Id | null;
  readonly createdAt: UTCDate;
  /** To the hour. */
  readonly lastUsedAt: UTCDate | null;
  readonly isRevoked: boolean;
}

/** The mails that one may do without: everything is told in the app, too. */
export type MailKind = 'created' | 'modified' | 'ended' | 'answered' | 'asked';

/** A card as JMAP gives it: JSContact (RFC 9553) with the properties of RFC 9610 §3, `fileAs` and `addedByMe`. */
export interface ContactCard {
  readonly id: Id;
  readonly uid: string;
  readonly addressBookIds: Readonly<Record<Id, true>>;
  readonly fileAs?: string;
  readonly addedByMe?: boolean;
  readonly [property: string]: unknown;
}

/** RFC 8620 §2. */
export interface Session {
  readonly username: string;
  readonly accounts: Readonly<Record<Id, Account>>;
  readonly primaryAccounts: Readonly<Record<string, Id>>;
  readonly capabilities: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly apiUrl: string;
  readonly downloadUrl: string;
  readonly uploadUrl: string;
  readonly eventSourceUrl: string;
  readonly state: string;
}

/** An account in the session (RFC 8620 §2). */
export interface Account {
  readonly name: string;
  readonly isPersonal: boolean;
  readonly isReadOnly: boolean;
  readonly accountCapabilities: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** RFC 8620 §5.1. */
export interface GetResponse<T> {
  readonly accountId: Id;
  readonly state: string;
  readonly list: readonly T[];
  readonly notFound: readonly Id[];
}

/** RFC 8620 §5.2. */
export interface ChangesResponse {
  readonly accountId: Id;
  readonly oldState: string;
  readonly newState: string;
  readonly hasMoreChanges: boolean;
  readonly created: readonly Id[];
  readonly updated: readonly Id[];
  readonly destroyed: readonly Id[];
}

/** RFC 8620 §5.3. */
export interface SetResponse<T> {
  readonly accountId: Id;
  readonly oldState: string | null;
  readonly newState: string;
  readonly created: Readonly<Record<Id, Partial<T> & { readonly id: Id }>> | null;
  readonly updated: Readonly<Record<Id, Partial<T> | null>> | null;
  readonly destroyed: readonly Id[] | null;
  readonly notCreated: Readonly<Record<Id, SetError>> | null;
  readonly notUpdated: Readonly<Record<Id, SetError>> | null;
  readonly notDestroyed: Readonly<Record<Id, SetError>> | null;
}

/** RFC 8620 §5.3 with what docs/jmap-extension.md adds. */
export interface SetError {
  readonly type: string;
  readonly description?: string;
  readonly properties?: readonly string[];
  readonly reason?:
    | 'nameTaken'
    | 'nameEmpty'
    | 'nameTooLong'
    | 'nameInvalid'
    | 'nameReserved'
    | 'folderGone'
    | 'tooManyMails'
    | 'notAdministrator'
    | 'inDirectory'
    | 'lastAdministrator'
    | 'isPerson'
    | 'groupAndContact'
    | 'cycle'
    | 'systemFolder'
    | 'notTopLevel'
    | 'defaultFolder'
    | 'notOwner'
    | 'askedLately'
    | 'tooManyRequests';
  readonly proposedName?: string;
  readonly email?: string;
  readonly existingId?: Id;
  /** From when on it may be tried again. */
  readonly retryAfter?: UTCDate;
}

/** RFC 8620 §5.6: where ids of a query went, and where others came in. */
export interface QueryChangesResponse {
  readonly accountId: Id;
  readonly oldQueryState: string;
  readonly newQueryState: string;
  readonly total?: number;
  readonly removed: readonly Id[];
  readonly added: readonly { readonly id: Id; readonly index: number }[];
}

/** RFC 8620 §5.5. */
export interface QueryResponse {
  readonly accountId: Id;
  readonly queryState: string;
  readonly canCalculateChanges: boolean;
  readonly position: number;
  readonly ids: readonly Id[];
  readonly total?: number;
}
