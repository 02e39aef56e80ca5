import { sql } from 'kysely';
import { statement } from '../../db/statement.ts';
import { utcDate, utcDateOrNull } from '../../lib/utcDate.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';
import { contentsOf } from './contentsOf.ts';
import type { KeptRole } from './keptAccess.ts';

/** A folder on its way to a new owner, as both of them see it. */
export type OfferView = {
  readonly id: string;
  readonly addressBookId: string;
  readonly name: string;
  readonly fromId: string;
  readonly fromName: string;
  readonly fromEmail: string | null;
  readonly toId: string;
  readonly toName: string;
  readonly toEmail: string | null;
  readonly keptRole: KeptRole;
  readonly note: string | null;
  readonly status: 'waiting' | 'accepted' | 'declined';
  /** What would come: how many contacts and folders, and with how many it is shared; null once it is decided. */
  readonly cardCount: number | null;
  readonly folderCount: number | null;
  readonly shareCount: number | null;
  readonly createdAt: string;
  readonly decidedAt: string | null;
};

type OfferRow = Omit<OfferView, 'cardCount' | 'folderCount' | 'shareCount'> & { readonly bookId: string };

/** So long an answer is news for the one who offered. */
const newsLife = 30 * 24 * 3600 * 1000;

const offersOf = statement((build, value: { personId: string; since: string }) =>
  sql<OfferRow>`
    SELECT offer.id AS id, offer.book_id AS "bookId", offer.book_id AS "addressBookId", offer.name AS name,
      giver.id AS "fromId", giver.name AS "fromName", giver.email AS "fromEmail",
      receiver.id AS "toId", receiver.name AS "toName", receiver.email AS "toEmail",
      offer.kept_role AS "keptRole", offer.note AS note, offer.status AS status,
      offer.created_at AS "createdAt", offer.decided_at AS "decidedAt"
    FROM folder_handover AS offer
      JOIN principal AS giver ON giver.id = offer.from_id
      JOIN principal AS receiver ON receiver.id = offer.to_id
    WHERE (offer.from_id = ${value.personId} AND (offer.status = 'waiting' OR offer.decided_at > ${value.since}))
      OR (offer.to_id = ${value.personId} AND offer.status = 'waiting' AND giver.is_active = 1)
    ORDER BY offer.created_at DESC, offer.id`.compile(build),
);

/** What waits for the person's answer, and what they offer themselves, with what was answered lately; newest first. */
export async function listOffers(context: Context): Promise<OfferView[]> {
  requireWhole(context);
  const { db, actor } = context;
  const since = new Date(context.now().getTime() - newsLife).toISOString();
  const rows = await db.all(offersOf(db, { personId: actor.principalId, since }));
  const views: OfferView[] = [];
  for (const { bookId, ...row } of rows) {
    const contents = row.status === 'waiting' ? await contentsOf(db, bookId) : undefined;
    views.push({
      ...row,
      cardCount: contents?.cards ?? null,
      folderCount: contents?.folders ?? null,
      shareCount: contents?.shares ?? null,
      createdAt: utcDate(row.createdAt),
      decidedAt: utcDateOrNull(row.decidedAt),
    });
  }
  return views;
}
