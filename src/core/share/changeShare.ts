import type { Reader } from '../../db/database.ts';
import type { ShareRow } from '../../db/schema.ts';
import { AppError, notFound } from '../../errors.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { columnsOf, findBook, rightsOf } from '../sharing/access.ts';
import { noteAccess } from '../sharing/accessLog.ts';
import type { VisibleBook } from '../sharing/access.ts';
import { areSame } from '../sharing/rights.ts';
import type { Rights } from '../sharing/rights.ts';
import { announce } from './announce.ts';
import { readExpiry, requireGiving, requireOutside } from './createShare.ts';
import { giveShare, takeShare } from './giveShare.ts';
import { requireAllowed, withinLifetime } from './outside.ts';
import type { MailChoice } from './types.ts';

/** The properties of a share that can be changed. */
export type ShareUpdate = { readonly rights?: Rights; readonly expiresAt?: string | null };

/** Changes the role or the end date of a share and tells the grantee. If nothing changes, nobody is told. */
export async function updateShare(
  context: Context,
  shareId: string,
  update: ShareUpdate,
  mail: MailChoice,
): Promise<void> {
  await transact(context, async (tx) => {
    const { share, seen } = await requireShare(tx, context, shareId);
    const rights = update.rights ?? rightsOf(share);
    if (share.type !== 'principal') requireOutside(share.type, rights);
    requireGiving(seen, rights, rightsOf(share));
    const expiresAt =
      update.expiresAt === undefined || update.expiresAt === share.expires_at
        ? share.expires_at
        : withinLifetime(context, share.type, readExpiry(context, update.expiresAt));
    const row: ShareRow = {
      ...share,
      ...columnsOf(rights),
      expires_at: expiresAt,
      note: mail.message === 'note' ? mail.note : share.note,
    };
    const same = areSame(rights, rightsOf(share)) && expiresAt === share.expires_at;
    if (same) return;
    await giveShare(tx, context, seen.book, { row, old: share });
    await announce(tx, context, { kind: 'modified', book: seen.book, share: row, old: share }, mail);
  });
}

/** Ends a share; access ends with it at once, on every way in. */
export async function endShare(context: Context, shareId: string, mail: MailChoice): Promise<void> {
  await transact(context, async (tx) => {
    const { share, seen } = await requireShare(tx, context, shareId);
    await takeShare(tx, context, seen.book, share);
    await announce(tx, context, { kind: 'revoked', book: seen.book, share }, mail);
  });
}

/** Sends the announcement of a share again, with a new note. */
export async function resendShare(context: Context, shareId: string, mail: MailChoice): Promise<void> {
  await transact(context, async (tx) => {
    const { share, seen } = await requireShare(tx, context, shareId);
    if (share.type === 'public') throw new AppError('forbidden', 'Nobody can be told of a public link');
    if (share.type === 'guest') requireAllowed(context, 'guest');
    const row = { ...share, note: mail.message === 'note' ? mail.note : share.note };
    await noteAccess(
      tx,
      context,
      { accountId: row.account_id, bookId: row.book_id, granteeId: row.principal_id },
      async () => {
        await tx.run(tx.build.updateTable('share').set({ note: row.note }).where('id', '=', share.id));
      },
    );
    await announce(tx, context, { kind: 'created', book: seen.book, share: row }, mail);
  });
}

/** The share, when the person may share its folder; else *not found*. */
async function requireShare(
  reader: Reader,
  context: Context,
  shareId: string,
): Promise<{ share: ShareRow; seen: VisibleBook }> {
  const share = await reader.first(reader.build.selectFrom('share').selectAll().where('id', '=', shareId));
  const seen = share ? await findBook(reader, context, share.book_id) : undefined;
  if (!share || !seen?.rights.mayShare) throw notFound('share');
  return { share, seen };
}
