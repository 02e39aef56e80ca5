import { useSyncExternalStore } from 'react';
import { NetworkError } from '../../client/src/errors.ts';
import { endSession, startSession } from './session.ts';
import type { SiteContext } from './siteContext.ts';

/** Why somebody could not be let in. */
export type EntryFailure =
  | { readonly type: 'wrongCredentials' | 'directoryDown' | 'refused' | 'invalid' | 'failed' }
  | { readonly type: 'tooManyAttempts'; readonly seconds: number };

let context: SiteContext | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What a page needs to know before anybody signs in; undefined until loaded. */
export function useSiteContext(): SiteContext | undefined {
  return useSyncExternalStore(subscribe, () => context);
}

async function loadSiteContext(): Promise<SiteContext | undefined> {
  const reply = await fetch('/site/context', { headers: { Accept: 'application/json' } }).catch(() => undefined);
  if (!reply?.ok) return undefined;
  context = (await reply.json()) as SiteContext;
  for (const listener of listeners) listener();
  return context;
}

/** Begins: the site's context, then the session of whoever is signed in. */
export async function start(): Promise<void> {
  const site = await loadSiteContext();
  // Asking for the session while signed out would only be refused.
  if (site && !site.signedIn) endSession(false);
  else await startSession();
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new NetworkError('The server could not be reached');
  });
}

async function reasonOf(reply: Response): Promise<unknown> {
  const problem = (await reply.json().catch(() => null)) as { readonly reason?: unknown } | null;
  return problem?.reason;
}

/** Signs in with a password; says what was wrong, or nothing and then the session is there. */
export async function signIn(email: string, password: string): Promise<EntryFailure | undefined> {
  const reply = await post('/site/sign-in', { email, password });
  if (reply.status === 401) return { type: 'wrongCredentials' };
  if (reply.status === 429) return { type: 'tooManyAttempts', seconds: Number(reply.headers.get('Retry-After') ?? 60) };
  if (reply.status === 503 && (await reasonOf(reply)) === 'directoryUnavailable') return { type: 'directoryDown' };
  if (!reply.ok) return { type: 'failed' };
  await startSession();
  return undefined;
}

/** Ends the session on the server and forgets everything here. */
export async function signOut(): Promise<void> {
  await post('/site/sign-out', {});
  endSession(false);
}

/** Where the personal link of a guest leads: `POST /site/guest/look`. */
export interface GuestInvitation {
  readonly step: 'new' | 'known' | 'used' | 'expired';
  readonly email: string;
  readonly name: string | null;
  readonly folderName: string;
  readonly ownerName: string;
  readonly sharedByName: string;
  readonly linkExpiresAt: string;
  readonly accountId: string;
  readonly addressBookId: string;
}

/** What a personal link is for; undefined: nothing any more. Looking changes nothing. */
export async function lookAtInvitation(token: string): Promise<GuestInvitation | undefined> {
  const reply = await post('/site/guest/look', { token });
  if (reply.status === 404) return undefined;
  if (!reply.ok) throw new NetworkError(`The server answered ${reply.status}`);
  return (await reply.json()) as GuestInvitation;
}

/** What a guest chooses who comes by their personal link. */
export interface GuestChoice {
  readonly token: string;
  readonly name: string;
  readonly password: string;
  readonly language: 'fr' | 'en';
}

/** A guest comes: says what was wrong, or nothing and then they are signed in. */
export async function acceptAsGuest(choice: GuestChoice): Promise<EntryFailure | undefined> {
  const reply = await post('/site/guest/accept', choice);
  if (reply.status === 429) return { type: 'tooManyAttempts', seconds: Number(reply.headers.get('Retry-After') ?? 60) };
  if (reply.status === 400) return { type: 'invalid' };
  if (!reply.ok) return { type: reply.status < 500 ? 'refused' : 'failed' };
  await startSession();
  return undefined;
}

/** The administrator to be created, and the secret of the one-time link. */
export interface FirstAdministrator {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Makes the first administrator with the one-time link of the first start. */
export async function setUp(administrator: FirstAdministrator): Promise<EntryFailure | undefined> {
  const reply = await post('/site/setup', administrator);
  if (reply.ok) return undefined;
  if (reply.status === 400 || reply.status === 422) return { type: 'invalid' };
  return { type: reply.status < 500 ? 'refused' : 'failed' };
}

/** Chooses a password by the link that an administrator gave; then the session is there. */
export async function choosePassword(token: string, password: string): Promise<EntryFailure | undefined> {
  const reply = await post('/site/password', { token, password });
  if (reply.status === 400) return { type: 'invalid' };
  if (!reply.ok) return { type: reply.status < 500 ? 'refused' : 'failed' };
  await startSession();
  return undefined;
}
