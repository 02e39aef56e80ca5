import { statement } from '../../../db/statement.ts';
import { createBreath } from '../../../lib/breath.ts';
import type { World } from '../../context.ts';
import { insertTokens, tokenOf } from './writeWords.ts';

/** The words of so many cards come into the index together: those of one beginning lie on one page. */
const cardsAtOnce = 256;

// From the cards that wait, which are few, to their words.
const waiting = statement((build, _value: object) =>
  build
    .selectFrom('card_unindexed')
    .innerJoin('card_words', 'card_words.card_id', 'card_unindexed.card_id')
    .select(['card_unindexed.account_id', 'card_unindexed.card_id', 'card_words.words'])
    .orderBy('card_unindexed.account_id')
    .orderBy('card_unindexed.card_id')
    .limit(cardsAtOnce),
);
const noLonger = statement((build, { accountId, ids }: { accountId: string; ids: readonly string[] }) =>
  build.deleteFrom('card_unindexed').where('account_id', '=', accountId).where('card_id', 'in', ids),
);

/** Indexes the words of waiting cards, some at a time; returns the number of cards. */
export async function indexWords({ db }: Pick<World, 'db'>, signal?: AbortSignal): Promise<number> {
  const breathe = createBreath(1);
  for (let count = 0; ;) {
    const done = await db.transaction(async (tx) => {
      const cards = await tx.all(waiting(tx, {}));
      if (cards.length === 0) return 0;
      const rows = cards.flatMap(({ account_id, card_id: id, words }) =>
        words.trim() === ''
          ? []
          : words
              .trim()
              .split(' ')
              .map((word) => tokenOf({ id, account_id }, word)),
      );
      await insertTokens(tx, rows.sort(inOrderOfTheIndex));
      for (const [accountId, some] of Map.groupBy(cards, (card) => card.account_id))
        await tx.run(noLonger(tx, { accountId, ids: some.map((card) => card.card_id) }));
      return cards.length;
    });
    count += done;
    if (done < cardsAtOnce || signal?.aborted) return count;
    await breathe();
  }
}

type Row = ReturnType<typeof tokenOf>;

/** Who is written beside each other stands beside each other. */
function inOrderOfTheIndex(one: Row, other: Row): number {
  if (one.account_id !== other.account_id) return one.account_id < other.account_id ? -1 : 1;
  if (one.field !== other.field) return one.field < other.field ? -1 : 1;
  if (one.token !== other.token) return one.token < other.token ? -1 : 1;
  return one.card_id < other.card_id ? -1 : 1;
}
