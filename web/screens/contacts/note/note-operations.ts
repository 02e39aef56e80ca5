import { SetFailure } from '../../../../client/src/errors.ts';
import type { PrivateNote } from '../../../../client/src/personal.ts';
import type { Id } from '../../../../client/src/types.ts';
import { setStrictly } from '../../../api/jmap.ts';
import { putObjects, sync } from '../../../api/store.ts';

/** A note, where it is kept and whether it is known there. */
export interface NotePlace {
  readonly ownAccountId: Id;
  readonly cardId: Id;
  readonly cardAccountId: Id;
}

/** Keeps what was typed; without a text there is no note. Another window may have made or taken it away meanwhile. */
export async function saveNote(place: NotePlace, text: string, isThere: boolean): Promise<void> {
  const { ownAccountId, cardId, cardAccountId } = place;
  if (text.trim() === '') {
    if (isThere) await unless('notFound', () => set(ownAccountId, { destroy: [cardId] }));
    return sync('PrivateNote', ownAccountId);
  }
  const create = () => set(ownAccountId, { create: { note: { cardId, text } } });
  const update = () => set(ownAccountId, { update: { [cardId]: { text } } });
  const isDone = await (isThere ? unless('notFound', update) : unless('alreadyExists', create));
  if (!isDone) await (isThere ? create() : update());
  const note: PrivateNote = { id: cardId, cardId, cardAccountId, text, updated: new Date().toISOString() };
  putObjects('PrivateNote', ownAccountId, '', [note]);
}

function set(accountId: Id, args: Parameters<typeof setStrictly>[2]): Promise<unknown> {
  return setStrictly('PrivateNote', accountId, args);
}

/** Whether it was done; not, when it is refused for this reason. */
async function unless(type: string, task: () => Promise<unknown>): Promise<boolean> {
  try {
    await task();
    return true;
  } catch (error) {
    if (error instanceof SetFailure && error.error.type === type) return false;
    throw error;
  }
}
