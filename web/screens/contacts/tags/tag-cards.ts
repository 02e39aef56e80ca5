import { call, set } from '../../../api/jmap.ts';
import type { Id } from '../../../../client/src/types.ts';
import type { CardRef } from '../../../model/cards/card-ref.ts';
import { contentOf } from '../../../model/cards/card-summary.ts';
import type { Outcome } from '../move/card-requests.ts';

/** Which tags contacts get (true) and lose (false). */
export type TagChanges = ReadonlyMap<string, boolean>;

type Patch = Readonly<Record<string, unknown>>;

/** Tags some cards of one account; what is not named stays, also what others add meanwhile. */
export async function tagCards(accountId: Id, refs: readonly CardRef[], changes: TagChanges): Promise<Outcome> {
  const ids = refs.map(({ id }) => id);
  const { list } = await call('ContactCard/get', { accountId, ids, properties: ['id', 'keywords'] });
  const update: Record<Id, Patch> = {};
  const back: Record<Id, Patch> = {};
  for (const card of list) {
    const before = contentOf(card).keywords ?? {};
    const wanted = [...changes].filter(([keyword, isOn]) => isOn !== keyword in before);
    if (wanted.length === 0) continue;
    update[card.id] = patchOf(before, wanted);
    back[card.id] = { keywords: Object.keys(before).length > 0 ? before : null };
  }
  const count = Object.keys(update).length;
  if (count === 0) return { done: 0, undo: [], refused: [] };
  const reply = await set('ContactCard', accountId, { update });
  const done = Object.keys(reply.updated ?? {});
  const undo = () => set('ContactCard', accountId, { update: Object.fromEntries(done.map((id) => [id, back[id]!])) });
  return { done: done.length, undo: done.length > 0 ? [undo] : [], refused: Object.values(reply.notUpdated ?? {}) };
}

/** A patch cannot point into what is not there (RFC 8620 §5.3). */
function patchOf(before: Readonly<Record<string, true>>, wanted: readonly (readonly [string, boolean])[]): Patch {
  if (Object.keys(before).length === 0)
    return { keywords: Object.fromEntries(wanted.map(([keyword]) => [keyword, true])) };
  return Object.fromEntries(
    wanted.map(([keyword, isOn]) => [
      `keywords/${keyword.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      isOn ? true : null,
    ]),
  );
}
