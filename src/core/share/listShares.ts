import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { ShareRow, SubscriptionRow } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { memberCount } from '../principal/memberCount.ts';
import { rightsOf, visibleBooks } from '../sharing/access.ts';
import { linkUrl } from '../sharing/links.ts';
import { roleOf } from '../sharing/rights.ts';
import type { ShareView } from './types.ts';
import { utcDate, utcDateOrNull } from '../../lib/utcDate.ts';

/** Which shares: those of one folder, those with certain ids, or all of the account. */
export type ShareScope = { readonly bookId?: string; readonly ids?: readonly string[] };

type GranteeRow = ShareRow & {
  grantee_kind: 'individual' | 'group' | null;
  grantee_name: string | null;
  grantee_email: string | null;
  is_active: number | null;
  link_expires_at: string | null;
};

/** The shares of an account's folders, as far as the person may share these folders, oldest first. */
export async function listShares(context: Context, accountId: string, scope: ShareScope): Promise<ShareView[]> {
  const reader = context.db;
  const books = (await visibleBooks(reader, context, accountId))
    .filter((seen) => seen.rights.mayShare)
    .map(({ book }) => book.id);
  const wanted = scope.bookId === undefined ? books : books.filter((id) => id === scope.bookId);
  if (wanted.length === 0 || scope.ids?.length === 0) return [];
  const ids = scope.ids ? sql`AND share.id IN (${sql.join(scope.ids)})` : sql``;
  const rows = await reader.all(
    sql<GranteeRow>`
      SELECT share.*, principal.kind AS grantee_kind, principal.name AS grantee_name, principal.email AS grantee_email, principal.is_active,
        CASE WHEN invitation.used_at IS NULL THEN invitation.expires_at END AS link_expires_at
      FROM share LEFT JOIN principal ON principal.id = share.principal_id
        LEFT JOIN guest_invitation AS invitation ON invitation.share_id = share.id
      WHERE share.account_id = ${accountId} AND share.book_id IN (${sql.join(wanted)}) ${ids}
      ORDER BY share.created_at, share.id`.compile(reader.build),
  );
  const answers = await answersTo(reader, rows);
  return Promise.all(rows.map((row) => viewOf(context, row, answers)));
}

async function viewOf(context: Context, row: GranteeRow, answers: Answers): Promise<ShareView> {
  const kind = kindOf(row);
  const answer = row.principal_id === null ? undefined : answers.get(row.book_id)?.get(row.principal_id);
  const mayAnswer = kind === 'individual' || kind === 'guest';
  const members = kind === 'group' ? await memberCount(context.db, row.principal_id!) : null;
  return {
    id: row.id,
    addressBookId: row.book_id,
    type: row.type,
    // A guest is known by the address, and to nobody as somebody of the directory.
    principalId: row.type === 'principal' ? row.principal_id : null,
    email: row.grantee_email ?? row.email,
    name: row.grantee_name ?? row.email ?? '',
    granteeKind: kind,
    memberCount: members,
    role: roleOf(rightsOf(row)),
    rights: rightsOf(row),
    status: mayAnswer ? (answer?.status ?? 'waiting') : null,
    responses: kind === 'group' ? await responsesOf(context.db, row, members!) : null,
    answeredAt: mayAnswer && answer && answer.status !== 'waiting' ? utcDate(answer.decided_at) : null,
    linkExpiresAt: utcDateOrNull(row.link_expires_at),
    expiresAt: utcDateOrNull(row.expires_at),
    createdAt: utcDate(row.created_at),
    createdBy: row.created_by,
    url: row.type === 'public' ? linkUrl(context, row.id) : null,
  };
}

function kindOf(row: GranteeRow): ShareView['granteeKind'] {
  if (row.type !== 'principal') return row.type;
  return row.is_active === 1 && row.grantee_kind !== null ? row.grantee_kind : 'unknown';
}

type Given = Pick<SubscriptionRow, 'status' | 'decided_at'>;
type Answers = ReadonlyMap<string, ReadonlyMap<string, Given>>;

async function answersTo(reader: Reader, rows: readonly GranteeRow[]): Promise<Answers> {
  const people = rows.filter((row) => row.grantee_kind === 'individual');
  if (people.length === 0) return new Map();
  const found = await reader.all(
    reader.build
      .selectFrom('subscription')
      .select(['book_id', 'principal_id', 'status', 'decided_at'])
      .where('book_id', 'in', [...new Set(people.map((row) => row.book_id))])
      .where('principal_id', 'in', [...new Set(people.map((row) => row.principal_id!))]),
  );
  const answers = new Map<string, Map<string, Given>>();
  for (const { book_id: bookId, principal_id: personId, ...given } of found) {
    answers.set(bookId, (answers.get(bookId) ?? new Map()).set(personId, given));
  }
  return answers;
}

/** How the members of a group answered; counted in the database, groups can be large. */
async function responsesOf(reader: Reader, row: GranteeRow, members: number): Promise<ShareView['responses']> {
  const counts = await reader.all(
    sql<{ status: string; count: number }>`
      WITH RECURSIVE member (id) AS (
        SELECT member_id FROM principal_member WHERE group_id = ${row.principal_id}
        UNION
        SELECT membership.member_id FROM principal_member AS membership JOIN member ON membership.group_id = member.id
      )
      SELECT status, count(*) AS count FROM subscription
      WHERE book_id = ${row.book_id} AND principal_id IN (SELECT id FROM member) GROUP BY status`.compile(reader.build),
  );
  const of = (status: string) => counts.find((candidate) => candidate.status === status)?.count ?? 0;
  const [accepted, declined] = [of('accepted'), of('declined')];
  return { accepted, declined, waiting: Math.max(0, members - accepted - declined) };
}
