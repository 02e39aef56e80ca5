import type { Database } from '../db/database.ts';
import type { Actor } from './actor.ts';
import type { CardReader } from './card/contents/cardReader.ts';
import type { Changes } from './change/hub.ts';
import type { Transaction } from './change/transaction.ts';
import type { DetailName } from './listing/details.ts';
import type { SentMail } from './collected/sentMailboxReader.ts';
import type { ZimbraServer } from './import/zimbra/zimbraServer.ts';
import type { Way } from './version/ways.ts';

/** How many mails one person may send, and how many of them to people outside. */
export type MailLimits = { readonly perHour: number; readonly perDay: number; readonly guestsPerDay: number };

/** Whether folders may be shared with people outside the organisation, and for how long. */
export type OutsideLimits = {
  readonly guests: boolean;
  readonly publicLinks: boolean;
  /** The longest time a share with a guest may last, in days; 0: no limit. */
  readonly guestDays: number;
  readonly publicDays: number;
  /** For how many days the personal link in a guest's mail is valid. */
  readonly invitationDays: number;
};

/** What the administrator has chosen to show in « Annuaire ». */
export type DirectorySettings = {
  readonly isShown: boolean;
  readonly groups: 'members' | 'names' | 'off';
  readonly details: readonly DetailName[];
};

/** What the program provides to every operation: the database, the clock, the hub, the settings. */
export type World = {
  readonly db: Database;
  /** The clock; tests can set it. */
  now(): Date;
  /** Tells open windows what changed, after the commit. */
  readonly hub: Changes;
  /** A transaction that operations called with this world join (see `within`); absent: each operation opens its own. */
  readonly transaction?: Transaction;
  /** How folders of sent mail on other servers are read; absent: they are not. */
  readonly sentMail?: SentMail | undefined;
  /** Reads cards while others are written; absent: each is read where it is written. */
  readonly cardReader?: CardReader | undefined;
  /** The Zimbra server that people may move in from; absent: only archives can be imported. */
  readonly zimbra?: ZimbraServer | undefined;
  /** Settings that operations need. */
  readonly settings: {
    /** Public address without a slash at the end, e.g. `https://contacts.example.org`. */
    readonly publicUrl: string;
    readonly trashDays: number;
    /** How many days the history of cards is kept; default 90. */
    readonly historyDays?: number;
    /** Key for the secrets in links (32 bytes). */
    readonly linkKey: Uint8Array;
    /** How many days records of the audit log are kept; default 365. */
    readonly auditDays?: number;
    /** Key for the hash chain of the audit log; default: `linkKey`. */
    readonly auditKey?: Uint8Array;
    /** Key with which app passwords are hashed; default: `linkKey`. */
    readonly appPasswordKey?: Uint8Array;
    /** Whether programs may sign in with any password (default), or only with app passwords. */
    readonly devicePasswords?: 'any' | 'app';
    readonly maxCardSize: number;
    readonly maxCardsPerAccount: number;
    /** Default 5,000. */
    readonly maxBooksPerAccount?: number;
    /** Default 500. */
    readonly maxSharesPerBook?: number;
    /** The most cards in all accounts together; absent or 0: no limit. */
    readonly maxCards?: number;
    /** The largest size of the database; absent or 0: no limit. */
    readonly maxDatabaseMegabytes?: number;
    readonly organisation: string;
    /** Whether mail can be sent (or is captured, in the demonstration). If not, none is queued. */
    readonly mailEnabled: boolean;
    /**
     * The web page on which mails are composed, with `{to}` for the recipients; absent or null: the person's own mail
     * program.
     */
    readonly composeUrl?: string | null;
    /** The sender address of all mails: the organisation's own, so that SPF and DMARC pass. */
    readonly mailFrom: string;
    /** Whether people come from the organisation's directory. */
    readonly usesDirectory?: boolean;
    /** What « Annuaire » shows; absent: everything. */
    readonly directory?: DirectorySettings;
    /** How many mails one person's actions may send; absent: no limit. */
    readonly mailLimits?: MailLimits;
    /** The limits on sharing with people outside; absent: none. */
    readonly outside?: OutsideLimits;
    /** The key by which push services recognise this server (RFC 9749 §3); absent: devices cannot be notified. */
    readonly vapidPublicKey?: string;
  };
};

/** For the history: by which door a change came, and which larger operation it is part of. */
export type Cause = {
  /** Absent: the program acts by itself. */
  readonly way?: Way;
  /**
   * How the person asked for it, where `way` says what was done with the request: an undo from the web app, or by an
   * import.
   */
  readonly askedBy?: Way;
  /** The operation that this change belongs to and is undone with (see `asOperation`). */
  readonly operation?: string;
};

/** The world as seen by one person: the first argument of every operation. */
export type Context = World & Cause & { readonly actor: Actor };
