/** What the package offers. */
export { createClient, reference } from './client.ts';
export type { Client, SetArguments } from './client.ts';
export {
  isAbort,
  isSetFailure,
  JmapMethodError,
  JmapRequestError,
  NetworkError,
  SetFailure,
  SignedOutError,
} from './errors.ts';
export { follow } from './follow.ts';
export type { Follower, Following, StateChange } from './follow.ts';
export { capabilities } from './transport.ts';
export type { ClientOptions, PendingCall } from './transport.ts';
export type { Methods, ResponseOf } from './methods.ts';
export type * from './history.ts';
export type * from './imports.ts';
export type * from './duplicates.ts';
export type * from './audit.ts';
export type * from './personal.ts';
export type * from './requests.ts';
export type * from './dataTypes.ts';
export type * from './types.ts';
