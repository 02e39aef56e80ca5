import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { PrincipalRow } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { foldWords } from '../../lib/fold.ts';
import { memberCount } from '../principal/memberCount.ts';
import { parts } from '../principal/setGroupMembers.ts';
import { requireAdministrator } from '../sharing/administrator.ts';

/** A person or group as administrators see them, including those who are locked out or not listed. */
export type ManagedPrincipal = {
  readonly id: string;
  readonly kind: PrincipalRow['kind'];
  readonly name: string;
  readonly email: string | null;
  readonly isActive: boolean;
  readonly isListed: boolean;
  readonly isAdministrator: boolean;
  /** `directory`: mirrored from the organisation's directory, and not to be changed here. */
  readonly source: PrincipalRow['source'];
  /** Whether somebody made here has a password. */
  readonly hasPassword: boolean;
  /** Of a group: who is directly in it. */
  readonly memberIds: Readonly<Record<string, true>> | null;
  /** Of a group: how many people are in it, also through groups in it. */
  readonly memberCount: number | null;
};

/** What to read in addition to the row itself. */
export type ManagedDetails = { readonly withMembers: boolean };

/** Those of these people and groups that exist. Errors: `forbidden` (notAdministrator). */
export async function findManaged(
  context: Context,
  ids: readonly string[],
  details: ManagedDetails,
): Promise<ManagedPrincipal[]> {
  const { db } = context;
  await requireAdministrator(db, context);
  const found: ManagedPrincipal[] = [];
  for (const some of parts(ids)) {
    const rows = await db.all(db.build.selectFrom('principal').selectAll().where('id', 'in', some));
    const known = await db.all(
      db.build.selectFrom('credential').select('principal_id').where('principal_id', 'in', some),
    );
    const withPassword = new Set(known.map((row) => row.principal_id));
    for (const row of rows) found.push(await viewOf(db, row, { ...details, hasPassword: withPassword.has(row.id) }));
  }
  return found;
}

/**
 * What administrators search for: every word of the text must be the beginning of a word of the name or the address.
 */
export type ManagedSearch = {
  readonly text?: string;
  readonly kind?: PrincipalRow['kind'];
  readonly position: number;
  readonly limit: number;
};

/** A page of all people and groups, by name, including those who are locked out, without removed groups and guests. */
export async function searchManaged(
  context: Context,
  { text = '', kind, position, limit }: ManagedSearch,
): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
  const { db } = context;
  await requireAdministrator(db, context);
  const words = foldWords(text);
  if (words.length === 0 && text.trim() !== '') return { ids: [], total: 0 };
  const where = sql.join(
    [
      sql`(is_active = 1 OR kind = 'individual') AND is_guest = 0`,
      ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
      ...words.map(
        (word) =>
          sql`id IN (SELECT principal_id FROM principal_token WHERE token >= ${word} AND token < ${`${word}\u{10ffff}`})`,
      ),
    ],
    sql` AND `,
  );
  const page = sql<{ id: string }>`
    SELECT id FROM principal WHERE ${where} ORDER BY name_key, id LIMIT ${limit} OFFSET ${position}`;
  const counted = sql<{ total: number }>`SELECT count(*) AS total FROM principal WHERE ${where}`;
  return {
    ids: (await db.all(page.compile(db.build))).map((row) => row.id),
    total: Number((await db.first(counted.compile(db.build)))?.total ?? 0),
  };
}

async function viewOf(
  reader: Reader,
  row: PrincipalRow,
  { withMembers, hasPassword }: ManagedDetails & { readonly hasPassword: boolean },
): Promise<ManagedPrincipal> {
  const isGroup = row.kind === 'group';
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    email: row.email,
    isActive: row.is_active === 1,
    isListed: row.is_listed === 1,
    isAdministrator: row.is_administrator === 1,
    source: row.source,
    hasPassword,
    memberIds: isGroup && withMembers ? await membersOf(reader, row.id) : null,
    memberCount: isGroup ? await memberCount(reader, row.id) : null,
  };
}

async function membersOf(reader: Reader, groupId: string): Promise<Readonly<Record<string, true>>> {
  const rows = await reader.all(
    reader.build.selectFrom('principal_member').select('member_id').where('group_id', '=', groupId),
  );
  return Object.fromEntries(rows.map((row) => [row.member_id, true as const]));
}
