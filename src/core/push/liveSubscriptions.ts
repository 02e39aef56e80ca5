import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { PushSubscriptionRow } from '../../db/rows/deviceRows.ts';
import type { Context, World } from '../context.ts';

/** The client has so long to show the code that it was sent. */
const verificationLife = 24 * 3600 * 1000;
/** Over so long the making of subscriptions is counted. */
export const countedLife = 3600 * 1000;

/**
 * RFC 8620 §7.2: a subscription ends with its time, with the credentials by which it was made (the session, or the
 * password as it was then), and with the key that the push service expects (RFC 9749 §5).
 */
function isLive(world: World): RawBuilder<boolean> {
  const now = world.now().toISOString();
  return sql<boolean>`(expires_at > ${now} AND vapid_key = ${world.settings.vapidPublicKey ?? ''}
    AND EXISTS (SELECT 1 FROM principal WHERE principal.id = push_subscription.principal_id AND is_active = 1)
    AND CASE WHEN app_password_id IS NOT NULL
      THEN EXISTS (SELECT 1 FROM app_password WHERE app_password.id = app_password_id AND revoked_at IS NULL)
      WHEN session_hash IS NULL
      THEN NOT EXISTS (SELECT 1 FROM credential
        WHERE credential.principal_id = push_subscription.principal_id AND changed_at > push_subscription.created_at)
      ELSE EXISTS (SELECT 1 FROM session WHERE token_hash = session_hash AND session.expires_at > ${now}) END)`;
}

/** The live subscriptions of a person, by whichever credentials. */
export function liveSubscriptionsOf(world: World, personId: string): Promise<PushSubscriptionRow[]> {
  return find(world, world.db, sql<boolean>`principal_id = ${personId}`);
}

/** One subscription, as long as it lives. */
export async function liveSubscription(world: World, id: string): Promise<PushSubscriptionRow | undefined> {
  return (await find(world, world.db, sql<boolean>`id = ${id}`))[0];
}

/** The live subscriptions made by the credentials with which the person asks now (RFC 8620 §7.2.1). */
export function ownSubscriptions(context: Context, reader: Reader = context.db): Promise<PushSubscriptionRow[]> {
  const { principalId, sessionHash = null, appPasswordId = null } = context.actor;
  const made = sql.join([is(sql`session_hash`, sessionHash), is(sql`app_password_id`, appPasswordId)], sql` AND `);
  return find(context, reader, sql<boolean>`principal_id = ${principalId} AND ${made}`);
}

function is(column: RawBuilder<unknown>, value: string | null): RawBuilder<unknown> {
  return value === null ? sql`${column} IS NULL` : sql`${column} = ${value}`;
}

function find(world: World, reader: Reader, where: RawBuilder<boolean>): Promise<PushSubscriptionRow[]> {
  const rows = reader.build.selectFrom('push_subscription').selectAll().where(where).where(isLive(world));
  return reader.all(rows.orderBy('id'));
}

/** Everybody with a subscription. */
export async function subscribers(world: World): Promise<string[]> {
  const rows = await world.db.all(world.db.build.selectFrom('push_subscription').select('principal_id').distinct());
  return rows.map((row) => row.principal_id);
}

/** Erases the subscriptions that have ended, and those that nobody has verified; how many. */
export function purgePushSubscriptions(world: World): Promise<number> {
  const before = (life: number) => new Date(world.now().getTime() - life).toISOString();
  return world.db.transaction(async (tx) => {
    const { build } = tx;
    await tx.run(build.deleteFrom('push_creation').where('created_at', '<', before(countedLife)));
    const unverified = sql<boolean>`(status <> 'verified' AND created_at < ${before(verificationLife)})`;
    return tx.run(build.deleteFrom('push_subscription').where(sql<boolean>`(${unverified} OR NOT ${isLive(world)})`));
  });
}
