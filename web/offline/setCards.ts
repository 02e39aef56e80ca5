import type { AddressBook } from '../../client/src/types.ts';
import { type JsonObject, textOf } from '../../src/lib/json.ts';
import { applyPatch, InvalidPatch } from '../../src/lib/jsonPatchObject.ts';
import { mayChange } from '../model/rights.ts';
import { keep, objectOf, objectsOf } from './database.ts';
import { filedAs } from './matches.ts';
import { refusal, setObjects, wait } from './setObjects.ts';

/** A `ContactCard/set` without the server. */
export function setCards(args: JsonObject): Promise<JsonObject> {
  return setObjects('ContactCard', { create, update, destroy }, args);
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
