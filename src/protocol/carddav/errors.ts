import { AppError } from '../../errors.ts';
import type { ErrorKind } from '../../errors.ts';
import type { HttpReply } from '../../lib/http/http.ts';
import { BodyTooLarge } from '../../lib/http/http.ts';
import { XmlError } from '../../lib/xml/parseXml.ts';
import { carddav, dav, href, xml, xmlDocument } from './names.ts';

/** A refusal in the words of WebDAV: a status, and the condition that was not met (RFC 4918 §16). */
export class DavError extends Error {
  readonly status: number;
  /** XML inside `DAV:error`, such as `<C:valid-address-data/>`. */
  readonly condition: string | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, condition: string | null = null, headers: Readonly<Record<string, string>> = {}) {
    super(`${status} ${condition ?? ''}`);
    this.name = 'DavError';
    this.status = status;
    this.condition = condition;
    this.headers = headers;
  }
}

/** RFC 3744 §7.1.1: which privilege is missing where. */
export function needPrivilege(path: string, privilege: string): DavError {
  const what = xml(dav('resource'), `${href(path)}${xml(dav('privilege'), xml(dav(privilege)))}`);
  return new DavError(403, xml(dav('need-privileges'), what));
}

/** What our kinds of errors mean here. Doors that know more (a precondition, a path) throw a `DavError` themselves. */
const statuses: Readonly<Record<ErrorKind, readonly [status: number, condition?: string]>> = {
  notFound: [404],
  forbidden: [403],
  invalid: [403, xml(carddav('valid-address-data'))],
  stateMismatch: [412],
  cannotCalculateChanges: [403, xml(dav('valid-sync-token'))],
  tooLarge: [403, xml(carddav('max-resource-size'))],
  tooMany: [507, xml(dav('number-of-matches-within-limits'))],
  overQuota: [507, xml(dav('quota-not-exceeded'))],
  exists: [405],
  hasContents: [409],
  notSignedIn: [401],
  wrongCredentials: [401],
  tooManyAttempts: [429],
  unavailable: [503],
};

/** The reply to something that failed; what is a fault of ours is thrown on. */
export function errorReply(error: unknown): HttpReply {
  const refusal = refusalOf(error);
  if (!refusal) throw error;
  const headers = { 'Cache-Control': 'no-store', ...refusal.headers };
  if (refusal.condition === null) return { status: refusal.status, headers };
  return {
    status: refusal.status,
    headers: { ...headers, 'Content-Type': 'application/xml; charset=utf-8' },
    body: xmlDocument(dav('error'), refusal.condition),
  };
}

/** What failed, in the words of WebDAV; undefined for faults of ours. */
export function refusalOf(error: unknown): DavError | undefined {
  if (error instanceof DavError) return error;
  if (error instanceof XmlError) return new DavError(400);
  if (error instanceof BodyTooLarge) return new DavError(413);
  if (!(error instanceof AppError)) return undefined;
  const [status, condition] = statuses[error.kind];
  const { retryAfter } = error.details;
  const wait = typeof retryAfter === 'number' ? retryAfter : status === 503 ? 30 : null;
  return new DavError(status, condition ?? null, wait === null ? {} : { 'Retry-After': String(wait) });
}
