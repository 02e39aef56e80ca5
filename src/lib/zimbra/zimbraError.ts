/** Why an account of a Zimbra server cannot be read. */
export type ZimbraProblem =
  | 'loginRefused'
  /** A second factor is asked for. */
  | 'twoFactor'
  | 'tooManyTries'
  | 'unreachable'
  | 'certificate'
  /** What answers is no Zimbra. */
  | 'notZimbra'
  /** Zimbra does not hand the account out. */
  | 'refused'
  | 'archiveTooLarge'
  | 'failed';

/** An account cannot be read. */
export class ZimbraError extends Error {
  override readonly name = 'ZimbraError';
  readonly problem: ZimbraProblem;

  constructor(problem: ZimbraProblem, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}
