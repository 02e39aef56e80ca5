import type { OutgoingMail } from '../../format/mail/outgoingMail.ts';

/**
 * Takes a mail out of here. Throws when it could not; an error with `isPermanent: true` says that trying again
 * is useless (the other side refused the mail or the address).
 */
export type Mailer = {
  send(message: OutgoingMail): Promise<void>;
  close?(): Promise<void>;
};
