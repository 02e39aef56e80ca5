import { call, setStrictly } from '../../../api/jmap.ts';
import { JmapMethodError, SetFailure } from '../../../../client/src/errors.ts';
import { sync } from '../../../api/store.ts';
import type { Id } from '../../../../client/src/types.ts';
import { contentOf } from '../../../model/cards/card-summary.ts';
import type { Draft } from '../../../model/cards/card-values.ts';
import { diffCard } from '../../../model/cards/diff-card.ts';
import { mergeCards } from '../../../model/cards/merge-card.ts';
import { refreshAccounts } from '../move/card-requests.ts';

type Content = Readonly<Record<string, unknown>>;

/** Somebody else changed the same fields; nothing was saved. */
export class EditConflict extends Error {
  readonly theirs: Draft;

  constructor(theirs: Draft) {
    super('Somebody else changed the same fields');
    this.theirs = theirs;
  }
}

/** In an account in which others write all the time somebody may come first so often; then it is saved all the same. */
const mostAttempts = 6;

/**
 * Saves only what changed, on the card as it is at that very moment (`ifInState`); what others changed meanwhile stays.
 * Throws EditConflict, or the server's refusal.
 */
export async function saveCard(accountId: Id, id: Id, before: Draft, after: Draft): Promise<void> {
  if (Object.keys(diffCard(before as Content, after as Content)).length === 0) return;
  let isSaved = false;
  for (let attempt = 1; !isSaved; attempt += 1)
    isSaved = await trySave({ accountId, id, before, after, isLast: attempt === mostAttempts });
  // Before the form closes, so that the old text is not seen once more.
  await sync('ContactCard', accountId);
  void refreshAccounts([accountId]);
}

interface Attempt {
  readonly accountId: Id;
  readonly id: Id;
  readonly before: Draft;
  readonly after: Draft;
  readonly isLast: boolean;
}

async function trySave({ accountId, id, before, after, isLast }: Attempt): Promise<boolean> {
  const { state, list } = await call('ContactCard/get', { accountId, ids: [id] });
  const [now] = list;
  if (!now) throw new SetFailure({ type: 'notFound' });
  const theirs = contentOf(now);
  const { card, conflicts } = mergeCards(before, after, theirs);
  if (conflicts.length > 0) throw new EditConflict(theirs);
  const patch = diffCard(theirs as Content, card as Content);
  if (Object.keys(patch).length === 0) return true;
  try {
    await setStrictly('ContactCard', accountId, { ...(isLast ? {} : { ifInState: state }), update: { [id]: patch } });
    return true;
  } catch (error) {
    if (error instanceof JmapMethodError && error.type === 'stateMismatch') return false;
    throw error;
  }
}

/** Makes a card in a folder; throws the server's refusal. */
export async function createCard(accountId: Id, bookId: Id, content: Draft): Promise<Id> {
  const card = { '@type': 'Card', version: '1.0', ...content, addressBookIds: { [bookId]: true } };
  const reply = await setStrictly('ContactCard', accountId, { create: { new: card } });
  void refreshAccounts([accountId]);
  return reply.created?.['new']?.id ?? '';
}
