import { type JsonObject, textOf } from '../../src/lib/json.ts';
import { askOne } from './ask.ts';
import { database, keep, type Pending } from './database.ts';

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
  /** What the server calls the cards that were made here. */
  const ids = new Map<string, string>();
  for (const pending of await db.getAll('pending')) {
    if (pending.refused !== undefined) continue;
    const cardId = ids.get(pending.cardId) ?? pending.cardId;
    const outcome = await sendOne({ ...pending, cardId });
    if (outcome.refused === undefined) await db.delete('pending', pending.number!);
    else await db.put('pending', { ...pending, cardId, refused: outcome.refused });
    if (outcome.newId !== undefined) ids.set(pending.cardId, outcome.newId);
    // The real one comes with the next changes.
    if (pending.change.kind === 'create') await keep(pending.accountId, 'ContactCard', { remove: [pending.cardId] });
  }
}

/** What the server says of a change that it has made already. */
const arrived: Readonly<Partial<Record<Pending['change']['kind'], string>>> = {
  create: 'alreadyExists',
  destroy: 'notFound',
};

type Outcome = { readonly newId?: string; readonly refused?: string };

async function sendOne({ accountId, cardId, change }: Pending): Promise<Outcome> {
  const args: Readonly<Record<Pending['change']['kind'], () => JsonObject>> = {
    create: () => ({ create: { new: (change as { readonly content: JsonObject }).content } }),
    update: () => ({ update: { [cardId]: (change as { readonly patch: JsonObject }).patch } }),
    destroy: () => ({ destroy: [cardId] }),
  };
  const reply = await askOne('ContactCard/set', { accountId, ...args[change.kind]() });
  const refused = [reply['notCreated'], reply['notUpdated'], reply['notDestroyed']].flatMap((errors) =>
    Object.values((errors ?? {}) as Record<string, JsonObject>),
  )[0];
  // It had arrived before, and only the answer was lost.
  if (refused && refused['type'] === arrived[change.kind]) return {};
  if (refused) return { refused: textOf(refused['type']) };
  const created = (reply['created'] as Record<string, { readonly id: string }> | null)?.['new'];
  return created ? { newId: created.id } : {};
}
