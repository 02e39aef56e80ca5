import { createHash } from 'node:crypto';
import type { Reader } from '../../db/database.ts';
import type { Context } from '../context.ts';
import { newestNote, visibleNotes } from '../privateNote/visibleNotes.ts';

/** The state of a person's notes: the latest change, and the contacts whose notes they can see. */
export async function noteState(context: Context, reader: Reader = context.db): Promise<string> {
  const seq = await newestNote(reader, context.actor.principalId);
  const notes = await visibleNotes(reader, context, null);
  return writeNoteState(
    String(seq),
    notes.map(({ id }) => id),
  );
}

/** The state in text. */
export function writeNoteState(seq: string, ids: Iterable<string>): string {
  const hash = createHash('sha256').update([...ids].toSorted().join());
  return `${seq}-${hash.digest('base64url').slice(0, 12)}`;
}
