/** Why a mail could not leave. */
export type MailFailureReason =
  /** The other side will never take this mail, or never for this address. */
  | 'refused'
  /** The other side does not take this mail now. */
  | 'deferred'
  /** Nothing was said about this mail: no connection, no trust in the certificate, a wrong password. */
  | 'away';

/** A mail could not leave; the reason says what to do about it. */
export class MailFailure extends Error {
  override readonly name = 'MailFailure';
  readonly reason: MailFailureReason;

  constructor(reason: MailFailureReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
