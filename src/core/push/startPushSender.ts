import { setImmediate as breathe } from 'node:timers/promises';
import type { PushSubscriptionRow } from '../../db/schema.ts';
import type { StrangerPost } from '../../lib/webPush/postToStranger.ts';
import type { VapidKey } from '../../lib/webPush/vapid.ts';
import { scopeOfAppPassword } from '../auth/findAppPassword.ts';
import type { World } from '../context.ts';
import { createBroadcast } from '../sync/broadcast.ts';
import type { Broadcast } from '../sync/broadcast.ts';
import type { ChangedStates } from '../sync/changedStates.ts';
import { createDevice } from './device.ts';
import type { Device, Outcome } from './device.ts';
import { liveSubscription, liveSubscriptionsOf, purgePushSubscriptions, subscribers } from './liveSubscriptions.ts';
import { postPush } from './postPush.ts';
import { stateChanges } from './pushMessage.ts';

/** What the sender needs. */
export type SenderSettings = {
  readonly post: StrangerPost;
  readonly vapid: VapidKey;
  readonly report: (error: unknown) => void;
  /** How long a second is; tests make it shorter. */
  readonly second?: number;
};

/** The sender at work. */
export type PushSender = { stop(): Promise<void> };

type Sender = Required<SenderSettings> & {
  readonly world: World;
  readonly broadcast: Broadcast;
  /** Leaves the broadcast, by person and by what they listen with (see `keyOf`). */
  readonly people: Map<string, () => void>;
  readonly devices: Map<string, Device>;
  readonly running: Set<Promise<unknown>>;
  isStopped: boolean;
};

/** When a person's changes could not be followed, it is tried again after so many seconds. */
const patienceSeconds = 10;

/** Tells devices what changes for their people, from now on: RFC 8620 §7.2. */
export function startPushSender(world: World, settings: SenderSettings): PushSender {
  const sender: Sender = {
    second: 1000,
    ...settings,
    world,
    broadcast: createBroadcast(world, settings.report),
    people: new Map(),
    devices: new Map(),
    running: new Set(),
    isStopped: false,
  };
  const unlisten = world.hub.listen((commit) => {
    for (const personId of new Set(commit.resubscribed)) run(sender, () => refresh(sender, personId));
  });
  run(sender, () => begin(sender));
  return {
    async stop() {
      sender.isStopped = true;
      unlisten();
      sender.broadcast.close();
      for (const device of sender.devices.values()) device.stop();
      sender.post.close();
      await Promise.all(sender.running);
    },
  };
}

function run(sender: Sender, task: () => Promise<unknown>): void {
  const running: Promise<unknown> = task()
    .catch(sender.report)
    .finally(() => sender.running.delete(running));
  sender.running.add(running);
}

async function begin(sender: Sender): Promise<void> {
  await purgePushSubscriptions(sender.world);
  for (const personId of await subscribers(sender.world)) {
    if (sender.isStopped) return;
    await refresh(sender, personId);
    await breathe();
  }
}

/** Looks at a person's subscriptions anew: asks the new ones for their codes, and listens for the others. */
async function refresh(sender: Sender, personId: string): Promise<void> {
  const rows = await liveSubscriptionsOf(sender.world, personId);
  for (const row of rows) if (row.status === 'new') run(sender, () => verify(sender, row));
  const wanted = new Set(rows.filter(({ status }) => status === 'verified').map((row) => row.app_password_id));
  for (const appPasswordId of wanted) await join(sender, personId, appPasswordId);
  const kept = new Set([...wanted].map((appPasswordId) => keyOf(personId, appPasswordId)));
  const listening = [...sender.people.keys()].filter((key) => key.startsWith(keyOf(personId, null)));
  for (const key of listening) if (!kept.has(key)) leave(sender, key);
}

/** Each app password shows something of its own. */
function keyOf(personId: string, appPasswordId: string | null): string {
  return `${personId} ${appPasswordId ?? ''}`;
}

async function join(sender: Sender, personId: string, appPasswordId: string | null): Promise<void> {
  const key = keyOf(personId, appPasswordId);
  const scope = appPasswordId === null ? undefined : await scopeOfAppPassword(sender.world.db, appPasswordId);
  if (sender.people.has(key) || sender.isStopped || (appPasswordId !== null && !scope)) return;
  const by = appPasswordId === null ? {} : { appPasswordId, ...(scope && { scope }) };
  const context = { ...sender.world, actor: { principalId: personId, language: 'fr', ...by } } as const;
  const end = () => {
    leave(sender, key);
    const again = setTimeout(() => {
      if (!sender.isStopped) run(sender, () => refresh(sender, personId));
    }, patienceSeconds * sender.second);
    again.unref();
  };
  const tell = (states: ChangedStates) => run(sender, () => note(sender, { personId, appPasswordId }, states));
  sender.people.set(key, sender.broadcast.join(context, { tell, end }));
}

function leave(sender: Sender, key: string): void {
  sender.people.get(key)?.();
  sender.people.delete(key);
}

/** Those whose session or password has ended meanwhile are not told any more. */
async function note(
  sender: Sender,
  { personId, appPasswordId }: { readonly personId: string; readonly appPasswordId: string | null },
  states: ChangedStates,
): Promise<void> {
  const all = await liveSubscriptionsOf(sender.world, personId);
  const rows = all.filter((row) => row.status === 'verified' && row.app_password_id === appPasswordId);
  if (rows.length === 0) leave(sender, keyOf(personId, appPasswordId));
  for (const row of rows) {
    const wanted = wantedStates(states, row.types === null ? null : (JSON.parse(row.types) as string[]));
    if (wanted.size > 0) deviceOf(sender, row.id).note(wanted);
  }
}

function wantedStates(states: ChangedStates, types: readonly string[] | null): ChangedStates {
  if (types === null) return states;
  const wanted = [...states].map(([accountId, ofAccount]) => {
    return [accountId, new Map([...ofAccount].filter(([type]) => types.includes(type)))] as const;
  });
  return new Map(wanted.filter(([, ofAccount]) => ofAccount.size > 0));
}

function deviceOf(sender: Sender, id: string): Device {
  const known = sender.devices.get(id);
  if (known) return known;
  const device = createDevice({
    second: sender.second,
    deliver: (states) => track(sender, deliver(sender, id, states)),
    refused: () => run(sender, () => forget(sender, id)),
  });
  sender.devices.set(id, device);
  return device;
}

async function track<T>(sender: Sender, task: Promise<T>): Promise<T> {
  sender.running.add(task);
  try {
    return await task;
  } finally {
    sender.running.delete(task);
  }
}

async function deliver(sender: Sender, id: string, states: ChangedStates): Promise<Outcome> {
  try {
    const row = await liveSubscription(sender.world, id);
    if (!row) return 'refused';
    for (const content of stateChanges(states)) {
      const outcome = await send(sender, row, content);
      if (outcome !== 'delivered') return outcome;
    }
    return 'delivered';
  } catch (error) {
    sender.report(error);
    return { retryAfter: 0 };
  }
}

/** RFC 8620 §7.2: asked once and never again, whatever comes of it. */
async function verify(sender: Sender, row: PushSubscriptionRow): Promise<void> {
  const isFirst = await sender.world.db.transaction(async (tx) => {
    const asked = tx.build.updateTable('push_subscription').set({ status: 'asked' });
    return (await tx.run(asked.where('id', '=', row.id).where('status', '=', 'new'))) > 0;
  });
  if (!isFirst) return;
  const { id, verification_code: verificationCode } = row;
  const outcome = await send(sender, row, { '@type': 'PushVerification', pushSubscriptionId: id, verificationCode });
  if (outcome === 'refused') await forget(sender, id);
}

function send(sender: Sender, row: PushSubscriptionRow, content: object): Promise<Outcome> {
  return postPush(sender, row, { content: JSON.stringify(content), type: 'application/json' });
}

async function forget(sender: Sender, id: string): Promise<void> {
  sender.devices.get(id)?.stop();
  sender.devices.delete(id);
  await sender.world.db.transaction((tx) => tx.run(tx.build.deleteFrom('push_subscription').where('id', '=', id)));
}
