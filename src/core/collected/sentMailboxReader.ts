import type { Seal } from '../../lib/seal.ts';
import type { SubmittedMessage } from './sentMessage.ts';

/** Where somebody's sent mail is, and how to get at it. */
export type MailboxAccess = {
  readonly host: string;
  /** 993: TLS from the start; every other: STARTTLS, and nothing without it. */
  readonly port: number;
  readonly username: string;
} & MailboxSecret;

/** A password, or a token that a provider gave for this moment (RFC 7628). */
export type MailboxSecret = { readonly password: string } | { readonly accessToken: string };

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

type Tokens = {
  readonly accessToken: string;
  /** Absent: the one that there is stays good. */
  readonly refreshToken?: string;
  readonly username?: string;
};

/** Where people consent to their mailbox being read (OAuth 2.0). Throws `MailboxError`. */
export type OAuthProvider = {
  /** As people know it. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  consentUrl(wish: Readonly<Record<'state' | 'challenge' | 'redirectUri' | 'hint', string>>): string;
  exchange(grant: Readonly<Record<'code' | 'verifier' | 'redirectUri', string>>): Promise<Tokens>;
  refresh(refreshToken: string): Promise<Tokens>;
};

/** What reading mailboxes takes: the way to them, the seal of their secrets, and a provider where there is one. */
export type SentMail = {
  readonly reader: SentMailboxReader;
  readonly seal: Seal;
  readonly provider?: OAuthProvider | undefined;
};
