import type { Mailbox } from '../../format/mail/outgoingMail.ts';

/** What is looked at of a message that somebody sent; nothing else of it is kept, nor is this. */
export type SentMessage = {
  readonly recipients: readonly Mailbox[];
  readonly sentAt: Date;
  /** null: every copy counts. */
  readonly messageId: string | null;
};

/** A message as a mail server hands it on. */
export type SubmittedMessage = SentMessage & {
  /** Who sent it, by the envelope. */
  readonly sender: string;
  /** Whom the message itself names as its author. */
  readonly author: string | null;
};
