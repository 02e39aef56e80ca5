import { type JsonObject, textOf } from '../../src/lib/json.ts';
import { database, fact, type Pending } from './database.ts';
import { stateKey } from './mirror.ts';

type Refusals = Record<string, JsonObject>;

/** What is done with each object of a /set: what was set beyond what was sent, or a refusal. */
export interface SetOperations {
  readonly create: (accountId: string, value: JsonObject) => Promise<JsonObject>;
  readonly update: (accountId: string, id: string, patch: JsonObject) => Promise<JsonObject | null>;
  readonly destroy: (accountId: string, id: string) => Promise<JsonObject | null>;
}

/** A /set (RFC 8620 §5.3) without the server: what is kept changes at once, and the change waits for the connection. */
export async function setObjects(type: string, operations: SetOperations, args: JsonObject): Promise<JsonObject> {
  const accountId = textOf(args['accountId']);
  const state = (await fact<string>(stateKey(accountId, type))) ?? '';
  const [created, notCreated] = await each(args['create'], (content) => operations.create(accountId, content));
  const [updated, notUpdated] = await each(args['update'], (patch, id) => operations.update(accountId, id, patch));
  const destroyed: string[] = [];
  const notDestroyed: Refusals = {};
  for (const id of (args['destroy'] as readonly string[] | null | undefined) ?? []) {
    const refused = await operations.destroy(accountId, id);
    if (refused) notDestroyed[id] = refused;
    else destroyed.push(id);
  }
  return {
    accountId,
    oldState: state,
    newState: state,
    created,
    updated,
    destroyed,
    notCreated,
    notUpdated,
    notDestroyed,
  } as JsonObject;
}

/** An object is what was set; an error of RFC 8620 §5.3 comes with `type`. */
async function each(
  all: unknown,
  one: (value: JsonObject, id: string) => Promise<JsonObject | null>,
): Promise<[Record<string, JsonObject | null>, Refusals]> {
  const done: Record<string, JsonObject | null> = {};
  const refused: Refusals = {};
  for (const [id, value] of Object.entries((all ?? {}) as Record<string, JsonObject>)) {
    const result = await one(value, id);
    if (result && 'type' in result && 'description' in result) refused[id] = result;
    else done[id] = result;
  }
  return [done, refused];
}

/** An error of RFC 8620 §5.3. */
export function refusal(type: string, more: JsonObject = {}): JsonObject {
  return { type, description: 'Not without a connection', ...more };
}

/** Keeps a change until the connection is back. */
export async function wait(pending: Pending): Promise<void> {
  await (await database()).add('pending', pending);
}
