import type { ContactCard } from '../../../../client/src/types.ts';
import { call } from '../../../api/jmap.ts';
import { byAccount, cardKey, type CardRef, chunksOf } from '../../../model/cards/card-ref.ts';

/** A request may ask for so many (RFC 8620 §2, maxObjectsInGet). */
const cardsPerRequest = 500;

/** These properties of some cards, in their order; those that have gone meanwhile are left out. */
export async function loadCards(
  refs: readonly CardRef[],
  properties: readonly string[],
  onProgress: (done: number) => void = () => {},
): Promise<readonly ContactCard[]> {
  const cards = new Map<string, ContactCard>();
  for (const [accountId, ofAccount] of byAccount(refs)) {
    for (const chunk of chunksOf(ofAccount, cardsPerRequest)) {
      const ids = chunk.map(({ id }) => id);
      const { list } = await call('ContactCard/get', { accountId, ids, properties: ['id', ...properties] });
      for (const card of list) cards.set(cardKey({ accountId, id: card.id }), card);
      onProgress(cards.size);
    }
  }
  return refs.flatMap((ref) => cards.get(cardKey(ref)) ?? []);
}
