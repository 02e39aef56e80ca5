import { createHash } from 'node:crypto';
import { AppError } from '../../../errors.ts';
import type { Context } from '../../context.ts';
import { seesAll } from '../../scope.ts';
import { visibleBooks } from '../../sharing/access.ts';
import { changesOf } from '../../sync/changesOf.ts';
import { stateOf } from '../../sync/states.ts';
import { asksForNotes, notesOfFilter } from './noteConditions.ts';
import type { CardFilter } from './queryTypes.ts';

/** The cards that changed between two query states, whatever the query. */
export type ChangedCards = {
  /** Those that may have been among the results. */
  readonly before: readonly string[];
  /** Those that may be among the results now. */
  readonly now: readonly string[];
};

/**
 * The state of every query of cards in an account. In somebody else's it also tells which folders the person could read:
 * a grant ends by the clock, and no row of the log says so at that moment. Of a filter that looks into private notes it
 * tells the last of these, too.
 */
export async function cardQueryState(context: Context, accountId: string, filter: CardFilter | null): Promise<string> {
  const state = await stateOfCards(context, accountId);
  return asksForNotes(filter) ? `${state}-n${await noteVersion(context, filter)}` : state;
}

async function stateOfCards(context: Context, accountId: string): Promise<string> {
  const state = await stateOf(context, accountId, 'ContactCard');
  if (seesAll(context, accountId)) return state;
  return `${state}-${await readable(context, accountId)}`;
}

/**
 * What changed since a query state: enough to update the results of any filter in any order exactly. Everything that
 * filters and orders look at is in the card and its folder, and whoever writes that notes the card in the change log.
 * So a card that has not been noted since then matches now if and only if it matched then, and any two such cards are
 * in the same order. Remove every noted card from the old results, and the new results without the noted cards remain;
 * insert at their new positions, first to last, the noted cards that match now, and the new results are complete. A
 * card that was edited without moving is removed and inserted again, as RFC 8620 §5.6 requires, since filtered and
 * sorted properties can be edited. Errors: `cannotCalculateChanges` if the log cannot tell: the person can read other
 * folders than then, or too much has happened since.
 */
export async function changedCards(
  context: Context,
  accountId: string,
  { state: given, filter }: { readonly state: string; readonly filter: CardFilter | null },
): Promise<ChangedCards> {
  const isOwner = seesAll(context, accountId);
  const [, sinceState = given, notes] = /^(.*)-n(\d+)$/u.exec(given) ?? [];
  // What was noted since may have been about any card.
  if (asksForNotes(filter) && notes !== (await noteVersion(context, filter))) throw cannotTell();
  const [, state = '', folders = ''] = isOwner ? ['', sinceState] : (/^(\d+-\d+)-([0-9a-f]+)$/.exec(sinceState) ?? []);
  if (!isOwner && folders !== (await readable(context, accountId))) throw cannotTell();
  const { created, updated, destroyed, hasMoreChanges } = await changesOf(
    context,
    accountId,
    'ContactCard',
    state,
    null,
  );
  if (hasMoreChanges) throw cannotTell();
  return { before: [...destroyed, ...updated], now: [...created, ...updated] };
}

function cannotTell(): AppError {
  return new AppError('cannotCalculateChanges', 'What changed since cannot be told: ask for the results again');
}

async function noteVersion(context: Context, filter: CardFilter | null): Promise<string> {
  return (await notesOfFilter(context, filter)).version.split(' ')[1] ?? '0';
}

async function readable(context: Context, accountId: string): Promise<string> {
  const bookIds = (await visibleBooks(context.db, context, accountId)).map(({ book }) => book.id);
  return createHash('sha256').update(bookIds.toSorted().join()).digest('hex').slice(0, 12);
}
