import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { type JsonObject, textOf } from '../../src/lib/json.ts';

/** An object of the server as it was seen last. */
export type Kept = {
  readonly accountId: string;
  readonly type: string;
  readonly id: string;
  readonly object: JsonObject;
};

/** A change that waits for the connection, or that the server did not take. */
export type Pending = {
  readonly number?: number;
  readonly accountId: string;
  readonly cardId: string;
  /** How the card is called, for the person. */
  readonly name: string;
  readonly change:
    | { readonly kind: 'create'; readonly content: JsonObject }
    | { readonly kind: 'update'; readonly patch: JsonObject }
    | { readonly kind: 'destroy' }
    /** The private note about the card; null: none. */
    | { readonly kind: 'note'; readonly text: string | null };
  /** Why the server did not take it; absent: it has not been asked yet. */
  readonly refused?: string;
};

interface Schema extends DBSchema {
  objects: { key: [string, string, string]; value: Kept; indexes: { type: [string, string] } };
  /** The session, the site's context, states and times, each under its name. */
  facts: { key: string; value: unknown };
  pending: { key: number; value: Pending };
}

/** What this browser keeps of one person's contacts. */
export type OfflineDatabase = IDBPDatabase<Schema>;

const name = 'coterie-offline';

let opened: Promise<OfflineDatabase> | undefined;

/** The database of this browser; opened once. */
export function database(): Promise<OfflineDatabase> {
  opened ??= openDB<Schema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('objects', { keyPath: ['accountId', 'type', 'id'] }).createIndex('type', [
        'accountId',
        'type',
      ]);
      db.createObjectStore('facts');
      db.createObjectStore('pending', { keyPath: 'number', autoIncrement: true });
    },
  });
  return opened;
}

/** Everything of a type in an account. */
export async function objectsOf(accountId: string, type: string): Promise<JsonObject[]> {
  const kept = await (await database()).getAllFromIndex('objects', 'type', [accountId, type]);
  return kept.map(({ object }) => object);
}

/** One object, if it is kept. */
export async function objectOf(accountId: string, type: string, id: string): Promise<JsonObject | undefined> {
  return (await (await database()).get('objects', [accountId, type, id]))?.object;
}

/** Keeps objects and forgets others, all or nothing. */
export async function keep(
  accountId: string,
  type: string,
  { put = [], remove = [] }: { readonly put?: readonly JsonObject[]; readonly remove?: readonly string[] },
): Promise<void> {
  const change = (await database()).transaction('objects', 'readwrite');
  for (const object of put) void change.store.put({ accountId, type, id: textOf(object['id']), object });
  for (const id of remove) void change.store.delete([accountId, type, id]);
  await change.done;
}

/** What is known under a name. */
export async function fact<T>(key: string): Promise<T | undefined> {
  return (await (await database()).get('facts', key)) as T | undefined;
}

/** Remembers something under a name. */
export async function noteFact(key: string, value: unknown): Promise<void> {
  await (await database()).put('facts', value, key);
}

let erasures = 0;

/** How often everything was forgotten: what was asked before that is not kept any more. */
export function erasureCount(): number {
  return erasures;
}

/** What a page is told before anybody signs in is nobody's. */
const ofNobody = 'context';

/** Forgets everything about a person, when they sign out or turn it off. */
export async function eraseAll(): Promise<void> {
  erasures += 1;
  const db = await database();
  await Promise.all([db.clear('objects'), eraseFacts(db), db.clear('pending')]);
}

async function eraseFacts(db: OfflineDatabase): Promise<void> {
  const change = db.transaction('facts', 'readwrite');
  for (const key of await change.store.getAllKeys()) if (key !== ofNobody) void change.store.delete(key);
  await change.done;
}
