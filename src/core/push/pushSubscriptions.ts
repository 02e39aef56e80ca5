import type { Reader } from '../../db/database.ts';
import type { PushSubscriptionRow } from '../../db/rows/deviceRows.ts';
import { AppError, invalid, notFound } from '../../errors.ts';
import { newId, newSecret } from '../../lib/ids.ts';
import { utcDate } from '../../lib/utcDate.ts';
import { areDeviceKeys } from '../../lib/webPush/encrypt.ts';
import { transact, within } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { allStatesIn } from '../sync/changedStates.ts';
import { countAddress, mostAddresses } from './countAddress.ts';
import { ownSubscriptions } from './liveSubscriptions.ts';
import { writeTold } from './toldStates.ts';

/** A device that is told of changes (RFC 8620 §7.2). `url` and `keys` are never told to anybody. */
export type PushSubscription = {
  readonly id: string;
  readonly deviceClientId: string;
  readonly url: string;
  readonly keys: { readonly p256dh: string; readonly auth: string } | null;
  readonly verificationCode: string | null;
  readonly expires: string;
  readonly types: readonly string[] | null;
};

/** What a client says of a device. */
export type NewPushSubscription = Pick<PushSubscription, 'deviceClientId' | 'url' | 'keys' | 'types'> & {
  readonly expires: string | null;
};

/** RFC 8620 §7.2: at least 48 hours, and better a week: an app may not be opened for a while. */
const longestLife = 30 * 24 * 3600 * 1000;

/** The subscriptions that the person made with the credentials with which they ask. */
export async function findPushSubscriptions(
  context: Context,
  ids: readonly string[] | null,
): Promise<readonly PushSubscription[]> {
  const rows = await ownSubscriptions(context);
  return rows.filter(({ id }) => ids === null || ids.includes(id)).map(view);
}

/**
 * Keeps a device's address; the sender asks it for its code at once. Errors: `invalid`, `overQuota`, `tooManyAttempts`
 * (each makes the server call a stranger).
 */
export async function createPushSubscription(context: Context, value: NewPushSubscription): Promise<PushSubscription> {
  const vapidKey = context.settings.vapidPublicKey;
  if (vapidKey === undefined) throw new AppError('forbidden', 'This server pushes to no devices');
  requireUrl(value.url);
  requireKeys(value.keys);
  const { principalId, sessionHash, appPasswordId } = context.actor;
  const now = context.now();
  const row: PushSubscriptionRow = {
    id: newId('d', now),
    principal_id: principalId,
    session_hash: sessionHash ?? null,
    app_password_id: appPasswordId ?? null,
    device_client_id: value.deviceClientId,
    url: value.url,
    p256dh: value.keys?.p256dh ?? null,
    auth: value.keys?.auth ?? null,
    status: 'new',
    verification_code: newSecret(),
    types: value.types && JSON.stringify(value.types),
    vapid_key: vapidKey,
    expires_at: expiry(now, value.expires),
    created_at: now.toISOString(),
    told: null,
    program_id: null,
  };
  await transact(context, async (tx) => {
    await requireRoom(tx, principalId);
    await countAddress(tx, context);
    await tx.run(tx.build.insertInto('push_subscription').values(row));
    tx.resubscribed(principalId);
  });
  return view(row);
}

/** Changes a subscription: shows the code that the device was sent, or other types, or another end. */
export async function updatePushSubscription(
  context: Context,
  id: string,
  edit: (
    current: PushSubscription,
  ) => Pick<NewPushSubscription, 'expires' | 'types'> & { verificationCode: string | null },
): Promise<PushSubscription> {
  return transact(context, async (tx) => {
    const row = (await ownSubscriptions(context, tx)).find((candidate) => candidate.id === id);
    if (!row) throw notFound('push subscription');
    const { verificationCode, expires, types } = edit(view(row));
    const isShown = verificationCode === row.verification_code;
    const wasShown = row.status === 'verified';
    if (!isShown && (verificationCode !== null || wasShown)) throw invalid('verificationCode', 'This is not the code');
    // From now on: what changes is told, by whichever program.
    const told = isShown && !wasShown ? { told: writeTold(await allStatesIn(within(context, tx))) } : {};
    const changed = {
      ...told,
      status: isShown ? 'verified' : row.status,
      types: types && JSON.stringify(types),
      expires_at: expiry(context.now(), expires),
    } as const;
    await tx.run(tx.build.updateTable('push_subscription').set(changed).where('id', '=', id));
    tx.resubscribed(context.actor.principalId);
    return view({ ...row, ...changed });
  });
}

/** Forgets a device. */
export async function destroyPushSubscription(context: Context, id: string): Promise<void> {
  await transact(context, async (tx) => {
    const isOwn = (await ownSubscriptions(context, tx)).some((candidate) => candidate.id === id);
    if (!isOwn) throw notFound('push subscription');
    await tx.run(tx.build.deleteFrom('push_subscription').where('id', '=', id));
    tx.resubscribed(context.actor.principalId);
  });
}

function view(row: PushSubscriptionRow): PushSubscription {
  return {
    id: row.id,
    deviceClientId: row.device_client_id,
    url: row.url,
    keys: row.p256dh === null || row.auth === null ? null : { p256dh: row.p256dh, auth: row.auth },
    // Whoever has not got it through the device must not learn it here.
    verificationCode: row.status === 'verified' ? row.verification_code : null,
    expires: utcDate(row.expires_at),
    types: row.types === null ? null : (JSON.parse(row.types) as string[]),
  };
}

function expiry(now: Date, wanted: string | null): string {
  const latest = new Date(now.getTime() + longestLife).toISOString();
  return wanted !== null && wanted < latest ? wanted : latest;
}

/** Whether the address is a public one is seen when it is called: a name can mean anything until then. */
function requireUrl(text: string): void {
  const url = text.length <= 2000 ? URL.parse(text) : null;
  const isFit = url?.protocol === 'https:' && text.startsWith('https://') && url.username === '' && url.password === '';
  if (!isFit) throw invalid('url', 'An address that begins with https://');
}

function requireKeys(keys: PushSubscription['keys']): void {
  if (keys === null) return;
  const octets = (text: string) => Buffer.from(text, 'base64url');
  if (!areDeviceKeys({ p256dh: octets(keys.p256dh), auth: octets(keys.auth) }))
    throw invalid('keys', 'p256dh is a point on P-256, auth has 16 octets, both in base64url');
}

async function requireRoom(tx: Reader, principalId: string): Promise<void> {
  const mine = tx.build.selectFrom('push_subscription').select('id').where('principal_id', '=', principalId);
  if ((await tx.all(mine)).length >= mostAddresses)
    throw new AppError('overQuota', `At most ${mostAddresses} push subscriptions`);
}
