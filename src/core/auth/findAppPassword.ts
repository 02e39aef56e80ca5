import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import type { World } from '../context.ts';
import { emailKey } from '../principal/emailKey.ts';
import type { Scope } from '../actor.ts';
import { noteUse } from './noteUse.ts';

/** Who signs in with an app password, and what it is limited to (null: nothing). */
export type AppPasswordUse = {
  readonly personId: string;
  readonly appPasswordId: string;
  readonly scope: Scope | null;
};

type Found = {
  readonly id: string;
  readonly principal_id: string;
  readonly hash: string;
  readonly may_write: number;
  readonly book_id: string | null;
  readonly last_used_at: string | null;
};

const hour = 3_600_000;

// Asked with every request of every device: built once.
const byHash = statement((build, value: { hash: string; key: string }) =>
  sql<Found>`
    SELECT app_password.id, principal_id, hash, may_write, book_id, last_used_at
    FROM app_password JOIN principal ON principal.id = app_password.principal_id
    WHERE hash = ${value.hash} AND revoked_at IS NULL AND principal.is_active = 1
      AND (email_key = ${value.key} OR EXISTS (SELECT 1 FROM principal_login
        WHERE principal_login.principal_id = principal.id AND login_key = ${value.key} AND is_held = 1))`.compile(
    build,
  ),
);

/** The form in which an app password is kept. It has so much chance in it that a slow hash would protect nothing more. */
export function hashAppPassword({ settings }: World, secret: string): string {
  return createHmac('sha256', settings.appPasswordKey ?? settings.linkKey)
    .update(`app password ${secret}`)
    .digest('base64url');
}

/**
 * Whose app password this is, when they sign in under one of their names; undefined: nobody's, or not any more. It is
 * looked up each time, so that revoking holds at once. Its use is noted once an hour.
 */
export async function findAppPassword(
  world: World,
  secret: string,
  login: string,
): Promise<AppPasswordUse | undefined> {
  const { db } = world;
  const hash = hashAppPassword(world, secret);
  const key = emailKey(login);
  const row = await db.first(byHash(db, { hash, key }));
  if (!row || !timingSafeEqual(Buffer.from(row.hash), Buffer.from(hash))) return undefined;
  if (!(await noteLastUse(world, row))) return undefined;
  const scope = { mayWrite: row.may_write === 1, bookId: row.book_id };
  const isLimited = !scope.mayWrite || scope.bookId !== null;
  return { personId: row.principal_id, appPasswordId: row.id, scope: isLimited ? scope : null };
}

/** What an app password is limited to, for what happens in its name by itself; undefined: it does not sign in any more. */
export async function scopeOfAppPassword(reader: Reader, id: string): Promise<Scope | undefined> {
  const live = reader.build.selectFrom('app_password').select(['may_write', 'book_id']).where('id', '=', id);
  const row = await reader.first(live.where('revoked_at', 'is', null));
  return row && { mayWrite: row.may_write === 1, bookId: row.book_id };
}

/** Whether an app password still signs in. */
export async function isAppPasswordLive(reader: Reader, id: string): Promise<boolean> {
  return (await scopeOfAppPassword(reader, id)) !== undefined;
}

async function noteLastUse(world: World, { id, principal_id: personId, last_used_at: last }: Found): Promise<boolean> {
  const now = world.now().getTime();
  if (last !== null && Date.parse(last) > now - hour) return true;
  const time = new Date(now - (now % hour)).toISOString();
  await world.db.transaction((tx) =>
    tx.run(tx.build.updateTable('app_password').set({ last_used_at: time }).where('id', '=', id)),
  );
  return noteUse(world, personId);
}
