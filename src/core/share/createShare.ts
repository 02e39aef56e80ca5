import type { AddressBookRow, ShareRow } from '../../db/schema.ts';
import { AppError, invalid } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { noteContacted } from '../contacted/noteContacted.ts';
import { emailKey } from '../principal/emailKey.ts';
import { columnsOf, requireBook, rightsOf } from '../sharing/access.ts';
import type { VisibleBook } from '../sharing/access.ts';
import { areSame, mayGive, noRights, rightsOfRole } from '../sharing/rights.ts';
import type { Rights } from '../sharing/rights.ts';
import { announce } from './announce.ts';
import { readGrantee, refused } from './grantee.ts';
import type { Grantee } from './grantee.ts';
import { giveShare, takeShare } from './giveShare.ts';
import { withinLifetime } from './outside.ts';
import { noMail } from './types.ts';
import type { MailChoice, NewShare } from './types.ts';

const usualShares = 500;

/** With how many grantees one folder may be shared. */
export const maxSharesPerBook = ({ settings }: Pick<Context, 'settings'>): number =>
  settings.maxSharesPerBook ?? usualShares;

/**
 * Shares a folder; the rights apply at once. Sharing again with the same grantee and other rights changes the existing
 * share. Returns its id. Errors: `notFound`, `forbidden` (without mayShare, or for giving rights that one does not
 * have), `invalid` with reason sharingWithSelf, sharingWithOwner, unknownPrincipal, invalidEmail, expiresInPast,
 * expiresTooLate; `exists` (shareExists); `forbidden` also if people outside are not allowed.
 */
export async function createShare(context: Context, wanted: NewShare, mail: MailChoice): Promise<string> {
  return transact(context, async (tx) => {
    const seen = await requireBook(tx, context, wanted.addressBookId, 'mayShare');
    const grantee = await readGrantee(tx, context, seen.book.account_id, wanted);
    const expiresAt = withinLifetime(context, grantee.type, readExpiry(context, wanted.expiresAt ?? null));
    const rights = grantee.type === 'principal' ? wanted.rights : requireOutside(grantee.type, wanted.rights);
    const old = await findLasting(tx, context, seen.book, grantee);
    requireGiving(seen, rights, old ? rightsOf(old) : noRights);
    if (old) {
      if (areSame(rightsOf(old), rights) && old.expires_at === expiresAt) {
        throw refused('shareExists', 'The folder is shared with this grantee in this role already', {
          existingId: old.id,
        });
      }
    } else {
      await requireRoom(tx, context, seen.book.id);
    }
    const id = old?.id ?? newId('s', context.now());
    const row: ShareRow = {
      ...(old ?? newRow(context, seen, grantee, id)),
      ...columnsOf(rights),
      expires_at: expiresAt,
      note: mail.message === 'note' ? mail.note : (old?.note ?? null),
    };
    await giveShare(tx, context, seen.book, { row, old, isRestored: wanted.isRestored });
    await noteContacted(tx, context.actor.principalId, addressOf(grantee), context.now());
    // Nobody can be told of « Public ».
    const choice = grantee.type === 'public' ? noMail : mail;
    await announce(
      tx,
      context,
      { kind: old ? 'modified' : 'created', book: seen.book, share: row, isNew: !old, ...(old ? { old } : {}) },
      choice,
    );
    return id;
  });
}

/** Whom one shares with is suggested before others, as whom one writes to. */
function addressOf(grantee: Grantee): string[] {
  if (grantee.type === 'principal') return grantee.principal.email_key === null ? [] : [grantee.principal.email_key];
  return grantee.type === 'guest' ? [emailKey(grantee.email)] : [];
}

function newRow(context: Context, seen: VisibleBook, grantee: Grantee, id: string): ShareRow {
  return {
    id,
    account_id: seen.book.account_id,
    book_id: seen.book.id,
    type: grantee.type,
    principal_id: grantee.type === 'public' ? null : grantee.principal.id,
    email: grantee.type === 'guest' ? grantee.email : null,
    ...columnsOf(noRights),
    expires_at: null,
    note: null,
    created_at: context.now().toISOString(),
    created_by: context.actor.principalId,
  };
}

/** RFC 9610 §2.3: one cannot give a right that one does not have, unless the grantee has it already. */
export function requireGiving(seen: VisibleBook, rights: Rights, held: Rights): void {
  // Who administers a folder may pass on every role; deleting it stays with those who may delete it.
  if (!mayGive(rights, seen.rights, held))
    throw new AppError('forbidden', 'One cannot give a right that one does not have');
}

/** The end date in the form in which it is stored; it must be in the future. */
export function readExpiry(context: Context, expiresAt: string | null): string | null {
  if (expiresAt === null) return null;
  const time = new Date(expiresAt);
  if (Number.isNaN(time.getTime())) throw invalid('expiresAt', 'This is not a date');
  if (time <= context.now()) throw invalid('expiresAt', 'The end date has passed', { reason: 'expiresInPast' });
  return time.toISOString();
}

/** Checks the rights of people outside: guests may read, or contribute; the public may read. */
export function requireOutside(type: 'guest' | 'public', rights: Rights): Rights {
  const { viewer, contributor } = rightsOfRole;
  const allowed = type === 'guest' ? [viewer, contributor] : [viewer];
  if (allowed.some((role) => areSame(role, rights))) return rights;
  throw invalid('role', 'Guests are viewers or contributors, and the public may only look');
}

/** The share that there is; one whose end has passed is ended first, and the answer to it forgotten. */
async function findLasting(
  tx: Transaction,
  context: Context,
  book: AddressBookRow,
  grantee: Grantee,
): Promise<ShareRow | undefined> {
  const share = await findShare(tx, book.id, grantee);
  if (!share || share.expires_at === null || share.expires_at > context.now().toISOString()) return share;
  await takeShare(tx, context, book, share, 'expired');
  return undefined;
}

function findShare(tx: Transaction, bookId: string, grantee: Grantee): Promise<ShareRow | undefined> {
  const shares = tx.build
    .selectFrom('share')
    .selectAll()
    .where('book_id', '=', bookId)
    .where('type', '=', grantee.type);
  if (grantee.type === 'principal') return tx.first(shares.where('principal_id', '=', grantee.principal.id));
  return tx.first(grantee.type === 'guest' ? shares.where('email', '=', grantee.email) : shares);
}

async function requireRoom(tx: Transaction, context: Context, bookId: string): Promise<void> {
  const { build } = tx;
  const row = await tx.first(
    build.selectFrom('share').select(build.fn.countAll<number>().as('count')).where('book_id', '=', bookId),
  );
  const most = maxSharesPerBook(context);
  if ((row?.count ?? 0) >= most) throw new AppError('overQuota', `A folder has at most ${most} shares`);
}
