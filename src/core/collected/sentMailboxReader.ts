import type { Seal } from '../../lib/seal.ts';
import type { SubmittedMessage } from './collectRecipients.ts';

/** Where somebody's sent mail is, and how to get at it. */
export type MailboxAccess = {
  readonly host: string;
  /** 993: TLS from the start; every other: STARTTLS, and nothing without it. */
  readonly port: number;
  readonly username: string;
  readonly password: string;
};

/** How far a folder has been read (RFC 3501 §2.3.1.1); null: not at all. */
export type MailboxPosition = { readonly uidValidity: string; readonly lastUid: number };

/** Some messages, and where to go on. */
export type MailboxPage = {
  readonly position: MailboxPosition;
  readonly messages: readonly Omit<SubmittedMessage, 'sender'>[];
  /** There is more at once. */
  readonly hasMore: boolean;
};

/** Reads folders of sent mail; never writes, never marks as read. Throws `MailboxError`. */
export type SentMailboxReader = {
  /** The folders that can be read, and which of them holds the sent mail by its special use (RFC 6154). */
  probe(access: MailboxAccess): Promise<{ readonly mailboxes: readonly string[]; readonly sent: string | null }>;
  /** What came after a position; without one the newest few messages. */
  read(access: MailboxAccess, mailbox: string, after: MailboxPosition | null): Promise<MailboxPage>;
};

/** What reading mailboxes takes: the way to them, and the seal of their passwords. */
export type SentMail = { readonly reader: SentMailboxReader; readonly seal: Seal };
