import type { Reader } from '../../db/database.ts';
import type { AccessRequestRow } from '../../db/rows/requestRows.ts';
import { AppError, invalid } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { utcDate } from '../../lib/utcDate.ts';
import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { requireUnlimited } from '../scope.ts';
import { announceRequest } from '../share/announceRequest.ts';
import { findOffered } from '../sharing/access.ts';
import { requireListed } from './findListed.ts';

const day = 24 * 3600 * 1000;
const maxPerDay = 20;
const maxWaitingAtOwner = 200;
const mostCharacters = 2_000;

/** So long one waits before asking for the same folder again, by what became of the request before. */
const pauses = { waiting: Infinity, withdrawn: day, granted: 0, declined: 30 * day } as const;

/**
 * Asks the owner of a folder that one has found for access to it. The owner is told by mail. Returns the id. Errors:
 * `notFound`, `exists` (hasAccess, requestWaits), `invalid` note, `tooManyAttempts` (askedLately, tooManyRequests,
 * tooManyMails), `overQuota`.
 */
export async function askForAccess(context: Context, bookId: string, note: string | null): Promise<string> {
  requireUnlimited(context);
  const { principalId } = context.actor;
  return transact(context, async (tx) => {
    const folder = await requireListed(tx, context, bookId);
    if ((await findOffered(tx, context, bookId))?.offered.mayRead)
      throw new AppError('exists', 'The folder is shared with you already', { reason: 'hasAccess' });
    await requireTurn(tx, context, bookId);
    await requireModesty(tx, context, folder.ownerId);
    const row: AccessRequestRow = {
      id: newId('q', context.now()),
      book_id: bookId,
      name: folder.name,
      owner_id: folder.ownerId,
      asked_by: principalId,
      note: readMessage(note),
      status: 'waiting',
      created_at: context.now().toISOString(),
      decided_at: null,
      is_dismissed: 0,
    };
    await tx.run(tx.build.insertInto('access_request').values(row));
    noteRequest(tx, row, 'created');
    const object = { type: 'AddressBook', id: bookId, name: folder.name } as const;
    await audit(tx, context, { kind: 'access.asked', ownerId: folder.ownerId, object });
    await announceRequest(tx, context, {
      kind: 'asked',
      bookId,
      toId: folder.ownerId,
      mailKind: 'asked',
      thread: row.id,
      facts: {
        folderName: folder.name,
        note: row.note,
        openUrl: `${context.settings.publicUrl}/access-request/${row.id}`,
      },
      ownerId: folder.ownerId,
    });
    return row.id;
  });
}

/** Both of them are told of what becomes of a request. */
export function noteRequest(
  tx: Transaction,
  { id, owner_id: ownerId, asked_by: askerId }: AccessRequestRow,
  kind: 'created' | 'updated' | 'destroyed',
): void {
  for (const accountId of [ownerId, askerId]) tx.changed({ accountId, type: 'AccessRequest', id, kind });
}

function readMessage(note: string | null): string | null {
  if (note !== null && note.length > mostCharacters)
    throw invalid('note', `A message has at most ${mostCharacters} characters`);
  return note === null || note.trim() === '' ? null : note;
}

/** One request for one folder at a time, and none soon after a refusal: then the one before makes way. */
async function requireTurn(tx: Transaction, { now, actor }: Context, bookId: string): Promise<void> {
  const { build } = tx;
  const mine = build.selectFrom('access_request').selectAll().where('asked_by', '=', actor.principalId);
  const old = await tx.first(mine.where('book_id', '=', bookId));
  if (!old) return;
  if (old.status === 'waiting')
    throw new AppError('exists', 'You have asked for it already', { reason: 'requestWaits', existingId: old.id });
  const again = Date.parse(old.decided_at ?? old.created_at) + pauses[old.status];
  if (again > now().getTime()) throw tooOften('askedLately', again);
  await tx.run(build.deleteFrom('access_request').where('id', '=', old.id));
  if (old.is_dismissed === 0)
    tx.changed({ accountId: actor.principalId, type: 'AccessRequest', id: old.id, kind: 'destroyed' });
}

/** Nobody asks everybody, and nobody is asked without end. */
async function requireModesty(reader: Reader, { now, actor }: Context, ownerId: string): Promise<void> {
  const { build } = reader;
  const requests = build.selectFrom('access_request');
  const since = new Date(now().getTime() - day).toISOString();
  const asked = requests.select('created_at').where('asked_by', '=', actor.principalId).where('created_at', '>', since);
  const lately = await reader.all(asked.orderBy('created_at').limit(maxPerDay));
  if (lately.length >= maxPerDay) throw tooOften('tooManyRequests', Date.parse(lately[0]!.created_at) + day);
  const counted = requests.select(build.fn.countAll<number>().as('count')).where('status', '=', 'waiting');
  const waiting = await reader.first(counted.where('owner_id', '=', ownerId));
  if ((waiting?.count ?? 0) >= maxWaitingAtOwner)
    throw new AppError('overQuota', 'Too many requests wait for this owner');
}

function tooOften(reason: string, again: number): AppError {
  const retryAfter = utcDate(new Date(again).toISOString());
  return new AppError('tooManyAttempts', `One may ask again after ${retryAfter}`, { reason, retryAfter });
}
