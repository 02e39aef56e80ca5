import { AppError } from '../../errors.ts';
import type { ErrorKind } from '../../errors.ts';
import type { HttpReply } from '../../lib/http/http.ts';
import { problem } from '../../lib/http/reply.ts';

const statuses = {
  notFound: 404,
  forbidden: 403,
  invalid: 400,
  stateMismatch: 412,
  cannotCalculateChanges: 409,
  tooLarge: 413,
  tooMany: 413,
  overQuota: 507,
  exists: 409,
  hasContents: 409,
  notSignedIn: 401,
  wrongCredentials: 401,
  tooManyAttempts: 429,
  unavailable: 503,
} satisfies Record<ErrorKind, number>;

/** An expected failure as a reply: the kind is its `type`; anything else is thrown on. */
export function errorReply(error: unknown): HttpReply {
  if (!(error instanceof AppError)) throw error;
  const { retryAfter, ...details } = error.details;
  const wait = typeof retryAfter === 'number' ? { 'Retry-After': String(retryAfter) } : {};
  return problem(statuses[error.kind], { type: error.kind, detail: error.message, ...details }, wait);
}
