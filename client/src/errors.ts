import type { SetError } from './types.ts';

/** The server could not be reached, or its answer did not come through. */
export class NetworkError extends Error {
  override name = 'NetworkError';
}

/** The session has ended (401): the app shows the sign-in page. */
export class SignedOutError extends Error {
  override name = 'SignedOutError';
}

/** The whole request was refused (RFC 8620 §3.6.1). */
export class JmapRequestError extends Error {
  override name = 'JmapRequestError';
  readonly type: string;
  readonly status: number;

  constructor(type: string, status: number, detail: string) {
    super(detail);
    this.type = type;
    this.status = status;
  }
}

/** One method call failed (RFC 8620 §3.6.2). */
export class JmapMethodError extends Error {
  override name = 'JmapMethodError';
  readonly type: string;
  /** What the vendor's methods say further. */
  readonly reason: string | undefined;

  constructor(type: string, description: string, reason?: string) {
    super(description);
    this.type = type;
    this.reason = reason;
  }
}

/** One object of a /set was refused; `error` has the vendor's fields (reason, proposedName, email, existingId). */
export class SetFailure extends Error {
  override name = 'SetFailure';
  readonly error: SetError;

  constructor(error: SetError) {
    super(error.description ?? error.type);
    this.error = error;
  }
}

/** True for the refusal of an object with this type. */
export function isSetFailure(error: unknown, type?: string): error is SetFailure {
  return error instanceof SetFailure && (type === undefined || error.error.type === type);
}

/** True for the end of a call that its caller aborted: nothing to tell. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
