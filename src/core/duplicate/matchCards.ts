import { statement } from '../../db/statement.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { matchKeys } from '../../format/matching/matchKeys.ts';
import { createBreath } from '../../lib/breath.ts';
import { writeMatchKeys } from '../card/writeMatchKeys.ts';
import { transact } from '../change/transact.ts';
import type { World } from '../context.ts';

const cardsAtOnce = 100;

const unmatched = statement((build, _value: object) =>
  build
    .selectFrom('card_unmatched')
    .innerJoin('card', 'card.id', 'card_unmatched.card_id')
    .select(['card.id', 'card.account_id', 'card.book_id', 'card.data'])
    .limit(cardsAtOnce),
);

/** Gives keys to cards that were stored before duplicates were searched for; returns their number. */
export async function matchCards(world: World): Promise<number> {
  const breathe = createBreath(1);
  for (let count = 0; ;) {
    const done = await transact(world, async (tx) => {
      const cards = await tx.all(unmatched(tx, {}));
      for (const card of cards)
        await writeMatchKeys(tx, card, matchKeys(JSON.parse(card.data) as Card).join(' '), true);
      const ids = cards.map(({ id }) => id);
      if (ids.length > 0) await tx.run(tx.build.deleteFrom('card_unmatched').where('card_id', 'in', ids));
      return ids.length;
    });
    count += done;
    if (done === 0) return count;
    await breathe();
  }
}
