import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { isPushConnected, subscribeToPush } from './push.ts';
import { soon } from './soon.ts';
import { ownAccountId, type SessionStatus, sessionStatus, subscribeToSession } from './session.ts';
import { fetchObjects, load, snapshotOf, subscribe } from './store.ts';
import type { DataTypes, TypeName } from '../../client/src/dataTypes.ts';
import type { AddressBook, Id, Preferences, Principal, Session, ShareInvitation } from '../../client/src/types.ts';
import type { InAccount } from './inAccount.ts';

/** A list that may still be on its way. `failed` keeps what was known before. */
export interface Loaded<T> {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly list: readonly T[];
  readonly error: unknown;
}

/** Where the person stands: loading, signed out, failed or ready. */
export function useSessionStatus(): SessionStatus {
  return useSyncExternalStore(subscribeToSession, sessionStatus);
}

/** The session of a signed-in person; only for screens behind the sign-in. */
export function useSession(): { readonly session: Session; readonly accountId: Id } {
  const status = useSessionStatus();
  if (status.status !== 'ready') throw new Error('useSession is for signed-in screens');
  return { session: status.session, accountId: ownAccountId(status.session) };
}

/** False while the push stream is lost. */
export function useIsConnected(): boolean {
  return useSyncExternalStore(subscribeToPush, isPushConnected);
}

function useSnapshot<T extends TypeName>(type: T) {
  return useSyncExternalStore(
    (listener) => subscribe(type, () => soon(listener)),
    () => snapshotOf(type),
  );
}

/** Everything of a complete type in some accounts, loaded on first use and kept up to date. */
export function useCollection<T extends TypeName>(type: T, accountIds: readonly Id[]): Loaded<InAccount<DataTypes[T]>> {
  const snapshot = useSnapshot(type);
  const key = accountIds.join(' ');
  useEffect(() => {
    for (const accountId of key.split(' ')) if (accountId) void load(type, accountId);
  }, [type, key]);
  return useMemo(() => {
    const shown = key
      .split(' ')
      .filter(Boolean)
      .map((accountId) => ({ accountId, ...snapshot.get(accountId) }));
    const list = shown.flatMap(({ accountId, collection }) =>
      [...(collection?.byId.values() ?? [])].map((object) => ({ ...object, accountId })),
    );
    const failed = shown.find(({ error, collection }) => error !== undefined && !collection);
    const isReady = shown.every(({ collection, error }) => collection !== undefined || error !== undefined);
    return { status: failed ? 'failed' : isReady ? 'ready' : 'loading', list, error: failed?.error };
  }, [snapshot, key]);
}

/** The folders of every account that the person sees: their own and those of accepted shares. */
export function useAddressBooks(): Loaded<InAccount<AddressBook>> {
  const { session } = useSession();
  return useCollection('AddressBook', Object.keys(session.accounts));
}

/** One folder, or undefined while loading or when it is gone. */
export function useAddressBook(accountId: Id, id: Id): InAccount<AddressBook> | undefined {
  const book = useSnapshot('AddressBook').get(accountId)?.collection?.byId.get(id);
  useEffect(() => void load('AddressBook', accountId), [accountId]);
  return useMemo(() => book && { ...book, accountId }, [book, accountId]);
}

/** What others share with the person: waiting, accepted and declined. */
export function useInvitations(): Loaded<InAccount<ShareInvitation>> {
  const { accountId } = useSession();
  return useCollection('ShareInvitation', [accountId]);
}

/** The person or group that owns an account (accounts have the ids of their principals). */
export function usePrincipal(principalId: Id): Principal | undefined {
  const { accountId } = useSession();
  const principal = useSnapshot('Principal').get(accountId)?.collection?.byId.get(principalId);
  useEffect(() => {
    // A principal that cannot be fetched is shown by the account's name instead.
    fetchObjects('Principal', accountId, [principalId]).catch(() => {});
  }, [accountId, principalId]);
  return principal;
}

/** What the person has chosen; undefined until loaded. */
export function usePreferences(): Preferences | undefined {
  const { accountId } = useSession();
  return useCollection('Preferences', [accountId]).list[0];
}
