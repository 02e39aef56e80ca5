/** The capabilities of this server: RFC 8620 §2, 9610 §1.4, 9670 §1.5, 9404 §3.1, 9425 §2, 8887 §3, 9749 §3, and our own. */
export const capability = {
  core: 'urn:ietf:params:jmap:core',
  contacts: 'urn:ietf:params:jmap:contacts',
  principals: 'urn:ietf:params:jmap:principals',
  parse: 'urn:ietf:params:jmap:contacts:parse',
  blob: 'urn:ietf:params:jmap:blob',
  quota: 'urn:ietf:params:jmap:quota',
  webSocket: 'urn:ietf:params:jmap:websocket',
  webPush: 'urn:ietf:params:jmap:webpush-vapid',
  vendor: 'https://coterie.example/jmap/contacts',
} as const;

/** Only a key of an account's capabilities (RFC 9670 §1.5.2), never of the session's. */
export const principalsOwner = 'urn:ietf:params:jmap:principals:owner';

/** What a request may put into `using`. */
export const supportedCapabilities: ReadonlySet<string> = new Set(Object.values(capability));

/** The limits that the session announces (RFC 8620 §2) and the engine enforces. */
export const limits = {
  maxSizeUpload: 50_000_000,
  maxConcurrentUpload: 4,
  maxSizeRequest: 10_000_000,
  maxConcurrentRequests: 8,
  maxCallsInRequest: 64,
  maxObjectsInGet: 1000,
  maxObjectsInSet: 1000,
} as const;

/** The name of a limit, as a refused request is told. */
export type LimitName = keyof typeof limits;
