import { follow } from '../../client/src/follow.ts';
import type { Following, StateChange } from '../../client/src/follow.ts';
import type { TypeName } from '../../client/src/dataTypes.ts';
import { refreshOffline } from './offline.ts';
import { client } from './jmap.ts';
import { sync, syncAll } from './store.ts';
import { isOutdated } from './version.ts';

const pollEvery = 30_000;

let following: Following | undefined;
let poll: ReturnType<typeof setInterval> | undefined;
let online = true;
const listeners = new Set<() => void>();

/** False while changes come only by asking now and then. */
export function isPushConnected(): boolean {
  return online;
}

/** Calls the listener when the push stream is lost or back. */
export function subscribeToPush(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Opens the push stream and keeps it open; while it is closed, asks every 30 seconds. */
export function startPush(): void {
  stopPush();
  addEventListener('focus', syncWhenOffline);
  addEventListener('online', reconnect);
  let wasAway = false;
  following = follow(client, {
    onChange: takeUp,
    onOpen() {
      clearInterval(poll);
      poll = undefined;
      setOnline(true);
      refreshOffline();
      // Whatever happened while the stream was closed was not pushed.
      if (wasAway) void syncAll();
      // A server that comes back may be a newer one.
      if (wasAway) void isOutdated();
      wasAway = false;
    },
    onLost(attempts) {
      wasAway = true;
      poll ??= setInterval(() => void syncAll(), pollEvery);
      // One break may be a proxy that closed an old stream; only a second one is worth telling.
      if (attempts > 1) setOnline(false);
    },
  });
}

/** Closes the stream and forgets the connection. */
export function stopPush(): void {
  clearInterval(poll);
  poll = undefined;
  following?.stop();
  following = undefined;
  removeEventListener('focus', syncWhenOffline);
  removeEventListener('online', reconnect);
}

function reconnect(): void {
  following?.reconnect();
}

function takeUp(changed: StateChange): void {
  refreshOffline();
  for (const [accountId, types] of Object.entries(changed))
    for (const type of Object.keys(types)) void sync(type as TypeName, accountId);
}

function syncWhenOffline(): void {
  if (!online) void syncAll();
}

function setOnline(value: boolean): void {
  if (online === value) return;
  online = value;
  for (const listener of listeners) listener();
}
