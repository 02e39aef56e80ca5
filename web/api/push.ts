import { eventSourceUrl } from './jmap.ts';
import { sync, syncAll } from './store.ts';
import type { Id, TypeName } from './types.ts';

interface StateChange {
  readonly changed: Readonly<Record<Id, Readonly<Record<string, string>>>>;
}

const pollEvery = 30_000;
const reconnectAfter = [1_000, 2_000, 5_000, 15_000, 30_000];

let source: EventSource | undefined;
let attempts = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
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

/** Opens the push stream (RFC 8620 §7.3) and keeps it open; while it is closed, asks every 30 seconds. */
export function startPush(): void {
  stopPush();
  addEventListener('focus', syncWhenOffline);
  addEventListener('online', connect);
  connect();
}

/** Closes the stream and forgets the connection. */
export function stopPush(): void {
  clearTimeout(timer);
  clearInterval(poll);
  poll = undefined;
  attempts = 0;
  source?.close();
  source = undefined;
  removeEventListener('focus', syncWhenOffline);
  removeEventListener('online', connect);
}

function connect(): void {
  clearTimeout(timer);
  source?.close();
  source = new EventSource(eventSourceUrl());
  source.addEventListener('open', onOpen);
  source.addEventListener('error', onError);
  source.addEventListener('state', onStateChange);
}

function onOpen(): void {
  const wasAway = !online || attempts > 0;
  attempts = 0;
  clearInterval(poll);
  poll = undefined;
  setOnline(true);
  // Whatever happened while the stream was closed was not pushed.
  if (wasAway) void syncAll();
}

function onError(): void {
  poll ??= setInterval(() => void syncAll(), pollEvery);
  const wait = reconnectAfter[Math.min(attempts, reconnectAfter.length - 1)];
  attempts += 1;
  // One break may be a proxy that closed an old stream; only a second one is worth telling.
  if (attempts > 1) setOnline(false);
  source?.close();
  clearTimeout(timer);
  timer = setTimeout(connect, wait);
}

function onStateChange(event: MessageEvent<string>): void {
  const { changed } = JSON.parse(event.data) as StateChange;
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
