import type { OutgoingMail } from '../../format/mail/outgoingMail.ts';

/** Takes a mail out of here. Throws when it could not; what is no `MailFailure` counts as deferred. */
export type Mailer = {
  send(message: OutgoingMail): Promise<void>;
  /** How many mails it can send at once; absent: one. */
  readonly atOnce?: number;
  close?(): Promise<void>;
};
