import type { AddressBook } from '../../client/src/types.ts';
import { type JsonObject, textOf } from '../../src/lib/json.ts';
import { applyPatch, InvalidPatch } from '../../src/lib/jsonPatchObject.ts';
import { mayChange } from '../model/rights.ts';
import { database, fact, keep, objectOf, objectsOf, type Pending } from './database.ts';
import { filedAs } from './matches.ts';
import { stateKey } from './mirror.ts';

type Refusals = Record<string, JsonObject>;

/** A `ContactCard/set` without the server: what is kept changes at once, and the change waits for the connection. */
export async function setCards(args: JsonObject): Promise<JsonObject> {
  const accountId = textOf(args['accountId']);
  const state = (await fact<string>(stateKey(accountId, 'ContactCard'))) ?? '';
  const [created, notCreated] = await each(args['create'], (content) => create(accountId, content));
  const [updated, notUpdated] = await each(args['update'], async (patch, id) => update(accountId, id, patch));
  const destroyed: string[] = [];
  const notDestroyed: Refusals = {};
  for (const id of (args['destroy'] as readonly string[] | null | undefined) ?? []) {
    const refusal = await destroy(accountId, id);
    if (refusal) notDestroyed[id] = refusal;
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

function refusal(type: string): JsonObject {
  return { type, description: 'Not without a connection' };
}

async function create(accountId: string, content: JsonObject): Promise<JsonObject> {
  if (!(await isAllowed(accountId, content, ({ myRights }) => myRights.mayAdd))) return refusal('forbidden');
  const id = `offline-${crypto.randomUUID()}`;
  const uid = content['uid'] ?? `urn:uuid:${crypto.randomUUID()}`;
  const kind = content['kind'] ?? 'individual';
  const card = { ...content, id, uid, kind, fileAs: filedAs(content), addedByMe: true };
  await keep(accountId, 'ContactCard', { put: [card] });
  await wait({ accountId, cardId: id, name: card.fileAs, change: { kind: 'create', content: { ...content, uid } } });
  return { id, uid, fileAs: card.fileAs };
}

async function update(accountId: string, id: string, patch: JsonObject): Promise<JsonObject | null> {
  const card = await objectOf(accountId, 'ContactCard', id);
  if (!card) return refusal('notFound');
  try {
    const patched = applyPatch(card, patch);
    if (!(await isChangeable(accountId, card)) || !(await isChangeable(accountId, patched)))
      return refusal('forbidden');
    const put = { ...patched, fileAs: filedAs(patched) };
    await keep(accountId, 'ContactCard', { put: [put] });
    await wait({ accountId, cardId: id, name: put.fileAs, change: { kind: 'update', patch } });
    return { fileAs: put.fileAs };
  } catch (error) {
    if (error instanceof InvalidPatch) return refusal('invalidPatch');
    throw error;
  }
}

async function destroy(accountId: string, id: string): Promise<JsonObject | null> {
  const card = await objectOf(accountId, 'ContactCard', id);
  if (!card) return refusal('notFound');
  if (!(await isChangeable(accountId, card))) return refusal('forbidden');
  await keep(accountId, 'ContactCard', { remove: [id] });
  await wait({ accountId, cardId: id, name: textOf(card['fileAs']), change: { kind: 'destroy' } });
  return null;
}

function isChangeable(accountId: string, card: JsonObject): Promise<boolean> {
  return isAllowed(accountId, card, (book) => mayChange(book, { addedByMe: card['addedByMe'] === true }));
}

/** As the rights were when they were seen last, in each folder that a card names; the server decides when it is asked. */
async function isAllowed(accountId: string, card: JsonObject, test: (book: AddressBook) => boolean): Promise<boolean> {
  const bookIds = Object.keys((card['addressBookIds'] ?? {}) as object);
  const books = (await objectsOf(accountId, 'AddressBook')) as unknown as readonly AddressBook[];
  const isIn = (id: string) => books.some((book) => book.id === id && test(book));
  return bookIds.length > 0 && bookIds.every(isIn);
}

async function wait(pending: Pending): Promise<void> {
  await (await database()).add('pending', pending);
}
