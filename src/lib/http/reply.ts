import type { HttpReply } from './http.ts';

type Headers = NonNullable<HttpReply['headers']>;

/** A reply that only has a status. */
export function empty(status: number, headers: Headers = {}): HttpReply {
  return { status, headers };
}

/** A reply with a JSON value. */
export function json(status: number, value: unknown, headers: Headers = {}): HttpReply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** A reply with text for people. */
export function text(status: number, value: string, headers: Headers = {}): HttpReply {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body: value };
}

/** What an error reply says: RFC 9457. */
export type Problem = {
  readonly type: string;
  readonly title?: string;
  readonly detail?: string;
  readonly [member: string]: unknown;
};

/** An error reply, `application/problem+json` (RFC 9457); never cached. */
export function problem(status: number, value: Problem, headers: Headers = {}): HttpReply {
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json; charset=utf-8', 'Cache-Control': 'no-store', ...headers },
    body: JSON.stringify({ ...value, status }),
  };
}

/** Sends the client elsewhere. */
export function redirect(status: 301 | 302 | 303 | 307 | 308, location: string, headers: Headers = {}): HttpReply {
  return { status, headers: { Location: location, ...headers } };
}
