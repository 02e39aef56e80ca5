import { SignedOutError } from '../../client/src/errors.ts';
import { capabilities } from '../../client/src/transport.ts';
import { client, events, loadSession } from './jmap.ts';
import { startPush, stopPush } from './push.ts';
import { forget, sync } from './store.ts';
import type { Id, Session } from '../../client/src/types.ts';

/** Where the person stands; `expired`: they were signed in and are no longer. */
export type SessionStatus =
  | { readonly status: 'loading' }
  | { readonly status: 'signedOut'; readonly expired: boolean }
  | { readonly status: 'failed'; readonly error: unknown }
  | { readonly status: 'ready'; readonly session: Session };

let current: SessionStatus = { status: 'loading' };
let reloading: Promise<void> | undefined;
const listeners = new Set<() => void>();

function become(status: SessionStatus): void {
  current = status;
  for (const listener of listeners) listener();
}

/** Where the person stands now. */
export function sessionStatus(): SessionStatus {
  return current;
}

/** Calls the listener whenever the status is another. */
export function subscribeToSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Loads the session, at the start and after signing in; then listens for changes. */
export async function startSession(): Promise<void> {
  events.onSignedOut = () => endSession(current.status === 'ready');
  events.onSessionState = () => {
    void reloadSession();
  };
  try {
    become({ status: 'ready', session: await loadSession() });
    startPush();
  } catch (error) {
    if (!(error instanceof SignedOutError)) become({ status: 'failed', error });
  }
}

/** Fetches the session again: accounts may have come (a share was accepted) or gone. */
export function reloadSession(): Promise<void> {
  reloading ??= loadSession()
    .then((session) => {
      forget((accountId) => !(accountId in session.accounts));
      become({ status: 'ready', session });
      for (const accountId of Object.keys(session.accounts)) void sync('AddressBook', accountId);
    })
    // The next response with another session state tries again.
    .catch(() => {})
    .finally(() => {
      reloading = undefined;
    });
  return reloading;
}

/** Forgets everything that was loaded and shows the sign-in page. */
export function endSession(expired: boolean): void {
  stopPush();
  client.forgetSession();
  forget(() => true);
  become({ status: 'signedOut', expired });
}

/** Whether the person administers this server. */
export function isAdministrator(session: Session): boolean {
  const own = session.accounts[ownAccountId(session)];
  return own?.accountCapabilities[capabilities.coterie]?.['isAdministrator'] === true;
}

/** The person's own account: the one where their contacts, trash, invitations and preferences are. */
export function ownAccountId(session: Session): Id {
  const primary = session.primaryAccounts[capabilities.contacts];
  return primary ?? Object.keys(session.accounts).find((id) => session.accounts[id]?.isPersonal) ?? '';
}
