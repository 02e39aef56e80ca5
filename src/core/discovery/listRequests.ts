import { sql } from 'kysely';
import { statement } from '../../db/statement.ts';
import { utcDate, utcDateOrNull } from '../../lib/utcDate.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';

/** A request for access, as the one who asks and the owner see it. */
export type RequestView = {
  readonly id: string;
  readonly addressBookId: string;
  readonly name: string;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly askedById: string;
  readonly askedByName: string;
  readonly askedByEmail: string | null;
  readonly note: string | null;
  readonly status: 'waiting' | 'granted' | 'declined';
  readonly createdAt: string;
  readonly decidedAt: string | null;
};

/** So long an answer is news. */
const newsLife = 30 * 24 * 3600 * 1000;

const requestsOf = statement((build, value: { personId: string; since: string }) =>
  sql<RequestView>`
    SELECT request.id AS id, request.book_id AS "addressBookId", request.name AS name,
      owner.id AS "ownerId", owner.name AS "ownerName",
      asker.id AS "askedById", asker.name AS "askedByName", asker.email AS "askedByEmail",
      request.note AS note, request.status AS status,
      request.created_at AS "createdAt", request.decided_at AS "decidedAt"
    FROM access_request AS request
      JOIN principal AS owner ON owner.id = request.owner_id
      JOIN principal AS asker ON asker.id = request.asked_by
    WHERE (request.owner_id = ${value.personId} AND request.status = 'waiting' AND asker.is_active = 1)
      OR (request.asked_by = ${value.personId} AND request.is_dismissed = 0
        AND (request.status = 'waiting' OR request.decided_at > ${value.since}))
    ORDER BY request.created_at DESC, request.id`.compile(build),
);

/** What waits for the person's answer as an owner, and what they asked for themselves, with the answers; newest first. */
export async function listRequests(context: Context): Promise<RequestView[]> {
  requireWhole(context);
  const since = new Date(context.now().getTime() - newsLife).toISOString();
  const rows = await context.db.all(requestsOf(context.db, { personId: context.actor.principalId, since }));
  return rows.map((row) => ({ ...row, createdAt: utcDate(row.createdAt), decidedAt: utcDateOrNull(row.decidedAt) }));
}
