import type { Id, Role, UTCDate } from './types.ts';

/** A folder on its way to a new owner (docs/jmap-extension.md). */
export interface FolderHandover {
  readonly id: Id;
  readonly addressBookId: Id;
  readonly name: string;
  readonly fromId: Id;
  readonly fromName: string;
  readonly fromEmail: string | null;
  readonly toId: Id;
  readonly toName: string;
  readonly toEmail: string | null;
  /** What the old owner has of it afterwards. */
  readonly keptRole: Exclude<Role, 'custom'>;
  readonly note: string | null;
  readonly status: 'waiting' | 'accepted' | 'declined';
  /** What would come; null once it is decided. */
  readonly cardCount: number | null;
  readonly folderCount: number | null;
  readonly shareCount: number | null;
  readonly createdAt: UTCDate;
  readonly decidedAt: UTCDate | null;
}

/** A folder that its owner lets others find. */
export interface ListedFolder {
  readonly addressBookId: Id;
  readonly ownerId: Id;
  readonly ownerName: string;
  readonly ownerEmail: string | null;
  readonly name: string;
  readonly description: string | null;
}

/** What an owner gives to who asked. */
export type GrantedRole = 'viewer' | 'contributor' | 'manager';

/** Somebody who asks the owner of such a folder for access to it. */
export interface AccessRequest {
  readonly id: Id;
  readonly addressBookId: Id;
  readonly name: string;
  readonly ownerId: Id;
  readonly ownerName: string;
  readonly askedById: Id;
  readonly askedByName: string;
  readonly askedByEmail: string | null;
  readonly note: string | null;
  readonly status: 'waiting' | 'granted' | 'declined';
  /** Sent with « granted »; it comes back as null. */
  readonly role: GrantedRole | null;
  readonly createdAt: UTCDate;
  readonly decidedAt: UTCDate | null;
}
