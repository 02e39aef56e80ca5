import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Reader, Writer } from '../../db/database.ts';
import type { DavPushSubscriptionRow } from '../../db/rows/deviceRows.ts';
import { AppError, invalid, notFound } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { areDeviceKeys } from '../../lib/webPush/encrypt.ts';
import { transact, within } from '../change/transact.ts';
import type { Context, World } from '../context.ts';
import { countAddress, mostAddresses } from '../push/countAddress.ts';
import { standingOf } from './standing.ts';

/** What a device says of itself (WebDAV-Push, Web Push transport). */
export type NewDavSubscription = {
  /** The address book; '': the home. */
  readonly bookId: string;
  readonly url: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  readonly wantsContent: boolean;
  readonly wantsProperties: boolean;
  readonly expires: Date | null;
};

const day = 24 * 3600 * 1000;
/** At least three days, says the draft; DAVx5 renews every day. */
const shortestLife = 3 * day;
const longestLife = 30 * day;
const usualLife = 7 * day;
const mostPerPerson = 500;

/**
 * Keeps a device's address for one address book, or keeps it longer. Errors: `invalid` (subscription), `overQuota`,
 * `tooManyAttempts` (each new address makes the server call a stranger).
 */
export async function registerDavPush(
  context: Context,
  wanted: NewDavSubscription,
): Promise<{ readonly id: string; readonly expires: Date }> {
  const vapidKey = context.settings.vapidPublicKey;
  if (vapidKey === undefined) throw new AppError('forbidden', 'This server pushes to no devices');
  requireDevice(wanted);
  const now = context.now();
  const expires = new Date(now.getTime() + lifeOf(wanted.expires, now));
  const { principalId, appPasswordId } = context.actor;
  return transact(context, async (tx) => {
    const { build } = tx;
    const mine = build.selectFrom('dav_push_subscription').select('id').where('principal_id', '=', principalId);
    const known = await tx.first(mine.where('book_id', '=', wanted.bookId).where('url', '=', wanted.url));
    const standing = await standingOf(within(context, tx), wanted.bookId);
    const row = {
      app_password_id: appPasswordId ?? null,
      p256dh: wanted.keys.p256dh,
      auth: wanted.keys.auth,
      wants_content: Number(wanted.wantsContent),
      wants_properties: Number(wanted.wantsProperties),
      vapid_key: vapidKey,
      expires_at: expires.toISOString(),
      created_at: now.toISOString(),
    };
    if (known) await tx.run(build.updateTable('dav_push_subscription').set(row).where('id', '=', known.id));
    else await requireRoom(tx, context, wanted.url);
    const id = known?.id ?? newId('n', now);
    if (!known) {
      const told = { told_content: standing.content, told_properties: standing.properties };
      const place = { id, principal_id: principalId, book_id: wanted.bookId, url: wanted.url, program_id: null };
      await tx.run(build.insertInto('dav_push_subscription').values({ ...place, ...row, ...told }));
    }
    tx.resubscribed(principalId);
    return { id, expires };
  });
}

/**
 * The draft knows no question whether a device wants to be told. So what counts is to how many addresses one change is
 * sent; a device that is known may have all its folders.
 */
async function requireRoom(tx: Writer, context: Context, url: string): Promise<void> {
  const { principalId } = context.actor;
  const mine = await tx.all(
    tx.build.selectFrom('dav_push_subscription').select('url').where('principal_id', '=', principalId),
  );
  if (mine.length >= mostPerPerson) throw new AppError('overQuota', `At most ${mostPerPerson} subscriptions`);
  const addresses = new Set(mine.map((row) => row.url));
  if (addresses.has(url)) return;
  if (addresses.size >= mostAddresses) throw new AppError('overQuota', `At most ${mostAddresses} devices`);
  await countAddress(tx, context);
}

/** Tells a device nothing more. Errors: `notFound`, also for the subscription of somebody else. */
export async function unregisterDavPush(context: Context, id: string): Promise<void> {
  const { principalId } = context.actor;
  await transact(context, async (tx) => {
    const mine = tx.build.deleteFrom('dav_push_subscription').where('principal_id', '=', principalId);
    if ((await tx.run(mine.where('id', '=', id))) === 0) throw notFound('push subscription');
    tx.resubscribed(principalId);
  });
}

/** How things stand is no news to these devices of the person (null: to all): they have just brought it about. */
export async function noteAsTold(context: Context, ids: readonly string[] | null): Promise<void> {
  const { principalId } = context.actor;
  const rows = (await liveDavSubscriptions(context, principalId)).filter(({ id }) => ids === null || ids.includes(id));
  for (const { id, book_id: bookId } of rows) {
    const { content, properties } = await standingOf(context, bookId);
    const told = { told_content: content, told_properties: properties };
    await context.db.transaction((tx) =>
      tx.run(tx.build.updateTable('dav_push_subscription').set(told).where('id', '=', id)),
    );
  }
}

/**
 * A subscription ends with its time, with what its device signs in with, and with the key that the push service expects.
 */
function isLive(world: World): RawBuilder<boolean> {
  return sql<boolean>`(expires_at > ${world.now().toISOString()} AND vapid_key = ${world.settings.vapidPublicKey ?? ''}
    AND EXISTS (SELECT 1 FROM principal WHERE principal.id = dav_push_subscription.principal_id AND is_active = 1)
    AND CASE WHEN app_password_id IS NOT NULL
      THEN EXISTS (SELECT 1 FROM app_password WHERE app_password.id = app_password_id AND revoked_at IS NULL)
      ELSE NOT EXISTS (SELECT 1 FROM credential WHERE credential.principal_id = dav_push_subscription.principal_id
        AND changed_at > dav_push_subscription.created_at) END)`;
}

/** The live subscriptions of a person. */
export function liveDavSubscriptions(world: World, personId: string): Promise<DavPushSubscriptionRow[]> {
  return find(world, world.db, sql<boolean>`principal_id = ${personId}`);
}

/** One subscription, as long as it lives. */
export async function liveDavSubscription(world: World, id: string): Promise<DavPushSubscriptionRow | undefined> {
  return (await find(world, world.db, sql<boolean>`id = ${id}`))[0];
}

function find(world: World, reader: Reader, where: RawBuilder<boolean>): Promise<DavPushSubscriptionRow[]> {
  const rows = reader.build.selectFrom('dav_push_subscription').selectAll().where(where).where(isLive(world));
  return reader.all(rows.orderBy('id'));
}

/** Everybody with a subscription. */
export async function davSubscribers(world: World): Promise<string[]> {
  const { db } = world;
  const rows = await db.all(db.build.selectFrom('dav_push_subscription').select('principal_id').distinct());
  return rows.map((row) => row.principal_id);
}

/** Erases the subscriptions that have ended; how many. */
export function purgeDavSubscriptions(world: World): Promise<number> {
  return world.db.transaction((tx) =>
    tx.run(tx.build.deleteFrom('dav_push_subscription').where(sql<boolean>`NOT ${isLive(world)}`)),
  );
}

function lifeOf(wanted: Date | null, now: Date): number {
  if (wanted === null) return usualLife;
  return Math.min(longestLife, Math.max(shortestLife, wanted.getTime() - now.getTime()));
}

/** Whether the address is a public one is seen when it is called. */
function requireDevice({ url: text, keys }: NewDavSubscription): void {
  const url = text.length <= 2000 ? URL.parse(text) : null;
  const isFit = url?.protocol === 'https:' && text.startsWith('https://') && url.username === '' && url.password === '';
  const octets = (part: string) => Buffer.from(part, 'base64url');
  if (isFit && areDeviceKeys({ p256dh: octets(keys.p256dh), auth: octets(keys.auth) })) return;
  throw invalid('subscription', 'An address that begins with https://, a point on P-256 and a secret of 16 octets');
}
