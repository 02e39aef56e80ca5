import type { PrincipalRow } from '../../db/schema.ts';
import { fileAs } from '../../format/jscontact/names.ts';
import type { CardView } from '../card/cardView.ts';
import type { Context } from '../context.ts';
import { principalCard } from '../listing/principalCard.ts';
import { parts } from '../principal/setGroupMembers.ts';
import { directoryAccountId, mayReadDirectory } from '../sharing/directoryAccount.ts';
import { shownDetails, shownGroups } from './directorySettings.ts';

/** Of a group with more members these many are told, by name. */
const mostMembers = 1000;

/** The cards of these people and groups that are shown; of all (null) at most `limit`. Members only when they are asked for. */
export async function findDirectoryCards(
  context: Context,
  ids: readonly string[] | null,
  { limit, withMembers }: { readonly limit: number; readonly withMembers: boolean },
): Promise<CardView[]> {
  if (!(await mayReadDirectory(context.db, context))) return [];
  const rows = await findRows(context, ids, limit);
  const details = shownDetails(context);
  const views: CardView[] = [];
  for (const row of rows) {
    const card = principalCard(row, details);
    const isOpen = withMembers && row.kind === 'group' && shownGroups(context) === 'members';
    const content = isOpen ? { ...card, members: await membersOf(context, row.id) } : { ...card };
    views.push({
      id: row.id,
      accountId: directoryAccountId,
      addressBookId: directoryAccountId,
      addedBy: null,
      fileAs: fileAs(card),
      content,
    });
  }
  return views;
}

async function findRows(context: Context, ids: readonly string[] | null, limit: number): Promise<PrincipalRow[]> {
  const { db } = context;
  const all = db.build
    .selectFrom('directory_card')
    .innerJoin('principal', 'principal.id', 'directory_card.id')
    .selectAll('principal')
    .where('directory_card.is_shown', '=', 1);
  const shown = shownGroups(context) === 'off' ? all.where('directory_card.kind', '=', 'individual') : all;
  if (ids === null)
    return db.all(shown.orderBy('directory_card.file_as_key').orderBy('directory_card.id').limit(limit));
  const found: PrincipalRow[] = [];
  for (const some of parts(ids)) found.push(...(await db.all(shown.where('directory_card.id', 'in', some))));
  return found;
}

/** Who is directly in a group, by uid (RFC 9553 §2.1.6): only those who are shown themselves. */
async function membersOf({ db }: Context, groupId: string): Promise<Readonly<Record<string, true>>> {
  const rows = await db.all(
    db.build
      .selectFrom('principal_member')
      .innerJoin('directory_card', 'directory_card.id', 'principal_member.member_id')
      .select('directory_card.id')
      .where('principal_member.group_id', '=', groupId)
      .where('directory_card.is_shown', '=', 1)
      .orderBy('directory_card.file_as_key')
      .orderBy('directory_card.id')
      .limit(mostMembers),
  );
  return Object.fromEntries(rows.map(({ id }) => [id, true as const]));
}
