import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { World } from '../context.ts';
import { shareAct } from './giveShare.ts';
import { mostDays } from './outside.ts';

const day = 86_400_000;

/**
 * Applies a limit that an administrator has set on how long folders are shared with people outside: existing shares
 * that would last longer end that many days from now, so that nobody loses a folder without warning. Returns their
 * number.
 */
export async function boundShares(world: World): Promise<number> {
  let bounded = 0;
  for (const type of ['guest', 'public'] as const) {
    const days = mostDays(world, type);
    if (days === null) continue;
    const latest = new Date(world.now().getTime() + days * day).toISOString();
    const longest = new Date(world.now().getTime() + (days + 1) * day).toISOString();
    bounded += await transact(world, async (tx) => {
      const { build } = tx;
      const longer = await tx.all(
        build
          .selectFrom('share')
          .selectAll()
          .where('type', '=', type)
          .where(({ eb, or }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', longest)])),
      );
      for (const share of longer) {
        const { id, account_id: accountId, book_id: bookId } = share;
        await tx.run(build.updateTable('share').set({ expires_at: latest }).where('id', '=', id));
        const book = await tx.first(build.selectFrom('address_book').selectAll().where('id', '=', bookId));
        if (book) await audit(tx, world, shareAct(book, { ...share, expires_at: latest }, 'changed'));
        tx.changed({ accountId, type: 'Share', id, kind: 'updated', bookId });
      }
      return longer.length;
    });
  }
  return bounded;
}
