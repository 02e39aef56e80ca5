import { createClient } from '../../client/src/client.ts';

interface Events {
  onSessionState: (state: string) => void;
  onSignedOut: () => void;
}

/** What happens to the session; `session.ts` listens. */
export const events: Events = { onSessionState: () => {}, onSignedOut: () => {} };

/** The app's one client, with the cookie of its page: like any other client, it knows the server by JMAP alone. */
export const client = createClient({
  sessionUrl: '/jmap/session',
  onSessionState: (state) => events.onSessionState(state),
  onSignedOut: () => events.onSignedOut(),
});

export const { call, set, setStrictly, upload, downloadUrl, loadSession } = client;
