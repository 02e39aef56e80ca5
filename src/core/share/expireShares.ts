import { transact } from '../change/transact.ts';
import type { World } from '../context.ts';
import { languagesOf } from '../preferences/languagesOf.ts';
import { announce } from './announce.ts';
import { takeShare } from './giveShare.ts';
import { standardMail } from './types.ts';

const atOnce = 100;

/**
 * Ends shares whose end date has passed and tells those concerned. The rights themselves end with the date, by the
 * clock; this removes what is left. Returns their number.
 */
export async function expireShares(world: World): Promise<number> {
  return transact(world, async (tx) => {
    const { build } = tx;
    const due = await tx.all(
      build
        .selectFrom('share')
        .selectAll()
        .where('expires_at', '<=', world.now().toISOString())
        .orderBy('expires_at')
        .limit(atOnce),
    );
    for (const share of due) {
      const book = await tx.first(build.selectFrom('address_book').selectAll().where('id', '=', share.book_id));
      // The last moment in which it held: what is noted is the step from there to without it. It is the owner who lets it end.
      const lastMoment = new Date(Date.parse(share.expires_at!) - 1);
      const language = (await languagesOf(tx, [share.account_id], 'fr'))(share.account_id);
      const context = { ...world, now: () => lastMoment, actor: { principalId: share.account_id, language } };
      await takeShare(tx, context, book!, share, 'expired');
      await announce(tx, context, { kind: 'expired', book: book!, share }, standardMail);
    }
    return due.length;
  });
}
