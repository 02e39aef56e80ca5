import { setImmediate as breathe } from 'node:timers/promises';
import type { DavPushSubscriptionRow } from '../../db/schema.ts';
import type { StrangerPost } from '../../lib/webPush/postToStranger.ts';
import type { VapidKey } from '../../lib/webPush/vapid.ts';
import type { HomeBook } from '../addressbook/homeBooks.ts';
import { scopeOfAppPassword } from '../auth/findAppPassword.ts';
import type { Context, World } from '../context.ts';
import { createDevice } from '../push/device.ts';
import type { Device, Outcome } from '../push/device.ts';
import { postPush } from '../push/postPush.ts';
import { createBroadcast } from '../sync/broadcast.ts';
import type { Broadcast } from '../sync/broadcast.ts';
import type { ChangedStates } from '../sync/changedStates.ts';
import {
  davSubscribers,
  liveDavSubscription,
  liveDavSubscriptions,
  purgeDavSubscriptions,
} from './davSubscriptions.ts';
import { standingOf } from './standing.ts';

/** What a device is to be told of an address book, or of the home (book null, bookId ''). */
export type DavNews = {
  readonly personId: string;
  readonly bookId: string;
  readonly book: HomeBook | null;
  readonly isContent: boolean;
  readonly isProperties: boolean;
};

/** What the sender needs. */
export type DavPushSettings = {
  readonly post: StrangerPost;
  readonly vapid: VapidKey;
  readonly report: (error: unknown) => void;
  /** The message as the device understands it. */
  write(world: World, news: DavNews): string;
  /** How long a second is; tests make it shorter. */
  readonly second?: number;
};

/** The sender at work. */
export type DavPush = { stop(): Promise<void> };

type Sender = Required<DavPushSettings> & {
  readonly world: World;
  readonly broadcast: Broadcast;
  /** Leaves the broadcast, by person and app password. */
  readonly listening: Map<string, () => void>;
  readonly devices: Map<string, Device>;
  readonly running: Set<Promise<unknown>>;
  isStopped: boolean;
};

/** When a person's changes could not be followed, it is tried again after so many seconds. */
const patienceSeconds = 10;
const something: ChangedStates = new Map([['', new Map([['', '']])]]);

/**
 * Tells devices by WebDAV-Push what changed in the address books that they have subscribed to, from now on. Whoever is
 * told of a change by JMAP is looked at: what stands otherwise for them than they were told last is news.
 */
export function startDavPush(world: World, settings: DavPushSettings): DavPush {
  const sender: Sender = {
    second: 1000,
    ...settings,
    world,
    broadcast: createBroadcast(world, settings.report),
    listening: new Map(),
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
  const { world } = sender;
  await purgeDavSubscriptions(world);
  for (const personId of await davSubscribers(world)) {
    if (sender.isStopped) return;
    await refresh(sender, personId);
    for (const { id } of await liveDavSubscriptions(world, personId)) deviceOf(sender, id).note(something);
    await breathe();
  }
}

/** Listens for a person's devices. */
async function refresh(sender: Sender, personId: string): Promise<void> {
  const rows = await liveDavSubscriptions(sender.world, personId);
  const kept = new Set(rows.map(keyOf));
  for (const row of rows) {
    await listen(sender, row);
  }
  for (const key of sender.listening.keys()) if (key.startsWith(`${personId} `) && !kept.has(key)) leave(sender, key);
}

/** What an app password shows is a view of its own. */
function keyOf(row: DavPushSubscriptionRow): string {
  return `${row.principal_id} ${row.app_password_id ?? ''}`;
}

async function listen(sender: Sender, row: DavPushSubscriptionRow): Promise<void> {
  const key = keyOf(row);
  const context = await contextOf(sender, row);
  if (!context || sender.listening.has(key) || sender.isStopped) return;
  const end = () => {
    leave(sender, key);
    const again = setTimeout(() => {
      if (!sender.isStopped) run(sender, () => refresh(sender, row.principal_id));
    }, patienceSeconds * sender.second);
    again.unref();
  };
  const tell = (states: ChangedStates) => {
    const isAbout = [...states.values()].some((types) => types.has('AddressBook') || types.has('ContactCard'));
    if (isAbout) run(sender, () => wake(sender, row));
  };
  sender.listening.set(key, sender.broadcast.join(context, { tell, end }));
}

function leave(sender: Sender, key: string): void {
  sender.listening.get(key)?.();
  sender.listening.delete(key);
}

/** The person as the device asks; undefined: it may not ask any more. */
async function contextOf({ world }: Sender, row: DavPushSubscriptionRow): Promise<Context | undefined> {
  const { principal_id: principalId, app_password_id: appPasswordId } = row;
  if (appPasswordId === null) return { ...world, actor: { principalId, language: 'fr' } };
  const scope = await scopeOfAppPassword(world.db, appPasswordId);
  return scope && { ...world, actor: { principalId, language: 'fr', appPasswordId, scope } };
}

async function wake(sender: Sender, row: DavPushSubscriptionRow): Promise<void> {
  const rows = await liveDavSubscriptions(sender.world, row.principal_id);
  for (const one of rows) if (keyOf(one) === keyOf(row)) deviceOf(sender, one.id).note(something);
}

function deviceOf(sender: Sender, id: string): Device {
  const known = sender.devices.get(id);
  if (known) return known;
  const device = createDevice({
    second: sender.second,
    deliver: () => track(sender, deliver(sender, id)),
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

/** What is news is found at the last moment: a hundred changes in a row are one message, and what the device did itself is none. */
async function deliver(sender: Sender, id: string): Promise<Outcome> {
  try {
    const row = await liveDavSubscription(sender.world, id);
    const context = row && (await contextOf(sender, row));
    if (!row || !context) return 'refused';
    const { content, properties, book } = await standingOf(context, row.book_id);
    const isContent = row.wants_content === 1 && content !== row.told_content;
    // What is gone has no properties: that it is gone is a change of content.
    const isProperties = row.wants_properties === 1 && content !== '' && properties !== row.told_properties;
    if (!isContent && !isProperties) return 'delivered';
    const news = { personId: row.principal_id, bookId: row.book_id, book, isContent, isProperties };
    const outcome = await postPush(sender, row, {
      content: sender.write(sender.world, news),
      type: 'application/xml; charset="UTF-8"',
    });
    if (outcome === 'delivered') await noteTold(sender.world, id, { content, properties });
    return outcome;
  } catch (error) {
    sender.report(error);
    return { retryAfter: 0 };
  }
}

async function noteTold(world: World, id: string, told: { content: string; properties: string }): Promise<void> {
  const row = { told_content: told.content, told_properties: told.properties };
  await world.db.transaction((tx) =>
    tx.run(tx.build.updateTable('dav_push_subscription').set(row).where('id', '=', id)),
  );
}

async function forget(sender: Sender, id: string): Promise<void> {
  sender.devices.get(id)?.stop();
  sender.devices.delete(id);
  const { db } = sender.world;
  await db.transaction((tx) => tx.run(tx.build.deleteFrom('dav_push_subscription').where('id', '=', id)));
}
