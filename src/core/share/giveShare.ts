import type { AddressBookRow, ShareRow } from '../../db/schema.ts';
import { audit } from '../audit/audit.ts';
import type { Act } from '../audit/audit.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { membersOf } from '../principal/membersOf.ts';
import { findOffered, rightsOf } from '../sharing/access.ts';
import { noteAccess } from '../sharing/accessLog.ts';
import { noRights, roleOf } from '../sharing/rights.ts';
import type { Rights } from '../sharing/rights.ts';
import { putAnswersAside, takeAnswersBack } from './endedAnswers.ts';
import { notifyOfRights } from './notifyOfRights.ts';

/** A share as it is to be. */
type GivenShare = {
  readonly row: ShareRow;
  /** As it was; undefined: it is new. */
  readonly old: ShareRow | undefined;
  /** The end of a share is taken back, and with it that the answers to it were forgotten. */
  readonly isRestored?: boolean | undefined;
};

/** Writes a new or changed share with everything that follows from it: the log and the notification. */
export async function giveShare(
  tx: Transaction,
  context: Context,
  book: AddressBookRow,
  { row, old, isRestored = false }: GivenShare,
): Promise<void> {
  await withNotification(tx, context, book, row, () =>
    noteAccess(tx, context, { accountId: book.account_id, bookId: book.id, granteeId: row.principal_id }, async () => {
      if (old) await tx.run(tx.build.updateTable('share').set(row).where('id', '=', row.id));
      else await tx.run(tx.build.insertInto('share').values(row));
      if (isRestored && row.principal_id !== null) await takeAnswersBack(tx, context, book.id, row.principal_id);
    }),
  );
  await audit(tx, context, shareAct(book, row, old ? 'changed' : 'given'));
  tx.changed({
    accountId: book.account_id,
    type: 'Share',
    id: row.id,
    kind: old ? 'updated' : 'created',
    bookId: book.id,
  });
  tx.changed({ accountId: book.account_id, type: 'AddressBook', id: book.id, kind: 'updated' });
}

/** Deletes a share, and the answers of people who have no other access to the folder. */
export async function takeShare(
  tx: Transaction,
  context: Context,
  book: AddressBookRow,
  row: ShareRow,
  why: 'ended' | 'expired' = 'ended',
): Promise<void> {
  await withNotification(tx, context, book, row, () =>
    noteAccess(tx, context, { accountId: book.account_id, bookId: book.id, granteeId: row.principal_id }, async () => {
      await tx.run(tx.build.deleteFrom('share').where('id', '=', row.id));
    }),
  );
  await putAnswersAside(tx, context, book.id);
  await audit(tx, context, shareAct(book, row, why));
  tx.changed({ accountId: book.account_id, type: 'Share', id: row.id, kind: 'destroyed', bookId: book.id });
  tx.changed({ accountId: book.account_id, type: 'AddressBook', id: book.id, kind: 'updated' });
}

const kinds = {
  principal: { given: 'share.given', changed: 'share.changed', ended: 'share.ended' },
  guest: { given: 'guest.invited', changed: 'guest.changed', ended: 'guest.ended' },
  public: { given: 'link.made', changed: 'link.changed', ended: 'link.ended' },
} as const;

/** What happens to a share, for the audit log. */
export function shareAct(book: AddressBookRow, row: ShareRow, what: 'given' | 'changed' | 'ended' | 'expired'): Act {
  const isExpired = what === 'expired';
  const public_ = { id: null, name: 'Public' };
  return {
    kind: isExpired ? 'share.expired' : kinds[row.type][what],
    ...(isExpired ? { actorId: null } : {}),
    ownerId: book.account_id,
    object: { type: 'AddressBook', id: book.id, name: book.name },
    other: row.principal_id === null ? public_ : { id: row.principal_id },
    details: { role: roleOf(rightsOf(row)), shareId: row.id, ...(row.expires_at && { expiresAt: row.expires_at }) },
  };
}

/** Members of a larger group are not told one by one: RFC 9670 §3 lets be what would overwhelm people or the server. */
const mostNotified = 50;

/** Those whose rights change learn of it: the person, or each of the members of a group that is not too large. */
async function withNotification(
  tx: Transaction,
  context: Context,
  book: AddressBookRow,
  row: ShareRow,
  change: () => Promise<void>,
): Promise<void> {
  const people = await notifiedOf(tx, context, book, row);
  const before = new Map<string, Rights>();
  for (const personId of people) before.set(personId, await rightsFor(tx, context, personId, book.id));
  await change();
  for (const [personId, rights] of before) {
    const after = await rightsFor(tx, context, personId, book.id);
    await notifyOfRights(tx, context, { personId, book, before: rights, after });
  }
}

async function notifiedOf(
  tx: Transaction,
  context: Context,
  book: AddressBookRow,
  row: ShareRow,
): Promise<readonly string[]> {
  if (row.principal_id === null) return [];
  const query = tx.build.selectFrom('principal').select(['id', 'kind']).where('id', '=', row.principal_id);
  const grantee = await tx.first(query);
  if (grantee?.kind !== 'group') return grantee ? [grantee.id] : [];
  const members = await membersOf(tx, grantee.id, mostNotified + 1);
  if (members.length > mostNotified) return [];
  // Whoever shares with a group of their own knows it already; the owner has every right in any case.
  return members.map(({ id }) => id).filter((id) => id !== context.actor.principalId && id !== book.account_id);
}

async function rightsFor(tx: Transaction, context: Context, personId: string, bookId: string): Promise<Rights> {
  const seen = await findOffered(tx, { ...context, actor: { ...context.actor, principalId: personId } }, bookId);
  return seen?.rights ?? noRights;
}
