/**
 * What can go wrong, by meaning. There are no status codes here: each door has one table from these kinds to its own
 * protocol.
 */
export type ErrorKind =
  | 'notFound'
  | 'forbidden'
  | 'invalid'
  | 'stateMismatch'
  | 'cannotCalculateChanges'
  | 'tooLarge'
  | 'tooMany'
  | 'overQuota'
  | 'exists'
  | 'hasContents'
  | 'notSignedIn'
  | 'wrongCredentials'
  | 'tooManyAttempts'
  | 'unavailable';

/** Facts for whoever handles the error: which properties are wrong, for which reason, which free name to propose. */
export type ErrorDetails = {
  readonly properties?: readonly string[];
  readonly reason?: string;
  readonly [fact: string]: unknown;
};

/** An expected failure of an operation. Anything else that is thrown is a bug of ours. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly details: ErrorDetails;

  constructor(kind: ErrorKind, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = 'AppError';
    this.kind = kind;
    this.details = details;
  }
}

/** An `invalid` error that names the offending property: the most frequent error of all. */
export function invalid(property: string, message: string, details: ErrorDetails = {}): AppError {
  return new AppError('invalid', message, { properties: [property], ...details });
}

/** A *not found* error. It also answers for what exists but may not be read, so that its existence stays secret. */
export function notFound(what: string): AppError {
  return new AppError('notFound', `No such ${what}`);
}

/** Whether a dependency (the database, the directory) is away for now, so that it makes sense to ask again later. */
export function isUnavailable(error: unknown): error is AppError {
  return error instanceof AppError && error.kind === 'unavailable';
}
