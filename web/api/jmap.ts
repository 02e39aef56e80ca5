import { type Invocation, type QueuedCall, type ResultReference, splitCalls } from './batch.ts';
import { JmapMethodError, JmapRequestError, NetworkError, SignedOutError } from './errors.ts';
import type { Id, Session } from './types.ts';

/** The capabilities that every request of the app names. */
export const capabilities = {
  core: 'urn:ietf:params:jmap:core',
  contacts: 'urn:ietf:params:jmap:contacts',
  principals: 'urn:ietf:params:jmap:principals',
  principalsOwner: 'urn:ietf:params:jmap:principals:owner',
  coterie: 'https://coterie.example/jmap/contacts',
} as const;

const using = [capabilities.core, capabilities.contacts, capabilities.principals, capabilities.coterie];

/** The response of a call to come; its `invocation` lets a later call of the same tick refer to it. */
export interface PendingCall<R> extends Promise<R> {
  readonly invocation: Invocation;
}

interface Connection {
  session: Session | undefined;
  onSessionState: (state: string) => void;
  onSignedOut: () => void;
}

/** What the client knows of its server; `store.ts` listens to the two events. */
export const connection: Connection = { session: undefined, onSessionState: () => {}, onSignedOut: () => {} };

let queue: QueuedCall[] = [];
let callNumber = 0;

/** Calls a method. The calls of one tick travel in one request; `signal` gives the call up. */
export function call<R>(
  name: string,
  args: Readonly<Record<string, unknown>>,
  options: { readonly signal?: AbortSignal | undefined } = {},
): PendingCall<R> {
  callNumber += 1;
  const invocation: Invocation = [name, args, `c${callNumber}`];
  const promise = new Promise<R>((resolve, reject) => {
    if (queue.length === 0) queueMicrotask(flush);
    queue.push({ invocation, resolve: (response) => resolve(response as R), reject, signal: options.signal });
  });
  return Object.assign(promise, { invocation });
}

/** Refers to a part of an earlier call's response; the argument's name gets a `#` in front (RFC 8620 §3.7). */
export function reference(earlier: PendingCall<unknown>, path: string): ResultReference {
  return { resultOf: earlier.invocation[2], name: earlier.invocation[0], path };
}

function flush(): void {
  const calls = queue.filter((queued) => !rejectIfAborted(queued));
  queue = [];
  const limit = connection.session?.capabilities[capabilities.core]?.['maxCallsInRequest'];
  for (const request of splitCalls(calls, typeof limit === 'number' ? limit : 16)) void send(request);
}

function rejectIfAborted(queued: QueuedCall): boolean {
  if (!queued.signal?.aborted) return false;
  queued.reject(queued.signal.reason);
  return true;
}

async function send(calls: readonly QueuedCall[]): Promise<void> {
  const abort = abortWhenAllAborted(calls);
  try {
    const body = JSON.stringify({ using, methodCalls: calls.map((queued) => queued.invocation) });
    const reply = await request(connection.session?.apiUrl ?? '/jmap/api', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
      signal: abort.signal,
    });
    const { methodResponses, sessionState } = (await reply.json()) as {
      methodResponses: Invocation[];
      sessionState: string;
    };
    answer(calls, methodResponses);
    connection.onSessionState(sessionState);
  } catch (error) {
    for (const queued of calls) queued.reject(error);
  } finally {
    abort.release();
  }
}

function answer(calls: readonly QueuedCall[], responses: readonly Invocation[]): void {
  for (const queued of calls) {
    const [name, , callId] = queued.invocation;
    const own = responses.filter((response) => response[2] === callId);
    const response = own.find((candidate) => candidate[0] === name) ?? own[0];
    if (!response) queued.reject(new JmapMethodError('serverFail', `No response to ${name}`));
    else if (response[0] === 'error') queued.reject(methodError(response[1]));
    else queued.resolve(response[1]);
  }
}

function methodError(args: Readonly<Record<string, unknown>>): JmapMethodError {
  const { type, description } = args as { type?: string; description?: string };
  return new JmapMethodError(type ?? 'serverFail', description ?? type ?? 'serverFail');
}

/** A request may be shared by several callers: it is given up only when all of them have. */
function abortWhenAllAborted(calls: readonly QueuedCall[]): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const onAbort = () => {
    for (const queued of calls) if (queued.signal?.aborted) queued.reject(queued.signal.reason);
    if (calls.every((queued) => queued.signal?.aborted)) controller.abort();
  };
  for (const queued of calls) queued.signal?.addEventListener('abort', onAbort);
  const release = () => {
    for (const queued of calls) queued.signal?.removeEventListener('abort', onAbort);
  };
  return { signal: controller.signal, release };
}

/** A fetch with the session's cookie; failures become the app's own errors. */
export async function request(url: string, init: RequestInit = {}): Promise<Response> {
  const reply = await fetch(url, { credentials: 'same-origin', ...init }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new NetworkError('The server could not be reached');
  });
  if (reply.status === 401) {
    connection.onSignedOut();
    throw new SignedOutError('Signed out');
  }
  if (!reply.ok) throw await requestError(reply);
  return reply;
}

async function requestError(reply: Response): Promise<Error> {
  const problem = (await reply.json().catch(() => ({}))) as { type?: string; detail?: string };
  if (!problem.type && reply.status >= 502) return new NetworkError(reply.statusText);
  return new JmapRequestError(problem.type ?? 'about:blank', reply.status, problem.detail ?? reply.statusText);
}

/** Fetches the session object (RFC 8620 §2). */
export async function loadSession(): Promise<Session> {
  const reply = await request('/jmap/session', { headers: { Accept: 'application/json' } });
  const session = (await reply.json()) as Session;
  connection.session = session;
  return session;
}

function expand(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

/** The address of a blob (RFC 8620 §6.2), for images and downloads. */
export function downloadUrl(accountId: Id, blobId: Id, name: string, type: string): string {
  const template = connection.session?.downloadUrl ?? '/jmap/download/{accountId}/{blobId}/{name}?accept={type}';
  return expand(template, { accountId, blobId, name, type, accept: type });
}

/** Uploads bytes for later use in a card (RFC 8620 §6.1). */
export async function upload(accountId: Id, data: Blob): Promise<{ blobId: Id; type: string; size: number }> {
  const url = expand(connection.session?.uploadUrl ?? '/jmap/upload/{accountId}', { accountId });
  const reply = await request(url, { method: 'POST', headers: { 'Content-Type': data.type }, body: data });
  return (await reply.json()) as { blobId: Id; type: string; size: number };
}

/** The address of the push stream (RFC 8620 §7.3). */
export function eventSourceUrl(): string {
  const template =
    connection.session?.eventSourceUrl ?? '/jmap/eventsource?types={types}&closeafter={closeafter}&ping={ping}';
  return expand(template, { types: '*', closeafter: 'no', ping: '30' });
}
