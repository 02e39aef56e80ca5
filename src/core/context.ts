import type { Database } from '../db/database.ts';
import type { Actor } from './actor.ts';
import type { Changes } from './change/hub.ts';
import type { Transaction } from './change/transaction.ts';
import type { DetailName } from './listing/details.ts';
import type { SentMail } from './collected/sentMailboxReader.ts';
import type { ZimbraServer } from './import/zimbra/zimbraServer.ts';
import type { Way } from './version/ways.ts';

/** How many mails one person may send, and how many of them to people outside. */
export type MailLimits = { readonly perHour: number; readonly perDay: number; readonly guestsPerDay: number };

/** What may be shared with people outside the organisation, and for how long. */
export type OutsideLimits = {
  readonly guests: boolean;
  readonly publicLinks: boolean;
  /** The longest that a share with a guest lasts, in days; 0: as long as its owner likes. */
  readonly guestDays: number;
  readonly publicDays: number;
  /** So many days the personal link in a guest's mail is good for. */
  readonly invitationDays: number;
};

/** What an administrator chose that « Annuaire » shows. */
export type DirectorySettings = {
  readonly isShown: boolean;
  readonly groups: 'members' | 'names' | 'off';
  readonly details: readonly DetailName[];
};

/** What the program offers to every operation. */
export type World = {
  readonly db: Database;
  /** The clock; tests turn it. */
  now(): Date;
  /** Tells open windows what changed, after the commit. */
  readonly hub: Changes;
  /** The transaction that the operations called with this world join; absent: each makes its own. */
  readonly transaction?: Transaction;
  /** How folders of sent mail elsewhere are read; absent: not at all. */
  readonly sentMail?: SentMail | undefined;
  /** The Zimbra that people may move in from; absent: by archives alone. */
  readonly zimbra?: ZimbraServer | undefined;
  /** Settings that operations need. */
  readonly settings: {
    /** Public address without a slash at the end, e.g. `https://contacts.example.org`. */
    readonly publicUrl: string;
    readonly trashDays: number;
    /** So many days the history of cards is kept; absent: 90. */
    readonly historyDays?: number;
    /** Key of the secrets in links (32 bytes). */
    readonly linkKey: Uint8Array;
    /** So many days records of the audit log are kept; absent: 365. */
    readonly auditDays?: number;
    /** Key of the chain of the audit log; absent: that of the links. */
    readonly auditKey?: Uint8Array;
    /** Key under which app passwords are hashed; absent: that of the links. */
    readonly appPasswordKey?: Uint8Array;
    /** Whether programs sign in with the person's own password, too, or with app passwords alone; absent: too. */
    readonly devicePasswords?: 'any' | 'app';
    readonly maxCardSize: number;
    readonly maxCardsPerAccount: number;
    /** Absent: 5,000. */
    readonly maxBooksPerAccount?: number;
    /** Absent: 500. */
    readonly maxSharesPerBook?: number;
    /** The most cards of all accounts together; absent or 0: no limit. */
    readonly maxCards?: number;
    /** How large the database may become; absent or 0: no limit. */
    readonly maxDatabaseMegabytes?: number;
    readonly organisation: string;
    /** Whether mail leaves this server (or is captured, in the demonstration); if not, none is queued. */
    readonly mailEnabled: boolean;
    /** The page on which mails are written, with `{to}` for the recipients; absent or null: each person's own program. */
    readonly composeUrl?: string | null;
    /** The address that mails come from: the organisation's own, so that SPF and DMARC hold. */
    readonly mailFrom: string;
    /** Whether people come from the organisation's directory. */
    readonly usesDirectory?: boolean;
    /** What « Annuaire » shows; absent: everything. */
    readonly directory?: DirectorySettings;
    /** How many mails the acts of one person may send; absent: as many as they like. */
    readonly mailLimits?: MailLimits;
    /** What may be shared with people outside; absent: everything, as long as one likes. */
    readonly outside?: OutsideLimits;
    /** The key by which push services know this server (RFC 9749 §3); absent: no device can be told of changes. */
    readonly vapidPublicKey?: string;
  };
};

/** By which door a change comes, and what it is a part of: for the history. */
export type Cause = {
  /** Absent: the program does it by itself. */
  readonly way?: Way;
  /** How the person asked for it, where `way` tells what was done with it: undone from the web app, by an import. */
  readonly askedBy?: Way;
  /** What was asked for as one and can be undone as one (see `asOperation`). */
  readonly operation?: string;
};

/** A world seen by one person: the first argument of every operation. */
export type Context = World & Cause & { readonly actor: Actor };
