import { AppError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { newestNote, visibleNotes } from '../privateNote/visibleNotes.ts';
import { changesBetween } from './changesOf.ts';
import type { ChangesAnswer } from './changesOf.ts';
import { noteState, writeNoteState } from './noteState.ts';

/**
 * What changed among the notes that a person sees. The log tells what was written, but not which contacts the person
 * could see at the time. So the earlier notes are taken to be today's without what was written since, and the state
 * verifies that; if it does not match, contacts have come or gone in the meantime: `cannotCalculateChanges`.
 */
export async function noteChanges(
  context: Context,
  sinceState: string,
  maxChanges: number | null,
): Promise<ChangesAnswer> {
  const [, seq = ''] = /^(\d+)-[\w-]{12}$/u.exec(sinceState) ?? [];
  // The new state is read before the log: what comes in between is told twice rather than never.
  const newState = await noteState(context);
  const here = new Set((await visibleNotes(context.db, context, null)).map(({ id }) => id));
  if ((await stateThen(context, here, seq)) !== sinceState) throw cannot();
  const part = await written(context, { since: seq, until: newState.split('-')[0]!, maxChanges });
  const seen = (ids: readonly string[]) => ids.filter((id) => here.has(id));
  return {
    ...part,
    oldState: sinceState,
    newState: part.hasMoreChanges ? await stateThen(context, here, part.newState) : newState,
    created: seen(part.created),
    updated: seen(part.updated),
  };
}

/** The state that there was when the log stood there, if no contact came or went since. */
async function stateThen(context: Context, here: ReadonlySet<string>, seq: string): Promise<string> {
  const now = String(await newestNote(context.db, context.actor.principalId));
  const since = await written(context, { since: seq, until: now, maxChanges: null });
  if (since.hasMoreChanges) throw cannot();
  const ids = new Set(here);
  for (const id of since.created) ids.delete(id);
  for (const id of since.destroyed) ids.add(id);
  return writeNoteState(seq, ids);
}

type Part = { readonly since: string; readonly until: string; readonly maxChanges: number | null };

/** What the log says of the person's notes between two positions. */
function written(context: Context, { since, until, maxChanges }: Part): Promise<ChangesAnswer> {
  const accountId = context.actor.principalId;
  const between = { sinceState: since, newState: until, maxChanges };
  return changesBetween(context, { accountId, type: 'PrivateNote', ...between });
}

function cannot(): AppError {
  return new AppError('cannotCalculateChanges', 'Changes since this state cannot be told; ask for everything');
}
