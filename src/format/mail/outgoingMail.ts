/** Somebody who sends or gets a mail. */
export type Mailbox = { readonly name: string; readonly address: string };

/** What a mail says, in its two equal forms. */
export type MailText = { readonly subject: string; readonly text: string; readonly html: string };

/** A mail that is ready to leave; plain data, kept as JSON until it has left. */
export type OutgoingMail = MailText & {
  readonly from: Mailbox;
  readonly replyTo: Mailbox | null;
  readonly to: Mailbox;
  readonly messageId: string;
  /** ISO 8601. */
  readonly date: string;
  readonly headers: Readonly<Record<string, string>>;
};
