import type { AddressBookRow, ShareRow } from '../../db/schema.ts';
import type { Transaction } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { findOffered } from '../sharing/access.ts';
import { noteAccess } from '../sharing/accessLog.ts';
import { noRights } from '../sharing/rights.ts';
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

/** Writes a share that is new or changed, with everything that follows from it: the log, the notification. */
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
  tx.changed({
    accountId: book.account_id,
    type: 'Share',
    id: row.id,
    kind: old ? 'updated' : 'created',
    bookId: book.id,
  });
  tx.changed({ accountId: book.account_id, type: 'AddressBook', id: book.id, kind: 'updated' });
}

/** Takes a share away, and the answers of those who have no other way to the folder. */
export async function takeShare(tx: Transaction, context: Context, book: AddressBookRow, row: ShareRow): Promise<void> {
  await withNotification(tx, context, book, row, () =>
    noteAccess(tx, context, { accountId: book.account_id, bookId: book.id, granteeId: row.principal_id }, async () => {
      await tx.run(tx.build.deleteFrom('share').where('id', '=', row.id));
    }),
  );
  await putAnswersAside(tx, context, book.id);
  tx.changed({ accountId: book.account_id, type: 'Share', id: row.id, kind: 'destroyed', bookId: book.id });
  tx.changed({ accountId: book.account_id, type: 'AddressBook', id: book.id, kind: 'updated' });
}

/** A person learns of a change of their own rights; the members of a group do not, it would be too much (RFC 9670 §3). */
async function withNotification(
  tx: Transaction,
  context: Context,
  book: AddressBookRow,
  row: ShareRow,
  change: () => Promise<void>,
): Promise<void> {
  const person = row.principal_id === null ? undefined : await findIndividual(tx, row.principal_id);
  if (!person) return change();
  const before = await rightsFor(tx, context, person, book.id);
  await change();
  await notifyOfRights(tx, context, {
    personId: person,
    book,
    before,
    after: await rightsFor(tx, context, person, book.id),
  });
}

async function findIndividual(tx: Transaction, principalId: string): Promise<string | undefined> {
  const query = tx.build
    .selectFrom('principal')
    .select('id')
    .where('id', '=', principalId)
    .where('kind', '=', 'individual');
  return (await tx.first(query))?.id;
}

async function rightsFor(tx: Transaction, context: Context, personId: string, bookId: string): Promise<Rights> {
  const seen = await findOffered(tx, { ...context, actor: { ...context.actor, principalId: personId } }, bookId);
  return seen?.rights ?? noRights;
}
