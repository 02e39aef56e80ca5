import { type Json, type JsonObject, textOf } from '../../src/lib/json.ts';
import { askOne } from './ask.ts';
import { database, fact, keep, type Pending } from './database.ts';

let running: Promise<void> | undefined;

/** Sends what waits, in the order in which it was done; what the server does not take stays, with the reason. */
export function sendPending(): Promise<void> {
  running ??= send().finally(() => {
    running = undefined;
  });
  return running;
}

async function send(): Promise<void> {
  const db = await database();
  const numbers = await db.getAllKeys('pending');
  for (const number of numbers) {
    // As it is now: the one before may have told what the server calls its card.
    const pending = await db.get('pending', number);
    if (pending === undefined || pending.refused !== undefined) continue;
    const outcome = await sendOne(pending);
    if (outcome.newId !== undefined) await renameCard(pending, outcome.newId);
    if (outcome.refused === undefined) await db.delete('pending', number);
    else await db.put('pending', { ...pending, refused: outcome.refused });
    // The real one comes with the next changes.
    if (pending.change.kind === 'create') await forgetMade(pending);
  }
}

async function forgetMade({ accountId, cardId }: Pending): Promise<void> {
  await keep(accountId, 'ContactCard', { remove: [cardId] });
  await keep((await fact<string>('own')) ?? accountId, 'PrivateNote', { remove: [cardId] });
}

/** What is still to be done with a card that was made here is done with the server's; also when the connection breaks in between. */
async function renameCard({ cardId }: Pending, newId: string): Promise<void> {
  const change = (await database()).transaction('pending', 'readwrite');
  for (const later of await change.store.getAll())
    if (later.cardId === cardId) void change.store.put({ ...later, cardId: newId });
  await change.done;
}

/** What the server says of a change that it has made already. */
const arrived: Readonly<Partial<Record<CardChange['kind'], string>>> = {
  create: 'alreadyExists',
  destroy: 'notFound',
};

type Outcome = { readonly newId?: string; readonly refused?: string };

async function sendOne(pending: Pending): Promise<Outcome> {
  const { accountId, cardId, change } = pending;
  if (change.kind === 'note') return sendNote(pending, change.text);
  const reply = await askOne('ContactCard/set', { accountId, ...argumentsOf(cardId, change) });
  const refused = refusalIn(reply);
  // It had arrived before, and only the answer was lost.
  if (refused && refused['type'] === arrived[change.kind]) return idOf(refused['existingId']);
  if (refused) return { refused: textOf(refused['type']) };
  const created = (reply['created'] as Record<string, { readonly id: string }> | null)?.['new'];
  return idOf(created?.id);
}

function refusalIn(reply: JsonObject): JsonObject | undefined {
  return [reply['notCreated'], reply['notUpdated'], reply['notDestroyed']].flatMap((errors) =>
    Object.values((errors ?? {}) as Record<string, JsonObject>),
  )[0];
}

/** The note as it is now, whether the server has one already or not. */
async function sendNote({ accountId, cardId }: Pending, text: string | null): Promise<Outcome> {
  const set = async (args: JsonObject) => refusalIn(await askOne('PrivateNote/set', { accountId, ...args }));
  let refused = await set(text === null ? { destroy: [cardId] } : { update: { [cardId]: { text } } });
  const isMissing = refused?.['type'] === 'notFound';
  if (isMissing) refused = text === null ? undefined : await set({ create: { new: { cardId, text } } });
  return refused ? { refused: textOf(refused['type']) } : {};
}

type CardChange = Exclude<Pending['change'], { readonly kind: 'note' }>;

function argumentsOf(cardId: string, change: CardChange): JsonObject {
  if (change.kind === 'create') return { create: { new: change.content } };
  return change.kind === 'update' ? { update: { [cardId]: change.patch } } : { destroy: [cardId] };
}

function idOf(id: Json | undefined): Outcome {
  return typeof id === 'string' ? { newId: id } : {};
}
