import { AppError } from '../../../errors.ts';
import type { ErrorKind } from '../../../errors.ts';
import { InvalidPatch } from '../../../lib/jsonPatchObject.ts';

/** An error of a whole method call (RFC 8620 §3.6.2). */
export class MethodError extends Error {
  readonly type: string;

  constructor(type: string, description?: string) {
    super(description ?? '');
    this.name = 'MethodError';
    this.type = type;
  }
}

/** An argument is missing or not of its type. */
export function invalidArgument(name: string, expected: string): MethodError {
  return new MethodError('invalidArguments', `${name}: ${expected}`);
}

/** Why an object could not be created, updated or destroyed (RFC 8620 §5.3). */
export type SetError = { readonly type: string; readonly description?: string; readonly [fact: string]: unknown };

const methodErrors = {
  notFound: 'invalidArguments',
  forbidden: 'forbidden',
  invalid: 'invalidArguments',
  stateMismatch: 'stateMismatch',
  cannotCalculateChanges: 'cannotCalculateChanges',
  tooLarge: 'requestTooLarge',
  tooMany: 'requestTooLarge',
  overQuota: 'forbidden',
  exists: 'invalidArguments',
  hasContents: 'forbidden',
  notSignedIn: 'forbidden',
  wrongCredentials: 'forbidden',
  tooManyAttempts: 'serverUnavailable',
  unavailable: 'serverUnavailable',
} as const satisfies Record<ErrorKind, string>;

const setErrors = {
  notFound: 'notFound',
  forbidden: 'forbidden',
  invalid: 'invalidProperties',
  stateMismatch: 'stateMismatch',
  cannotCalculateChanges: 'serverFail',
  tooLarge: 'tooLarge',
  tooMany: 'overQuota',
  overQuota: 'overQuota',
  exists: 'alreadyExists',
  hasContents: 'addressBookHasContents',
  notSignedIn: 'forbidden',
  wrongCredentials: 'forbidden',
  tooManyAttempts: 'rateLimit',
  unavailable: 'serverUnavailable',
} as const satisfies Record<ErrorKind, string>;

/** Facts of an error that clients may use, beside `properties`. */
const passedOn = ['reason', 'proposedName', 'email', 'existingId', 'retryAfter'] as const;

/** The arguments of the `error` response; null for what is a fault of ours. */
export function methodErrorOf(error: unknown): { readonly type: string; readonly description?: string } | null {
  if (error instanceof MethodError) return described(error.type, error.message);
  if (error instanceof AppError) return { ...described(methodErrors[error.kind], error.message), ...factsOf(error) };
  if (error instanceof InvalidPatch) return described('invalidArguments', error.message);
  return null;
}

/** The SetError for one object; null for what is a fault of ours. */
export function setErrorOf(error: unknown, reasonsAsTypes: readonly string[] = []): SetError | null {
  if (error instanceof InvalidPatch) return described('invalidPatch', error.message);
  if (!(error instanceof AppError)) return null;
  const { reason, properties } = error.details;
  if (reason !== undefined && reasonsAsTypes.includes(reason)) {
    const { reason: _type, ...facts } = factsOf(error);
    return { ...described(reason, error.message), ...facts };
  }
  const facts = error.kind === 'invalid' && properties ? { properties } : {};
  return { ...described(setErrors[error.kind], error.message), ...facts, ...factsOf(error) };
}

function described(type: string, description: string): { readonly type: string; readonly description?: string } {
  return description === '' ? { type } : { type, description };
}

function factsOf(error: AppError): Record<string, unknown> {
  const present = passedOn.filter((name) => error.details[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, error.details[name]]));
}
