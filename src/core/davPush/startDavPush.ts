import { sql } from 'kysely';
import type { StrangerPost } from '../../lib/webPush/postToStranger.ts';
import type { VapidKey } from '../../lib/webPush/vapid.ts';
import type { HomeBook } from '../addressbook/homeBooks.ts';
import type { World } from '../context.ts';
import { createSender } from '../push/createSender.ts';
import type { PushWay, SenderSettings } from '../push/createSender.ts';
import type { Outcome } from '../push/device.ts';
import { contextOf } from '../push/followAudiences.ts';
import { postPush } from '../push/postPush.ts';
import { leaveDevice, takeDevice } from '../push/takeDevice.ts';
import type { ChangedStates } from '../sync/changedStates.ts';
import {
  davSubscribers,
  liveDavSubscription,
  liveDavSubscriptions,
  purgeDavSubscriptions,
} from './davSubscriptions.ts';
import { standingOf } from './standing.ts';

/** What to tell a device about an address book, or about the home (book null, bookId ''). */
export type DavNews = {
  readonly personId: string;
  readonly bookId: string;
  readonly book: HomeBook | null;
  readonly isContent: boolean;
  readonly isProperties: boolean;
};

/** What the sender needs. */
export type DavPushSettings = SenderSettings & {
  readonly post: StrangerPost;
  readonly vapid: VapidKey;
  /** The message as the device understands it. */
  write(world: World, news: DavNews): string;
};

/** The running sender. */
export type DavPush = { stop(): Promise<void> };

/** What changed is found when it is told: that something did is all that a device waits for. */
const something: ChangedStates = new Map([['', new Map([['', '']])]]);
/** With the growing patience between them, that is a day. Nobody has verified the address, and a device that is there comes again. */
const mostFailures = 33;
const table = 'dav_push_subscription';

/**
 * From now on, tells devices by WebDAV-Push what changed in the address books that they have subscribed to. When JMAP
 * would tell a person of a change, their devices are checked: anything that differs from what a device was told last is
 * news.
 */
export function startDavPush(world: World, settings: DavPushSettings): DavPush {
  const way: PushWay = {
    async people() {
      await purgeDavSubscriptions(world);
      return davSubscribers(world);
    },
    async look(personId) {
      for (const { id } of await liveDavSubscriptions(world, personId)) sender.note(id, something);
    },
    async audiences(personId) {
      const rows = await liveDavSubscriptions(world, personId);
      return rows.map((row) => ({ personId, appPasswordId: row.app_password_id }));
    },
    async wanted({ personId, appPasswordId }, states) {
      const isAbout = [...states.values()].some((types) => types.has('AddressBook') || types.has('ContactCard'));
      if (!isAbout) return new Map();
      const rows = await liveDavSubscriptions(world, personId);
      const mine = rows.filter((row) => row.app_password_id === appPasswordId);
      return mine.length === 0 ? null : new Map(mine.map(({ id }) => [id, something]));
    },
    mostFailures,
    deliver: (id) => deliver(world, settings, id),
    forget: (id) =>
      world.db.transaction(async (tx) => {
        await tx.run(tx.build.deleteFrom('dav_push_subscription').where('id', '=', id));
      }),
  };
  const sender = createSender(world, way, settings);
  return sender;
}

/** What is news is found at the last moment: a hundred changes in a row are one message, and what the device did itself is none. */
async function deliver(world: World, settings: DavPushSettings, id: string): Promise<Outcome> {
  const row = await liveDavSubscription(world, id);
  const context = row && (await contextOf(world, { personId: row.principal_id, appPasswordId: row.app_password_id }));
  if (!row || !context) return 'refused';
  const { content, properties, book } = await standingOf(context, row.book_id);
  const isContent = row.wants_content === 1 && content !== row.told_content;
  // What is gone has no properties: that it is gone is a change of content.
  const isProperties = row.wants_properties === 1 && content !== '' && properties !== row.told_properties;
  if (!isContent && !isProperties) return 'delivered';
  const same = sql`told_content = ${row.told_content} AND told_properties = ${row.told_properties}`;
  if (!(await takeDevice(world, { table, id, same }))) return { retryAfter: 1 };
  const news = { personId: row.principal_id, bookId: row.book_id, book, isContent, isProperties };
  const outcome = await postPush({ ...settings, world }, row, {
    content: settings.write(world, news),
    type: 'application/xml; charset="UTF-8"',
  });
  if (outcome === 'delivered') await noteTold(world, id, { content, properties });
  else await leaveDevice(world, table, id);
  return outcome;
}

async function noteTold(world: World, id: string, told: { content: string; properties: string }): Promise<void> {
  const row = { told_content: told.content, told_properties: told.properties, program_id: null };
  await world.db.transaction((tx) =>
    tx.run(tx.build.updateTable('dav_push_subscription').set(row).where('id', '=', id)),
  );
}
