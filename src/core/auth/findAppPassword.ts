import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import type { World } from '../context.ts';
import { emailKey } from '../principal/emailKey.ts';
import type { Scope } from '../actor.ts';
import { noteUse } from './noteUse.ts';

/** Who signs in with an app password, and its limits (null: none). */
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

/** The form in which an app password is stored. It has so much entropy that a slow hash would add no protection. */
export function hashAppPassword({ settings }: World, secret: string): string {
  return createHmac('sha256', settings.appPasswordKey ?? settings.linkKey)
    .update(`app password ${secret}`)
    .digest('base64url');
}

/**
 * Who signs in with this app password under one of their names; undefined: it belongs to nobody, or was revoked. It is
 * looked up for every request, so that revoking takes effect at once. Its use is recorded once an hour.
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

/** The limits of an app password, for background work on its behalf; undefined: it can no longer sign in. */
export async function scopeOfAppPassword(reader: Reader, id: string): Promise<Scope | undefined> {
  const live = reader.build.selectFrom('app_password').select(['may_write', 'book_id']).where('id', '=', id);
  const row = await reader.first(live.where('revoked_at', 'is', null));
  return row && { mayWrite: row.may_write === 1, bookId: row.book_id };
}

/** Whether an app password can still sign in. */
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
