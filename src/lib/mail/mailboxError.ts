/** Why a mailbox cannot be read; the app has a sentence for each. */
export const mailboxProblems = [
  'hostForbidden',
  'hostUnknown',
  'notReached',
  'certificate',
  'noEncryption',
  'loginRefused',
  'noMailbox',
  'tooManyTries',
  'failed',
] as const;

/** One of these reasons. */
export type MailboxProblem = (typeof mailboxProblems)[number];

/** A mailbox cannot be read, and why; what the server said stays in the cause. */
export class MailboxError extends Error {
  readonly problem: MailboxProblem;

  constructor(problem: MailboxProblem, options?: ErrorOptions) {
    super(problem, options);
    this.name = 'MailboxError';
    this.problem = problem;
  }
}
