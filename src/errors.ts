/** What can go wrong, by meaning. No protocol's numbers: each door has one table from these kinds to its own words. */
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

/** Facts for the one who handles the error: which properties, which reason, which free name to propose. */
export type ErrorDetails = {
  readonly properties?: readonly string[];
  readonly reason?: string;
  readonly [fact: string]: unknown;
};

/** An expected failure of an operation; anything else that is thrown is a fault of ours. */
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

/** `invalid` with the property that is wrong, the most frequent error of all. */
export function invalid(property: string, message: string, details: ErrorDetails = {}): AppError {
  return new AppError('invalid', message, { properties: [property], ...details });
}

/** The secret answer: what one may not read does not exist. */
export function notFound(what: string): AppError {
  return new AppError('notFound', `No such ${what}`);
}

/** Whether what was asked for is away, and may be asked for again later. */
export function isUnavailable(error: unknown): error is AppError {
  return error instanceof AppError && error.kind === 'unavailable';
}
