import { splitCalls } from './batch.ts';
import type { Invocation, QueuedCall } from './batch.ts';
import { JmapMethodError, JmapRequestError, NetworkError, SignedOutError } from './errors.ts';
import type { Session } from './types.ts';

/** The capabilities that a request may name; the client names all of them that the server has. */
export const capabilities = {
  core: 'urn:ietf:params:jmap:core',
  contacts: 'urn:ietf:params:jmap:contacts',
  parse: 'urn:ietf:params:jmap:contacts:parse',
  principals: 'urn:ietf:params:jmap:principals',
  principalsOwner: 'urn:ietf:params:jmap:principals:owner',
  blob: 'urn:ietf:params:jmap:blob',
  quota: 'urn:ietf:params:jmap:quota',
  coterie: 'https://coterie.example/jmap/contacts',
} as const;

/** How the server is reached and who asks. */
export type ClientOptions = {
  /** Where the session is: an address, or a path in a browser on the server's own pages. */
  readonly sessionUrl: string;
  /** Sent with every request, for instance `Authorization`; absent: the cookies of the page are sent. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Told when a response has another session state than the session that was loaded (RFC 8620 §3.4). */
  readonly onSessionState?: (state: string) => void;
  /** Told when the server no longer knows who asks. */
  readonly onSignedOut?: () => void;
};

/** The response of a call to come; its `invocation` lets a later call of the same tick refer to it. */
export interface PendingCall<R> extends Promise<R> {
  readonly invocation: Invocation;
}

/** What carries calls to the server and answers back. */
export type Transport = {
  session: Session | undefined;
  call(name: string, args: Readonly<Record<string, unknown>>, signal: AbortSignal | undefined): PendingCall<never>;
  /** A request with the client's credentials; failures become the client's errors. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
};

/** The session, or the error of those who ask before there is one. */
export function needSession({ session }: Pick<Transport, 'session'>): Session {
  if (!session) throw new SignedOutError('Load the session first');
  return session;
}

/** Makes the transport; the calls of one tick leave together. */
export function createTransport(options: ClientOptions): Transport {
  let queue: QueuedCall[] = [];
  let callNumber = 0;

  const transport: Transport = {
    session: undefined,
    call(name, args, signal) {
      callNumber += 1;
      const invocation: Invocation = [name, args, `c${callNumber}`];
      const promise = new Promise<never>((resolve, reject) => {
        if (queue.length === 0) queueMicrotask(flush);
        queue.push({ invocation, resolve: (response) => resolve(response as never), reject, signal });
      });
      return Object.assign(promise, { invocation });
    },
    async fetch(url, init = {}) {
      const headers = { ...options.headers, ...(init.headers as Record<string, string> | undefined) };
      const credentials = options.headers ? 'omit' : 'same-origin';
      const reply = await fetch(url, { credentials, ...init, headers }).catch((error: unknown) => {
        if (error instanceof DOMException && error.name === 'AbortError') throw error;
        throw new NetworkError('The server could not be reached');
      });
      if (reply.status === 401) {
        options.onSignedOut?.();
        throw new SignedOutError('Signed out');
      }
      if (!reply.ok) throw await requestError(reply);
      return reply;
    },
  };

  function flush(): void {
    const calls = queue.filter((queued) => !rejectIfAborted(queued));
    queue = [];
    const limit = transport.session?.capabilities[capabilities.core]?.['maxCallsInRequest'];
    for (const request of splitCalls(calls, typeof limit === 'number' ? limit : 16)) void send(request);
  }

  async function send(calls: readonly QueuedCall[]): Promise<void> {
    const abort = abortWhenAllAborted(calls);
    try {
      const session = needSession(transport);
      const using = Object.values(capabilities).filter((name) => name in session.capabilities);
      const reply = await transport.fetch(session.apiUrl, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ using, methodCalls: calls.map((queued) => queued.invocation) }),
        signal: abort.signal,
      });
      const { methodResponses, sessionState } = (await reply.json()) as {
        methodResponses: Invocation[];
        sessionState: string;
      };
      answer(calls, methodResponses);
      if (transport.session && transport.session.state !== sessionState) options.onSessionState?.(sessionState);
    } catch (error) {
      for (const queued of calls) queued.reject(error);
    } finally {
      abort.release();
    }
  }

  return transport;
}

function rejectIfAborted(queued: QueuedCall): boolean {
  if (!queued.signal?.aborted) return false;
  queued.reject(queued.signal.reason);
  return true;
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
  const { type, description, reason } = args as { type?: string; description?: string; reason?: string };
  return new JmapMethodError(type ?? 'serverFail', description ?? type ?? 'serverFail', reason);
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

async function requestError(reply: Response): Promise<Error> {
  const problem = (await reply.json().catch(() => ({}))) as { type?: string; detail?: string };
  if (!problem.type && reply.status >= 502) return new NetworkError(reply.statusText);
  return new JmapRequestError(problem.type ?? 'about:blank', reply.status, problem.detail ?? reply.statusText);
}
