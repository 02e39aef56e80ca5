import type { Reader } from '../../db/database.ts';
import type { FolderHandoverRow } from '../../db/rows/requestRows.ts';
import type { PrincipalRow } from '../../db/schema.ts';
import { AppError, invalid } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { audit } from '../audit/audit.ts';
import type { AuditObject } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import { noteContacted } from '../contacted/noteContacted.ts';
import type { Context } from '../context.ts';
import { findPrincipalByEmail } from '../principal/findPrincipalByEmail.ts';
import { requireUnlimited } from '../scope.ts';
import { announceHandover } from './announceHandover.ts';
import type { KeptRole } from './keptAccess.ts';
import { requireGivable } from './requireGivable.ts';

/** So many offers of one person wait at once, and so many for one person. */
const mostWaiting = 100;
const mostCharacters = 10_000;

/** The properties of a new offer: the new owner by id or by address. */
export type NewOffer = {
  readonly addressBookId: string;
  readonly toId?: string | null;
  readonly toEmail?: string | null;
  readonly keptRole: KeptRole;
  readonly note?: string | null;
};

/**
 * Offers a folder to somebody who is to own it; nothing changes until they accept. They are told by mail. Returns the
 * id. Errors: `notFound`, `forbidden` (notOwner, systemFolder, notTopLevel, defaultFolder), `invalid`
 * (unknownPrincipal, notAPerson, givingToSelf), `exists` (handoverWaits), `overQuota`, `tooManyAttempts`.
 */
export async function offerFolder(context: Context, wanted: NewOffer): Promise<string> {
  requireUnlimited(context);
  const { principalId: fromId } = context.actor;
  return transact(context, async (tx) => {
    const book = await requireGivable(tx, context, wanted.addressBookId);
    const receiver = await requireReceiver(tx, context, wanted);
    await requireRoom(tx, { book: book.id, fromId, toId: receiver.id });
    const row: FolderHandoverRow = {
      id: newId('h', context.now()),
      book_id: book.id,
      name: book.name,
      from_id: fromId,
      to_id: receiver.id,
      kept_role: wanted.keptRole,
      note: readNote(wanted.note ?? null),
      status: 'waiting',
      created_at: context.now().toISOString(),
      decided_at: null,
    };
    await tx.run(tx.build.insertInto('folder_handover').values(row));
    noteHandover(tx, row, 'created');
    await audit(tx, context, { kind: 'handover.offered', object: folderOf(row), other: { id: receiver.id } });
    await noteContacted(tx, fromId, receiver.email_key === null ? [] : [receiver.email_key], context.now());
    await announceHandover(tx, context, 'offered', row);
    return row.id;
  });
}

/** The folder that is offered, for the audit log. */
export function folderOf({ book_id: id, name }: FolderHandoverRow): AuditObject {
  return { type: 'AddressBook', id, name };
}

/** Both of them are told of what becomes of an offer. */
export function noteHandover(
  tx: Transaction,
  { id, from_id: fromId, to_id: toId }: FolderHandoverRow,
  kind: 'created' | 'updated' | 'destroyed',
): void {
  for (const accountId of [fromId, toId]) tx.changed({ accountId, type: 'FolderHandover', id, kind });
}

/** What is said with it; a note of blanks is none. */
function readNote(note: string | null): string | null {
  if (note !== null && note.length > mostCharacters)
    throw invalid('note', `A note has at most ${mostCharacters} characters`);
  return note === null || note.trim() === '' ? null : note;
}

async function requireReceiver(reader: Reader, context: Context, wanted: NewOffer): Promise<PrincipalRow> {
  const found = await findReceiver(reader, wanted);
  const property = wanted.toId ? 'toId' : 'toEmail';
  const email = wanted.toEmail ?? null;
  if (!found)
    throw invalid(property, 'Nobody in the directory is meant by this', { reason: 'unknownPrincipal', email });
  if (found.kind !== 'individual')
    throw invalid(property, 'A folder belongs to one person', { reason: 'notAPerson', email });
  if (found.id === context.actor.principalId)
    throw invalid(property, 'It is their own already', { reason: 'givingToSelf', email });
  return found;
}

async function findReceiver(reader: Reader, { toId, toEmail }: NewOffer): Promise<PrincipalRow | undefined> {
  if (!toId) return toEmail ? findPrincipalByEmail(reader, toEmail.trim()) : undefined;
  const people = reader.build.selectFrom('principal').selectAll().where('is_active', '=', 1).where('is_guest', '=', 0);
  return reader.first(people.where('id', '=', toId));
}

async function requireRoom(
  reader: Reader,
  { book, fromId, toId }: { readonly book: string; readonly fromId: string; readonly toId: string },
): Promise<void> {
  const { build } = reader;
  const waiting = build.selectFrom('folder_handover').where('status', '=', 'waiting');
  const old = await reader.first(waiting.select('id').where('book_id', '=', book));
  if (old)
    throw new AppError('exists', 'This folder is offered to somebody already', {
      reason: 'handoverWaits',
      existingId: old.id,
    });
  for (const [column, id] of [
    ['from_id', fromId],
    ['to_id', toId],
  ] as const) {
    const counted = waiting.select(build.fn.countAll<number>().as('count')).where(column, '=', id);
    if (((await reader.first(counted))?.count ?? 0) >= mostWaiting)
      throw new AppError('overQuota', `At most ${mostWaiting} folders wait to be handed over`);
  }
}
