import { type Collection, collectionOf, type Overlay, withChanges, withOverlays } from './collection.ts';
import { JmapMethodError } from '../../client/src/errors.ts';
import { client } from './jmap.ts';
import { withinTime } from './patience.ts';
import { reference } from '../../client/src/client.ts';
import type { DataTypes, TypeName } from '../../client/src/dataTypes.ts';
import type { ChangesResponse, Id } from '../../client/src/types.ts';

/** What is shown of one type in one account. */
export interface Shown<T> {
  readonly collection: Collection<T> | undefined;
  readonly error: unknown;
}

/** What a sync found; null when the server could not say and everything may have changed. */
export type Changes = Pick<ChangesResponse, 'created' | 'updated' | 'destroyed'> | null;

type AnyObject = DataTypes[TypeName];

interface Entry {
  readonly type: TypeName;
  readonly accountId: Id;
  base: Collection<AnyObject> | undefined;
  overlays: readonly Overlay<AnyObject>[];
  error: unknown;
  loading: Promise<void> | undefined;
  syncing: Promise<void> | undefined;
  syncAgain: boolean;
}

/** These types are small and held completely; of the others only what was asked for is held. */
const completeTypes: ReadonlySet<TypeName> = new Set([
  'AddressBook',
  'Share',
  'ShareInvitation',
  'ShareNotification',
  'FolderHandover',
  'AccessRequest',
  'Preferences',
  'AppPassword',
]);

/** These have no /changes: they are fetched again. */
const singletons: ReadonlySet<TypeName> = new Set(['Preferences', 'AppPassword']);

const entries = new Map<string, Entry>();
const snapshots = new Map<TypeName, ReadonlyMap<Id, Shown<AnyObject>>>();
const listeners = new Map<TypeName, Set<() => void>>();
const changeListeners = new Map<TypeName, Set<(accountId: Id, changes: Changes) => void>>();
const nothingShown: ReadonlyMap<Id, Shown<AnyObject>> = new Map();

function entryOf(type: TypeName, accountId: Id): Entry {
  const key = `${type} ${accountId}`;
  const known = entries.get(key);
  if (known) return known;
  const entry: Entry = {
    type,
    accountId,
    base: undefined,
    overlays: [],
    error: undefined,
    loading: undefined,
    syncing: undefined,
    syncAgain: false,
  };
  entries.set(key, entry);
  return entry;
}

function show(entry: Entry): void {
  const isHeld = entries.get(`${entry.type} ${entry.accountId}`) === entry;
  const snapshot = new Map(snapshots.get(entry.type));
  if (isHeld) {
    const collection = entry.base && withOverlays(entry.base, entry.overlays);
    snapshot.set(entry.accountId, { collection, error: entry.error });
  } else snapshot.delete(entry.accountId);
  snapshots.set(entry.type, snapshot);
  for (const listener of listeners.get(entry.type) ?? []) listener();
}

/** What is shown of a type, by account; the same object until something changes. */
export function snapshotOf<T extends TypeName>(type: T): ReadonlyMap<Id, Shown<DataTypes[T]>> {
  return (snapshots.get(type) ?? nothingShown) as unknown as ReadonlyMap<Id, Shown<DataTypes[T]>>;
}

/** Calls the listener whenever the snapshot of a type is another. */
export function subscribe(type: TypeName, listener: () => void): () => void {
  return listen(listeners, type, listener);
}

/** Tells what a sync found, for lists whose order and total the server decides. */
export function subscribeToChanges(type: TypeName, listener: (accountId: Id, changes: Changes) => void): () => void {
  return listen(changeListeners, type, listener);
}

function listen<L>(all: Map<TypeName, Set<L>>, type: TypeName, listener: L): () => void {
  const ofType = all.get(type) ?? new Set<L>();
  all.set(type, ofType.add(listener));
  return () => ofType.delete(listener);
}

/** Loads a complete type once; `again` after a failure or to be sure. */
export function load(type: TypeName, accountId: Id, again = false): Promise<void> {
  const entry = entryOf(type, accountId);
  if (entry.loading) return entry.loading;
  if (entry.base && !again) return Promise.resolve();
  entry.loading = fetchAll(entry).finally(() => {
    entry.loading = undefined;
    show(entry);
  });
  return entry.loading;
}

async function fetchAll(entry: Entry): Promise<void> {
  try {
    const reply = await client.get(entry.type, entry.accountId, { ids: null }, { signal: withinTime() });
    entry.base = collectionOf(reply.state, reply.list);
    entry.error = undefined;
  } catch (error) {
    // The last share of an account has ended; the session is about to say so too.
    if (error instanceof JmapMethodError && error.type === 'accountNotFound') entry.base = collectionOf('', []);
    else entry.error = error;
  }
}

/** Adds objects from a /get to the cache; what is known of an object already is kept beside the new properties. */
export function putObjects<T extends TypeName>(
  type: T,
  accountId: Id,
  state: string,
  list: readonly DataTypes[T][],
): void {
  const entry = entryOf(type, accountId);
  const byId = new Map(entry.base?.byId);
  for (const object of list) byId.set(object.id, { ...byId.get(object.id), ...object });
  // An older state only makes the next sync ask for a little more than needed; a newer one would skip changes.
  entry.base = { state: entry.base?.state ?? state, byId };
  entry.error = undefined;
  show(entry);
}

/** Fetches objects of a sparse type that are not held yet. */
export async function fetchObjects<T extends TypeName>(type: T, accountId: Id, ids: readonly Id[]): Promise<void> {
  const held = entryOf(type, accountId).base?.byId;
  const missing = ids.filter((id) => !held?.has(id));
  if (missing.length === 0) return;
  const reply = await client.get(type, accountId, { ids: missing });
  putObjects(type, accountId, reply.state, reply.list);
}

/**
 * Brings what is held of a type up to date with the server; several wishes at once become one or two. What is never
 * answered is given up after a while, and does not hold up the next wish.
 */
export function sync(type: TypeName, accountId: Id): Promise<void> {
  const entry = entries.get(`${type} ${accountId}`);
  if (!entry?.base) return syncUnheld(type, accountId, entry);
  if (entry.syncing) {
    entry.syncAgain = true;
    return entry.syncing;
  }
  entry.syncing = syncUntilQuiet(entry).finally(() => {
    entry.syncing = undefined;
  });
  return entry.syncing;
}

/** Nothing is held to compare with: a failed load is tried again, and lists are told that something changed. */
function syncUnheld(type: TypeName, accountId: Id, entry: Entry | undefined): Promise<void> {
  if (entry?.loading) return entry.loading;
  if (entry?.error !== undefined) return load(type, accountId, true);
  for (const listener of changeListeners.get(type) ?? []) listener(accountId, null);
  return Promise.resolve();
}

/** Brings everything that is held up to date, after a lost connection. */
export async function syncAll(): Promise<void> {
  await Promise.all([...entries.values()].map((entry) => sync(entry.type, entry.accountId)));
}

async function syncUntilQuiet(entry: Entry): Promise<void> {
  do {
    entry.syncAgain = false;
    await syncOnce(entry);
  } while (entry.syncAgain);
}

async function syncOnce(entry: Entry): Promise<void> {
  if (singletons.has(entry.type)) {
    await fetchAll(entry);
    return show(entry);
  }
  try {
    let more = true;
    while (more && entry.base) more = await applyChanges(entry, entry.base);
  } catch (error) {
    if (!(error instanceof JmapMethodError)) return;
    // cannotCalculateChanges, or an account that is no longer ours: begin anew.
    if (completeTypes.has(entry.type)) await fetchAll(entry);
    else entry.base = undefined;
    show(entry);
    tell(entry, null);
  }
}

async function applyChanges(entry: Entry, base: Collection<AnyObject>): Promise<boolean> {
  const [changes, fetched] = await (completeTypes.has(entry.type)
    ? fetchChanges(entry, base)
    : fetchHeldChanges(entry, base));
  if (changes.newState === base.state && !changes.hasMoreChanges) return false;
  entry.base = withChanges(entry.base ?? base, changes, fetched);
  show(entry);
  tell(entry, changes);
  return changes.hasMoreChanges;
}

function changesSince(entry: Entry, base: Collection<AnyObject>) {
  return client.changes(entry.type, entry.accountId, base.state, { signal: withinTime() });
}

async function fetchChanges(entry: Entry, base: Collection<AnyObject>): Promise<[ChangesResponse, AnyObject[]]> {
  const changes = changesSince(entry, base);
  const get = (path: string) =>
    client.get(entry.type, entry.accountId, { '#ids': reference(changes, path) }, { signal: withinTime() });
  const [found, created, updated] = await Promise.all([changes, get('/created'), get('/updated')]);
  return [found, [...created.list, ...updated.list]];
}

async function fetchHeldChanges(entry: Entry, base: Collection<AnyObject>): Promise<[ChangesResponse, AnyObject[]]> {
  const changes = await changesSince(entry, base);
  const ids = changes.updated.filter((id) => base.byId.has(id));
  if (ids.length === 0) return [changes, []];
  const reply = await client.get(entry.type, entry.accountId, { ids }, { signal: withinTime() });
  return [changes, [...reply.list]];
}

function tell(entry: Entry, changes: Changes): void {
  for (const listener of changeListeners.get(entry.type) ?? []) listener(entry.accountId, changes);
}

/**
 * Shows a change at once and takes it back if `commit` fails. After success the overlay stays until the
 * server's own version has been fetched, so that nothing flickers.
 */
export async function optimistically<T extends TypeName, R>(
  type: T,
  accountId: Id,
  overlay: Overlay<DataTypes[T]>,
  commit: () => Promise<R>,
): Promise<R> {
  const takeBack = showMeanwhile(type, accountId, overlay);
  try {
    const result = await commit();
    await sync(type, accountId);
    return result;
  } finally {
    takeBack();
  }
}

/** Shows a change until the function that is answered takes it back. */
export function showMeanwhile<T extends TypeName>(type: T, accountId: Id, overlay: Overlay<DataTypes[T]>): () => void {
  const entry = entryOf(type, accountId);
  entry.overlays = [...entry.overlays, overlay as Overlay<AnyObject>];
  show(entry);
  return () => {
    entry.overlays = entry.overlays.filter((other) => other !== overlay);
    show(entry);
  };
}

/** Forgets accounts that are no longer ours, or everything on signing out. */
export function forget(isLost: (accountId: Id) => boolean): void {
  for (const [key, entry] of entries) {
    if (!isLost(entry.accountId)) continue;
    entries.delete(key);
    entry.base = undefined;
    show(entry);
  }
}
