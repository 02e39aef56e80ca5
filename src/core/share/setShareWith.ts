import type { ShareRow } from '../../db/schema.ts';
import { AppError, invalid } from '../../errors.ts';
import { transact, within } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { principalsOf } from '../principal/principalsOf.ts';
import { requireBook } from '../sharing/access.ts';
import type { Rights } from '../sharing/rights.ts';
import { endShare, updateShare } from './changeShare.ts';
import { createShare } from './createShare.ts';
import type { ShareWith } from '../sharing/shareWithOf.ts';
import { standardMail } from './types.ts';

/**
 * Makes the grants to principals match `shareWith`: new ones are created, others changed, missing ones ended, each with
 * its standard mail. Errors: those of the single operations; an unknown Principal is `invalid` with its path.
 */
export async function setShareWith(context: Context, bookId: string, wanted: ShareWith | null): Promise<void> {
  await transact(context, async (tx) => {
    await requireBook(tx, context, bookId, 'mayShare');
    const inside = within(context, tx);
    const shares = await tx.all(
      tx.build.selectFrom('share').selectAll().where('book_id', '=', bookId).where('type', '=', 'principal'),
    );
    const old = new Map(shares.map((share) => [share.principal_id!, share]));
    const rightsOf = new Map(Object.entries(wanted ?? {}));
    const mine = new Set(await principalsOf(tx, context.actor.principalId));
    for (const principalId of inOrder([...new Set([...rightsOf.keys(), ...old.keys()])], old, mine)) {
      const [share, rights] = [old.get(principalId), rightsOf.get(principalId)];
      if (!share) await createNew(inside, bookId, principalId, rights!);
      else if (rights) await updateShare(inside, share.id, { rights }, standardMail);
      else await endShare(inside, share.id, standardMail);
    }
  });
}

/** Whoever takes back what lets them share, as the last of all. */
function inOrder(
  principalIds: readonly string[],
  old: ReadonlyMap<string, ShareRow>,
  mine: ReadonlySet<string>,
): string[] {
  const place = (id: string) => (mine.has(id) ? 1 + (old.get(id)?.may_share ?? 0) : 0);
  return principalIds.toSorted((a, b) => place(a) - place(b));
}

async function createNew(context: Context, bookId: string, principalId: string, rights: Rights): Promise<void> {
  try {
    await createShare(context, { addressBookId: bookId, type: 'principal', principalId, rights }, standardMail);
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'invalid') throw error;
    throw invalid(
      `shareWith/${principalId}`,
      error.message,
      error.details.reason === undefined ? {} : { reason: error.details.reason },
    );
  }
}
