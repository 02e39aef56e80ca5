/**
 * The service worker: while there is no connection it answers the app's JMAP from what it kept, so that the app
 * remains a JMAP client like any other. It is there only where a person has turned it on for their browser.
 */
import type { Invocation, KeptSession } from './ask.ts';
import { answer } from './answer.ts';
import { database, eraseAll, fact, noteFact } from './database.ts';
import { bringUpToDate } from './mirror.ts';
import { sendPending } from './sendPending.ts';
import { forgetApp, keepApp, openFile, openPage } from './shell.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { capabilities } from '../../client/src/transport.ts';

// The types of a service worker and of a page exclude each other; these are the parts that are used.
type Extendable = Event & { waitUntil(task: Promise<unknown>): void };
type FetchEvent = Extendable & { readonly request: Request; respondWith(reply: Promise<Response>): void };
type MessageEventFrom = Extendable & { readonly data: ToWorker };
type WorkerScope = {
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEventFrom) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(): Promise<readonly { postMessage(message: FromWorker): void }[]>;
  };
  readonly location: Location;
};
const scope = globalThis as unknown as WorkerScope;

scope.addEventListener('install', (event) => event.waitUntil(Promise.all([keepApp(), scope.skipWaiting()])));
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener('message', (event) => event.waitUntil(take(event.data)));

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== scope.location.origin) return;
  const door = `${request.method} ${url.pathname}`;
  if (request.mode === 'navigate') {
    // The other doors have pages of their own.
    if (!/^\/(?:dav|home|shared|demo|jmap|site|\.well-known)(?:\/|$)/u.test(url.pathname))
      event.respondWith(openPage(request));
  } else if (door === 'GET /jmap/session') event.respondWith(kept('session', request));
  else if (door === 'GET /site/context') event.respondWith(kept('context', request));
  else if (door === 'POST /jmap/api') event.respondWith(askOrAnswer(request));
  else if (door === 'POST /site/sign-out') event.respondWith(signOut(request));
  else if (door.startsWith('GET /assets/') || door === 'GET /icon.svg') event.respondWith(openFile(request));
});

/** What is asked at every start: remembered, and told again without a connection. */
async function kept(key: 'session' | 'context', request: Request): Promise<Response> {
  try {
    const reply = await fetch(request);
    if (reply.ok) await noteStart(key, await reply.clone().json());
    // Whoever is no longer signed in shall find nothing, either.
    else if (reply.status === 401) await eraseAll();
    return reply;
  } catch (error) {
    const known = await fact<object>(key);
    if (known === undefined) throw error;
    // The site is known from before or after they signed in.
    return Response.json(key === 'context' ? { ...known, signedIn: (await fact('session')) !== undefined } : known);
  }
}

async function noteStart(key: string, value: unknown): Promise<void> {
  if (key === 'session') {
    const session = value as KeptSession & { readonly primaryAccounts: Readonly<Record<string, string>> };
    const own = session.primaryAccounts[capabilities.contacts];
    // Somebody else signed in on this browser.
    if ((await fact('own')) !== own) await eraseAll();
    await noteFact('own', own);
  }
  await noteFact(key, value);
}

let isAway = false;

async function noteAway(away: boolean): Promise<void> {
  if (isAway === away && !away) return;
  isAway = away;
  await tellPages();
}

/** The server as long as it answers. */
async function askOrAnswer(request: Request): Promise<Response> {
  const copy = request.clone();
  try {
    const reply = await fetch(request);
    void noteAway(false);
    return reply;
  } catch (error) {
    const session = await fact<{ readonly state: string }>('session');
    if (!session) throw error;
    const { methodCalls } = (await copy.json()) as { readonly methodCalls: readonly Invocation[] };
    const methodResponses = await answer(methodCalls);
    await noteAway(true);
    return Response.json({ methodResponses, sessionState: session.state });
  }
}

async function signOut(request: Request): Promise<Response> {
  const reply = await fetch(request);
  await eraseAll();
  return reply;
}

/** One row per message. */
const tasks: Readonly<Record<ToWorker['type'], () => Promise<void>>> = {
  async refresh() {
    await sendPending();
    await bringUpToDate();
    await keepApp();
  },
  async status() {},
  async retry() {
    const db = await database();
    for (const { refused: _, ...pending } of await db.getAll('pending')) await db.put('pending', pending);
    await sendPending();
    await bringUpToDate();
  },
  async abandon() {
    const db = await database();
    for (const { number, refused } of await db.getAll('pending'))
      if (refused !== undefined) await db.delete('pending', number!);
  },
  async erase() {
    await eraseAll();
    await forgetApp();
  },
};

async function take({ type }: ToWorker): Promise<void> {
  // Without a connection it is tried again with the next message.
  await tasks[type]().catch(() => {});
  await tellPages();
}

async function tellPages(): Promise<void> {
  const pending = await (await database()).getAll('pending');
  const status: FromWorker = {
    isAway,
    syncedAt: (await fact<string>('syncedAt')) ?? null,
    waiting: pending.filter(({ refused }) => refused === undefined).length,
    refused: pending.flatMap(({ name, refused }) => (refused === undefined ? [] : [{ name, reason: refused }])),
  };
  for (const client of await scope.clients.matchAll()) client.postMessage(status);
}
