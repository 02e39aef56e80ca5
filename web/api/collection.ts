import type { ChangesResponse, Id } from '../../client/src/types.ts';

/** The known objects of one type in one account, at one state. Replaced, never changed. */
export interface Collection<T> {
  readonly state: string;
  readonly byId: ReadonlyMap<Id, T>;
}

/** A change that is on the screen before the server has confirmed it. */
export interface Overlay<T> {
  readonly create?: Readonly<Record<Id, T>>;
  /** A key may be a path into a property (RFC 8620 §5.3); one step is all that the app uses: "layout/density". */
  readonly update?: Readonly<Record<Id, Partial<T> | Readonly<Record<string, unknown>>>>;
  readonly destroy?: readonly Id[];
}

/** A collection from a complete /get. */
export function collectionOf<T extends { readonly id: Id }>(state: string, list: readonly T[]): Collection<T> {
  return { state, byId: new Map(list.map((object) => [object.id, object])) };
}

/** A collection after /changes: `fetched` are the created and updated objects that were asked for. */
export function withChanges<T extends { readonly id: Id }>(
  collection: Collection<T>,
  changes: ChangesResponse,
  fetched: readonly T[],
): Collection<T> {
  const byId = new Map(collection.byId);
  for (const id of changes.destroyed) byId.delete(id);
  // An object that changed but is no longer found has been destroyed since: drop it too.
  for (const id of changes.updated) byId.delete(id);
  for (const object of fetched) byId.set(object.id, object);
  return { state: changes.newState, byId };
}

/** What the screen shows: the collection with the unconfirmed changes laid over it, in the order they were made. */
export function withOverlays<T>(collection: Collection<T>, overlays: readonly Overlay<T>[]): Collection<T> {
  if (overlays.length === 0) return collection;
  const byId = new Map(collection.byId);
  for (const overlay of overlays) {
    for (const [id, object] of Object.entries(overlay.create ?? {})) byId.set(id, object);
    for (const [id, patch] of Object.entries(overlay.update ?? {})) {
      const object = byId.get(id);
      if (object) byId.set(id, patched(object, patch));
    }
    for (const id of overlay.destroy ?? []) byId.delete(id);
  }
  return { state: collection.state, byId };
}

function patched<T>(object: T, patch: Readonly<Record<string, unknown>>): T {
  const next = { ...object } as Record<string, unknown>;
  for (const [path, value] of Object.entries(patch)) {
    const [name, inner] = path.split('/') as [string, string?];
    next[name] = inner === undefined ? value : { ...(next[name] as object), [inner]: value };
  }
  return next as T;
}
