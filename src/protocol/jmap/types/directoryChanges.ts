import type { Context } from '../../../core/context.ts';
import { directoryBookState } from '../../../core/directorybook/directoryBook.ts';
import { AppError } from '../../../errors.ts';
import type { ChangesResult } from '../engine/changesMethod.ts';

/** What changed in « Annuaire »: nothing, or more than can be told (RFC 8620 §5.2). */
export async function directoryChanges(context: Context, since: string): Promise<ChangesResult> {
  if (since !== (await directoryBookState(context))) throw noLog();
  return { newState: since, hasMoreChanges: false, created: [], updated: [], destroyed: [] };
}

/** The refusal to tell changes of what keeps no log. */
export function noLog(): AppError {
  return new AppError('cannotCalculateChanges', 'The directory keeps no log');
}
