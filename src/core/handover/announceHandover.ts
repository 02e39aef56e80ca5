import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import type { FolderHandoverRow } from '../../db/rows/requestRows.ts';
import { announceRequest } from '../share/announceRequest.ts';
import { contentsOf } from './contentsOf.ts';

const kinds = {
  offered: 'offered',
  withdrawn: 'withdrawn',
  accepted: 'handoverAccepted',
  declined: 'handoverDeclined',
} as const;

/** Tells the other one by mail what became of a handing over. */
export async function announceHandover(
  tx: Transaction,
  context: Context,
  what: keyof typeof kinds,
  offer: FolderHandoverRow,
): Promise<void> {
  const { id, book_id: bookId, name: folderName, from_id: fromId, to_id: toId, kept_role: keptRole } = offer;
  const { publicUrl } = context.settings;
  const page = `${publicUrl}/handover/${id}`;
  const offered = {
    contents: await contentsOf(tx, bookId),
    keptRole,
    note: offer.note,
    acceptUrl: `${page}/accept`,
    declineUrl: `${page}/decline`,
  };
  const stays = what === 'declined' || (what === 'accepted' && keptRole !== 'none');
  const holderId = what === 'accepted' ? toId : fromId;
  await announceRequest(tx, context, {
    kind: kinds[what],
    bookId,
    toId: what === 'offered' || what === 'withdrawn' ? toId : fromId,
    mailKind: what === 'offered' || what === 'withdrawn' ? 'asked' : 'answered',
    thread: id,
    facts: {
      folderName,
      ...(what === 'offered' ? offered : {}),
      openUrl: stays ? `${publicUrl}/folders/${holderId}/${bookId}` : null,
    },
    ownerId: fromId,
  });
}
