import type { ResultReference } from './batch.ts';
import { SetFailure } from './errors.ts';
import type { ResponseOf } from './methods.ts';
import { createTransport, needSession } from './transport.ts';
import type { ClientOptions, PendingCall } from './transport.ts';
import type { DataTypes, TypeName } from './dataTypes.ts';
import type { ChangesResponse, GetResponse, Id, Session, SetError, SetResponse } from './types.ts';

/** The three parts of a /set (RFC 8620 §5.3); patches may use JSON pointers as keys. */
export interface SetArguments {
  readonly create?: Readonly<Record<Id, Readonly<Record<string, unknown>>>>;
  readonly update?: Readonly<Record<Id, Readonly<Record<string, unknown>>>>;
  readonly destroy?: readonly Id[];
  readonly [extra: string]: unknown;
}

/** `signal` gives the call up. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** A client of one server for one person. */
export type Client = {
  /** The session that was loaded last; undefined before, and after `forgetSession`. */
  readonly session: Session | undefined;
  /** Fetches the session object (RFC 8620 §2); needed before anything else. */
  loadSession(): Promise<Session>;
  forgetSession(): void;
  /**
   * Calls a method. The calls of one tick travel together in as few requests as the server's limit allows; `signal`
   * gives the call up. Errors: `JmapMethodError`, `JmapRequestError`, `NetworkError`, `SignedOutError`.
   */
  call<N extends string>(
    name: N,
    args: Readonly<Record<string, unknown>>,
    options?: CallOptions,
  ): PendingCall<ResponseOf<N>>;
  /** A /get of a type that is known only at run time; all objects without `ids`. */
  get<T extends TypeName>(
    type: T,
    accountId: Id,
    args: Readonly<Record<string, unknown>>,
    options?: CallOptions,
  ): PendingCall<GetResponse<DataTypes[T]>>;
  /** What changed since a state (RFC 8620 §5.2). */
  changes(type: TypeName, accountId: Id, sinceState: string, options?: CallOptions): PendingCall<ChangesResponse>;
  /** A /set; objects that were refused are in the response. */
  set<T extends TypeName>(
    type: T,
    accountId: Id,
    args: SetArguments,
    options?: CallOptions,
  ): Promise<SetResponse<DataTypes[T]>>;
  /** A /set where the first refused object is thrown as a `SetFailure`. */
  setStrictly<T extends TypeName>(
    type: T,
    accountId: Id,
    args: SetArguments,
    options?: CallOptions,
  ): Promise<SetResponse<DataTypes[T]>>;
  /** The address of a blob (RFC 8620 §6.2). */
  downloadUrl(accountId: Id, blobId: Id, name: string, type: string): string;
  /** Uploads bytes for later use (RFC 8620 §6.1). */
  upload(accountId: Id, data: Blob): Promise<{ readonly blobId: Id; readonly type: string; readonly size: number }>;
  /** A request with the client's credentials; failures become the client's errors. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
};

/** Makes a client; nothing is asked yet. */
export function createClient(options: ClientOptions): Client {
  const transport = createTransport(options);
  // The table of methods knows the response of each type; where the type is open, the signatures above say it.
  const open = (name: string, args: Readonly<Record<string, unknown>>, { signal }: CallOptions = {}) =>
    transport.call(name, args, signal);

  const client: Client = {
    get session() {
      return transport.session;
    },
    async loadSession() {
      const reply = await transport.fetch(options.sessionUrl, { headers: { Accept: 'application/json' } });
      transport.session = (await reply.json()) as Session;
      return transport.session;
    },
    forgetSession() {
      transport.session = undefined;
    },
    call: (name, args, { signal } = {}) => transport.call(name, args, signal),
    get: (type, accountId, args, options) => open(`${type}/get`, { accountId, ...args }, options),
    changes: (type, accountId, sinceState, options) => open(`${type}/changes`, { accountId, sinceState }, options),
    set: (type, accountId, args, options) => open(`${type}/set`, { accountId, ...args }, options),
    async setStrictly(type, accountId, args, options) {
      const response = await client.set(type, accountId, args, options);
      const refused = firstRefusal(response);
      if (refused) throw new SetFailure(refused);
      return response;
    },
    downloadUrl: (accountId, blobId, name, type) =>
      expand(needSession(transport).downloadUrl, { accountId, blobId, name, type, accept: type }),
    async upload(accountId, data) {
      const url = expand(needSession(transport).uploadUrl, { accountId });
      const reply = await transport.fetch(url, { method: 'POST', headers: { 'Content-Type': data.type }, body: data });
      return (await reply.json()) as { blobId: Id; type: string; size: number };
    },
    fetch: transport.fetch,
  };
  return client;
}

/** Refers to a part of an earlier call's response; the argument's name gets a `#` in front (RFC 8620 §3.7). */
export function reference(earlier: PendingCall<unknown>, path: string): ResultReference {
  return { resultOf: earlier.invocation[2], name: earlier.invocation[0], path };
}

/** Fills a URI template of the session (RFC 6570, level 1). */
export function expand(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

function firstRefusal(response: SetResponse<unknown>): SetError | undefined {
  return [response.notCreated, response.notUpdated, response.notDestroyed].flatMap((errors) =>
    Object.values(errors ?? {}),
  )[0];
}
