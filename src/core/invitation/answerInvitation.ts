import type { AddressBookRow } from '../../db/schema.ts';
import { AppError, notFound } from '../../errors.ts';
import { readColor } from '../addressbook/colors.ts';
import { freeName, readName, requireFreeName } from '../addressbook/names.ts';
import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { principalsOf } from '../principal/principalsOf.ts';
import { announceAnswer } from '../share/announce.ts';
import { noMail } from '../share/types.ts';
import type { MailChoice } from '../share/types.ts';
import { findOffered, visibleBooks } from '../sharing/access.ts';
import type { VisibleBook } from '../sharing/access.ts';
import { subtree } from '../sharing/subtree.ts';
import { proposeName } from './listInvitations.ts';

/**
 * The answer to an invitation, with a name and a colour of one's own if it is accepted; « waiting » takes an answer
 * back.
 */
export type Answer = {
  readonly status: 'accepted' | 'declined' | 'waiting';
  readonly name?: string | null;
  readonly color?: string | null;
};

/**
 * Accepts or declines what somebody shares, or changes an earlier answer. Accepting is subscribing (RFC 9670 §1.4).
 * Without a name, a free one is chosen. Errors: `notFound` if the share has ended, `invalid` name (nameTaken, with a
 * free name to propose), `forbidden` for a sub-folder, which follows the shared folder above it.
 */
export async function answerInvitation(
  context: Context,
  bookId: string,
  answer: Answer,
  mail: MailChoice = noMail,
): Promise<void> {
  await transact(context, async (tx) => {
    const seen = await findOffered(tx, context, bookId);
    if (!seen || seen.invitation === null) throw notFound('invitation');
    if (!seen.isShareRoot) throw new AppError('forbidden', 'A sub-folder follows the folder that was shared');
    const name =
      answer.status === 'accepted'
        ? await readOwnName(tx, context, seen, answer.name ?? null)
        : (seen.own?.name ?? null);
    const color = answer.color === undefined ? (seen.own?.color ?? null) : readColor(answer.color);
    const row = {
      principal_id: context.actor.principalId,
      book_id: bookId,
      account_id: seen.book.account_id,
      status: answer.status,
      name,
      color,
      sort_order: seen.own?.sort_order ?? 0,
      decided_at: context.now().toISOString(),
    };
    await noteAnswer(tx, context, seen.book, async () => {
      const insert = tx.build.insertInto('subscription').values(row);
      await tx.run(insert.onConflict((conflict) => conflict.columns(['principal_id', 'book_id']).doUpdateSet(row)));
    });
    // An answer taken back is nothing to write to anybody about.
    if (answer.status === 'waiting' || seen.invitation === answer.status) return;
    const { id, name: bookName, account_id: ownerId } = seen.book;
    const object = { type: 'AddressBook', id, name: bookName } as const;
    await audit(tx, context, { kind: `share.${answer.status}`, ownerId, object });
    await announceAnswer(tx, context, answer.status, seen, mail);
  });
}

async function readOwnName(
  tx: Transaction,
  context: Context,
  seen: VisibleBook,
  wanted: string | null,
): Promise<string> {
  const { principalId } = context.actor;
  const place = { accountId: principalId, parentId: null };
  if (wanted === null && seen.own?.name) return freeName(tx, place, seen.own.name, seen.book.id);
  if (wanted === null) return proposeName(tx, context, seen, await ownerName(tx, seen.book));
  const name = readName(wanted, { topLevel: true });
  await requireFreeName(tx, place, name, seen.book.id);
  return name;
}

async function ownerName(tx: Transaction, book: AddressBookRow): Promise<string> {
  const owner = await tx.first(tx.build.selectFrom('principal').select('name').where('id', '=', book.account_id));
  return owner?.name ?? '';
}

/** The folders appear or disappear for the person; the owner sees the answer. */
async function noteAnswer(
  tx: Transaction,
  context: Context,
  book: AddressBookRow,
  write: () => Promise<void>,
): Promise<void> {
  const readerId = context.actor.principalId;
  const readable = async () => new Set((await visibleBooks(tx, context, book.account_id)).map((seen) => seen.book.id));
  const before = await readable();
  await write();
  const after = await readable();
  for (const { id } of await subtree(tx, book.id)) {
    if (!before.has(id) && !after.has(id)) continue;
    tx.changed({
      accountId: book.account_id,
      type: 'AddressBook',
      id,
      kind: 'access',
      readerId,
      wasReadable: before.has(id),
    });
  }
  const mine = await principalsOf(tx, readerId);
  const shares = await tx.all(
    tx.build.selectFrom('share').select('id').where('book_id', '=', book.id).where('principal_id', 'in', mine),
  );
  for (const { id } of shares)
    tx.changed({ accountId: book.account_id, type: 'Share', id, kind: 'updated', bookId: book.id });
}
