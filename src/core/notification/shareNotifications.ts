import type { Reader } from '../../db/database.ts';
import type { PrincipalRow, ShareNotificationRow } from '../../db/schema.ts';
import { notFound } from '../../errors.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';
import { rightsWhere } from '../sharing/rights.ts';
import type { Rights } from '../sharing/rights.ts';
import { utcDate } from '../../lib/utcDate.ts';

/** That one's rights on a folder changed: RFC 9670 §3. */
export type ShareNotificationView = {
  readonly id: string;
  readonly created: string;
  readonly changedBy: { readonly name: string; readonly email: string | null; readonly principalId: string | null };
  readonly objectType: 'AddressBook';
  readonly objectAccountId: string;
  readonly objectId: string;
  readonly oldRights: Rights | null;
  readonly newRights: Rights | null;
  readonly name: string;
};

/** What a notification is found by; `created` as it is stored. */
export type NotificationRow = { readonly id: string; readonly created: string; readonly objectAccountId: string };

/** The person's notifications with these ids (all without). */
export async function findShareNotifications(
  context: Context,
  ids: readonly string[] | null,
): Promise<ShareNotificationView[]> {
  requireWhole(context);
  const { db } = context;
  const mine = db.build
    .selectFrom('share_notification')
    .selectAll()
    .where('principal_id', '=', context.actor.principalId);
  if (ids?.length === 0) return [];
  const rows = await db.all(
    (ids === null ? mine : mine.where('id', 'in', [...ids])).orderBy('created', 'desc').orderBy('id'),
  );
  const people = await findPeople(db, rows);
  return rows.map((row) => viewOf(row, people));
}

/** All of the person's, which are few, in the order of their making. */
export async function listShareNotifications(context: Context, isAscending: boolean): Promise<NotificationRow[]> {
  requireWhole(context);
  const { db } = context;
  const direction = isAscending ? 'asc' : 'desc';
  return db.all(
    db.build
      .selectFrom('share_notification')
      .select(['id', 'created', 'object_account_id as objectAccountId'])
      .where('principal_id', '=', context.actor.principalId)
      .orderBy('created', direction)
      .orderBy('id', direction),
  );
}

/** Dismisses a notification. */
export async function dismissShareNotification(context: Context, id: string): Promise<void> {
  const { principalId } = context.actor;
  await transact(context, async (tx) => {
    const gone = await tx.run(
      tx.build.deleteFrom('share_notification').where('id', '=', id).where('principal_id', '=', principalId),
    );
    if (gone === 0) throw notFound('notification');
    tx.changed({ accountId: principalId, type: 'ShareNotification', id, kind: 'destroyed' });
  });
}

async function findPeople(
  reader: Reader,
  rows: readonly ShareNotificationRow[],
): Promise<ReadonlyMap<string, PrincipalRow>> {
  const ids = [...new Set(rows.flatMap((row) => row.changed_by ?? []))];
  if (ids.length === 0) return new Map();
  const people = await reader.all(reader.build.selectFrom('principal').selectAll().where('id', 'in', ids));
  return new Map(people.map((person) => [person.id, person]));
}

/** What was written before there were contributors does not name `mayAdd`. */
function rightsIn(kept: Partial<Rights>): Rights {
  return rightsWhere((name) => kept[name] === true);
}

function viewOf(row: ShareNotificationRow, people: ReadonlyMap<string, PrincipalRow>): ShareNotificationView {
  const person = row.changed_by === null ? undefined : people.get(row.changed_by);
  const rights = (text: string | null) => (text === null ? null : rightsIn(JSON.parse(text) as Partial<Rights>));
  return {
    id: row.id,
    created: utcDate(row.created),
    changedBy: { name: person?.name ?? '', email: person?.email ?? null, principalId: person?.id ?? null },
    objectType: 'AddressBook',
    objectAccountId: row.object_account_id,
    objectId: row.object_id,
    oldRights: rights(row.old_rights),
    newRights: rights(row.new_rights),
    name: row.name,
  };
}
