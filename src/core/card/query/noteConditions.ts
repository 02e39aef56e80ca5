import type { Context } from '../../context.ts';
import { noteIndex } from '../../privateNote/noteIndex.ts';
import { newestNote } from '../../privateNote/visibleNotes.ts';
import { isWhole } from '../../scope.ts';
import type { WordIndex } from '../../search/words.ts';
import type { CardFilter } from './queryTypes.ts';

/** Whether a filter looks into private notes. */
export function asksForNotes(filter: CardFilter | null): boolean {
  if (filter === null) return false;
  if (filter.operator !== null) return filter.conditions.some(asksForNotes);
  return filter.condition.anyText !== undefined || filter.condition.privateNote !== undefined;
}

/**
 * The private notes that a filter looks into. `version`: what the results depend on beside the cards, which is the
 * person's alone; whoever has no notes finds what everybody finds.
 */
export async function notesOfFilter(
  context: Context,
  filter: CardFilter | null,
): Promise<{ readonly index: WordIndex | null; readonly version: string }> {
  const { actor, db } = context;
  const newest = asksForNotes(filter) && isWhole(actor) ? await newestNote(db, actor.principalId) : 0;
  if (newest === 0) return { index: null, version: '' };
  return { index: noteIndex(actor.principalId), version: `${actor.principalId} ${newest}` };
}
