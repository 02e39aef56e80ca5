import { type JsonObject, textOf } from '../../src/lib/json.ts';
import { database, fact, keep, objectOf, type Pending } from './database.ts';
import { refusal, setObjects, wait } from './setObjects.ts';

/** A `PrivateNote/set` without the server. */
export function setNotes(args: JsonObject): Promise<JsonObject> {
  return setObjects('PrivateNote', { create, update, destroy }, args);
}

async function create(accountId: string, { cardId, text }: JsonObject): Promise<JsonObject> {
  const id = textOf(cardId);
  const card = await cardOf(id);
  if (!card) return refusal('invalidProperties', { properties: ['cardId'] });
  if (await objectOf(accountId, 'PrivateNote', id)) return refusal('alreadyExists', { existingId: id });
  const made = { id, cardId: id, cardAccountId: card.accountId, updated: now() };
  await keep(accountId, 'PrivateNote', { put: [{ ...made, text: text! }] });
  await waitFor(accountId, id, textOf(text));
  return made;
}

async function update(accountId: string, id: string, { text }: JsonObject): Promise<JsonObject | null> {
  const note = await objectOf(accountId, 'PrivateNote', id);
  if (!note) return refusal('notFound');
  const updated = now();
  await keep(accountId, 'PrivateNote', { put: [{ ...note, text: text!, updated }] });
  await waitFor(accountId, id, textOf(text));
  return { updated };
}

async function destroy(accountId: string, id: string): Promise<JsonObject | null> {
  if (!(await objectOf(accountId, 'PrivateNote', id))) return refusal('notFound');
  await keep(accountId, 'PrivateNote', { remove: [id] });
  await waitFor(accountId, id, null);
  return null;
}

/** A note is kept while it is typed: what waits is how it is now, once. */
async function waitFor(accountId: string, cardId: string, text: string | null): Promise<void> {
  const db = await database();
  const isSame = ({ cardId: id, change, refused }: Pending) =>
    id === cardId && change.kind === 'note' && refused === undefined;
  const earlier = (await db.getAll('pending')).find(isSame);
  if (earlier) await db.put('pending', { ...earlier, change: { kind: 'note', text } });
  else await wait({ accountId, cardId, name: (await cardOf(cardId))?.name ?? '', change: { kind: 'note', text } });
}

/** A contact that is kept, and whose it is. */
async function cardOf(id: string): Promise<{ readonly accountId: string; readonly name: string } | undefined> {
  for (const accountId of (await fact<readonly string[]>('accounts')) ?? []) {
    const card = await objectOf(accountId, 'ContactCard', id);
    if (card) return { accountId, name: textOf(card['fileAs']) };
  }
  return undefined;
}

function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
