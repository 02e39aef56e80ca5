import { AppError, invalid } from '../../errors.ts';
import { transact, within } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { requireBook } from '../sharing/access.ts';
import type { Rights } from '../sharing/rights.ts';
import { endShare, updateShare } from './changeShare.ts';
import { createShare } from './createShare.ts';
import type { ShareWith } from '../sharing/shareWithOf.ts';
import { standardMail } from './types.ts';

/**
 * Makes the grants to principals what `shareWith` says: new ones are made, others changed, absent ones ended, each with
 * its standard mail. Errors: those of the single operations; an unknown Principal is `invalid` with its path.
 */
export async function setShareWith(context: Context, bookId: string, wanted: ShareWith | null): Promise<void> {
  await transact(context, async (tx) => {
    await requireBook(tx, context, bookId, 'mayShare');
    const inside = within(context, tx);
    const shares = await tx.all(tx.build.selectFrom('share').selectAll().where('book_id', '=', bookId).where('type', '=', 'principal'));
    const old = new Map(shares.map((share) => [share.principal_id!, share]));
    for (const [principalId, rights] of Object.entries(wanted ?? {})) {
      const share = old.get(principalId);
      if (share) await updateShare(inside, share.id, { rights }, standardMail);
      else await createNew(inside, bookId, principalId, rights);
    }
    for (const [principalId, share] of old) {
      if (!(principalId in (wanted ?? {}))) await endShare(inside, share.id, standardMail);
    }
  });
}

async function createNew(context: Context, bookId: string, principalId: string, rights: Rights): Promise<void> {
  try {
    await createShare(context, { addressBookId: bookId, type: 'principal', principalId, rights }, standardMail);
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'invalid') throw error;
    throw invalid(`shareWith/${principalId}`, error.message, error.details.reason === undefined ? {} : { reason: error.details.reason });
  }
}
