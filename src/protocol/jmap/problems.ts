import type { ErrorKind } from '../../errors.ts';
import { AppError } from '../../errors.ts';
import type { HttpReply } from '../../lib/http/http.ts';
import { problem } from '../../lib/http/reply.ts';
import type { Problem } from '../../lib/http/reply.ts';
import type { LimitName } from './capabilities.ts';
import type { RequestErrorType } from './engine/parseRequest.ts';

const statuses = {
  notFound: 404,
  forbidden: 403,
  invalid: 400,
  stateMismatch: 412,
  cannotCalculateChanges: 400,
  tooLarge: 413,
  tooMany: 413,
  overQuota: 507,
  exists: 409,
  hasContents: 409,
  notSignedIn: 401,
  wrongCredentials: 401,
  tooManyAttempts: 429,
  unavailable: 503,
} as const satisfies Record<ErrorKind, number>;

/** An expected failure outside a method call; null for a fault of ours. */
export function problemOf(error: unknown): HttpReply | null {
  if (!(error instanceof AppError)) return null;
  const { retryAfter } = error.details;
  const wait = typeof retryAfter === 'number' ? { 'Retry-After': String(retryAfter) } : {};
  return problem(statuses[error.kind], { type: 'about:blank', title: error.message }, wait);
}

/** A request that is refused as a whole: RFC 8620 §3.6.1. */
export function requestProblem(
  type: RequestErrorType,
  detail: string,
  limit: LimitName | null,
  status = 400,
): HttpReply {
  return problem(status, problemDetails(type, detail, limit));
}

/** What such a refusal says, however it travels. */
export function problemDetails(type: RequestErrorType, detail: string, limit: LimitName | null): Problem {
  return { type: `urn:ietf:params:jmap:error:${type}`, detail, ...(limit === null ? {} : { limit }) };
}
