import type { Reader } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import type { PrivateNoteRow } from '../../db/rows/personalRows.ts';
import type { Transaction } from '../change/transaction.ts';
import type { World } from '../context.ts';
import { insertNote, longestNote, noteChange, replaceText } from './writeNote.ts';

/**
 * A card goes to another account, where it has another id: what anybody noted about it is noted there, too. Whoever does
 * not see it there finds nothing; the note of the original stays, for it may come back from the trash.
 */
export async function followNotes(tx: Transaction, fromId: string, toId: string): Promise<void> {
  for (const { principal_id: principalId, text, updated } of await notesOf(tx, fromId)) {
    await insertNote(tx, { principalId, contactId: toId, isPerson: false, text, updated });
    noteChange(tx, principalId, toId, 'created');
  }
}

/** Cards went into another one: each person has what they noted about any of them in their note about that one. */
export async function joinNotes(
  tx: Transaction,
  world: World,
  { keepId, cardIds }: { readonly keepId: string; readonly cardIds: readonly string[] },
): Promise<void> {
  const kept = new Map((await notesOf(tx, keepId)).map((note) => [note.principal_id, note.text]));
  const updated = world.now().toISOString();
  const added = new Map<string, string[]>();
  for (const cardId of cardIds)
    for (const { principal_id: principalId, text } of await notesOf(tx, cardId))
      added.set(principalId, [...(added.get(principalId) ?? []), text]);
  for (const [principalId, texts] of added) {
    const before = kept.get(principalId);
    const text = [...new Set([...(before === undefined ? [] : [before]), ...texts])].join('\n\n').slice(0, longestNote);
    const note = { principalId, contactId: keepId, text, updated };
    if (before === text) continue;
    if (before === undefined) await insertNote(tx, { ...note, isPerson: false });
    else await replaceText(tx, note);
    noteChange(tx, principalId, keepId, before === undefined ? 'created' : 'updated');
  }
}

const ofCard = statement((build, value: { cardId: string }) =>
  build.selectFrom('private_note').selectAll().where('card_id', '=', value.cardId),
);

function notesOf(reader: Reader, cardId: string): Promise<PrivateNoteRow[]> {
  return reader.all(ofCard(reader, { cardId }));
}
