import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { ShareRow } from '../../db/schema.ts';
import { freeName } from '../addressbook/names.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';
import { sharedBooks } from '../sharing/access.ts';
import type { VisibleBook } from '../sharing/access.ts';
import type { Invitation } from '../sharing/judge.ts';
import { roleOf } from '../sharing/rights.ts';
import type { Rights, Role } from '../sharing/rights.ts';
import { mine } from '../sync/states.ts';
import { utcDate, utcDateOrNull } from '../../lib/utcDate.ts';

/** A folder that somebody shares with the person. */
export type InvitationView = {
  readonly id: string;
  readonly ownerAccountId: string;
  readonly addressBookId: string;
  readonly ownerPrincipalId: string;
  readonly ownerName: string;
  readonly ownerEmail: string | null;
  readonly sharedName: string;
  readonly proposedName: string;
  readonly name: string | null;
  readonly color: string | null;
  readonly role: Role;
  readonly rights: Rights;
  readonly via: readonly { readonly principalId: string; readonly name: string }[];
  readonly status: Invitation;
  readonly sharedAt: string;
  readonly expiresAt: string | null;
  readonly sharedByName: string;
  readonly note: string | null;
  readonly cardCount: number;
};

type GrantRow = ShareRow & { grantee_kind: string; grantee_name: string; sharer_name: string | null };

/** What others share with the person, waiting, accepted and declined; newest first. */
export async function listInvitations(context: Context): Promise<InvitationView[]> {
  requireWhole(context);
  const reader = context.db;
  const roots = (await sharedBooks(reader, context)).filter((seen) => seen.isShareRoot && seen.offered.mayRead);
  if (roots.length === 0) return [];
  const grants = Map.groupBy(
    await grantsOn(
      reader,
      context,
      roots.map(({ book }) => book.id),
    ),
    (row) => row.book_id,
  );
  const owners = await reader.all(
    reader.build
      .selectFrom('principal')
      .select(['id', 'name', 'email'])
      .where('id', 'in', [...new Set(roots.map(({ book }) => book.account_id))]),
  );
  const byId = new Map(owners.map((owner) => [owner.id, owner]));
  const views = await Promise.all(
    roots.map((seen) => viewOf(context, seen, byId.get(seen.book.account_id)!, grants.get(seen.book.id) ?? [])),
  );
  return views.sort((a, b) => (a.sharedAt < b.sharedAt ? 1 : -1));
}

function grantsOn(reader: Reader, context: Context, bookIds: readonly string[]): Promise<GrantRow[]> {
  return reader.all(
    sql<GrantRow>`
      SELECT share.*, grantee.kind AS grantee_kind, grantee.name AS grantee_name, sharer.name AS sharer_name
      FROM share JOIN principal AS grantee ON grantee.id = share.principal_id
      LEFT JOIN principal AS sharer ON sharer.id = share.created_by
      WHERE share.book_id IN (${sql.join(bookIds)}) AND share.principal_id IN ${mine(context.actor.principalId)}
        AND (share.expires_at IS NULL OR share.expires_at > ${context.now().toISOString()})
      ORDER BY share.created_at DESC`.compile(reader.build),
  );
}

async function viewOf(
  context: Context,
  seen: VisibleBook,
  owner: { id: string; name: string; email: string | null },
  grants: readonly GrantRow[],
): Promise<InvitationView> {
  const { book } = seen;
  const lasting = grants.some((grant) => grant.expires_at === null);
  const direct = grants.some((grant) => grant.grantee_kind === 'individual');
  return {
    id: book.id,
    ownerAccountId: book.account_id,
    addressBookId: book.id,
    ownerPrincipalId: owner.id,
    ownerName: owner.name,
    ownerEmail: owner.email,
    sharedName: book.name,
    proposedName: await proposeName(context.db, context, seen, owner.name),
    name: seen.own?.name ?? null,
    color: seen.own?.color ?? null,
    role: roleOf(seen.offered),
    rights: seen.offered,
    via: direct ? [] : grants.map((grant) => ({ principalId: grant.principal_id!, name: grant.grantee_name })),
    status: seen.invitation!,
    sharedAt: utcDate(grants[0]?.created_at ?? book.created_at),
    expiresAt: lasting
      ? null
      : utcDateOrNull(
          grants
            .map((grant) => grant.expires_at!)
            .sort()
            .at(-1) ?? null,
        ),
    sharedByName: grants[0]?.sharer_name ?? owner.name,
    note: grants.find((grant) => grant.note !== null)?.note ?? null,
    cardCount: book.card_count,
  };
}

const proposals = {
  fr: (folder: string, owner: string) => `${folder} de ${owner}`,
  en: (folder: string, owner: string) => `${owner}’s ${folder}`,
} as const;

/** « Contacts de Prénom Nom », with a number if the person already has a folder of that name. */
export function proposeName(reader: Reader, context: Context, seen: VisibleBook, ownerName: string): Promise<string> {
  const { actor } = context;
  const plain = proposals[actor.language](seen.book.name, ownerName).replaceAll(/[/:"]/g, ' ');
  const name = [...plain].slice(0, 100).join('').trim();
  return freeName(reader, { accountId: actor.principalId, parentId: null }, name, seen.book.id);
}
