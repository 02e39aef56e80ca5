import { sql } from 'kysely';
import type { PushSubscriptionRow } from '../../db/rows/deviceRows.ts';
import type { StrangerPost } from '../../lib/webPush/postToStranger.ts';
import type { VapidKey } from '../../lib/webPush/vapid.ts';
import type { World } from '../context.ts';
import { readAllStates } from '../sync/changedStates.ts';
import type { ChangedStates } from '../sync/changedStates.ts';
import { createSender } from './createSender.ts';
import type { PushWay, SenderSettings } from './createSender.ts';
import type { Outcome } from './device.ts';
import { contextOf } from './followAudiences.ts';
import type { Audience } from './followAudiences.ts';
import { liveSubscription, liveSubscriptionsOf, purgePushSubscriptions, subscribers } from './liveSubscriptions.ts';
import { postPush } from './postPush.ts';
import { stateChanges } from './pushMessage.ts';
import { leaveDevice, takeDevice } from './takeDevice.ts';
import { noteTold, untold } from './toldStates.ts';

/** What the sender needs. */
export type PushSettings = SenderSettings & { readonly post: StrangerPost; readonly vapid: VapidKey };

const table = 'push_subscription';

/** The sender at work. */
export type PushSender = { stop(): Promise<void> };

/** From now on, tells devices what changes for their people: RFC 8620 §7.2. */
export function startPushSender(world: World, settings: PushSettings): PushSender {
  const poster = { ...settings, world };
  const send = (row: PushSubscriptionRow, content: object): Promise<Outcome> =>
    postPush(poster, row, { content: JSON.stringify(content), type: 'application/json' });

  const way: PushWay = {
    async people() {
      await purgePushSubscriptions(world);
      return subscribers(world);
    },
    async audiences(personId) {
      const rows = await liveSubscriptionsOf(world, personId);
      for (const row of rows) if (row.status === 'new') sender.run(() => verify(row));
      const verified = rows.filter(({ status }) => status === 'verified');
      return verified.map((row) => ({ personId, appPasswordId: row.app_password_id }));
    },
    async look(personId) {
      const rows = (await liveSubscriptionsOf(world, personId)).filter(({ status }) => status === 'verified');
      for (const [appPasswordId, own] of Map.groupBy(rows, (row) => row.app_password_id)) {
        const context = await contextOf(world, { personId, appPasswordId });
        if (!context) continue;
        const states = await world.db.reading(() => readAllStates(context));
        for (const row of own) {
          // Nobody has kept what this one was told.
          if (row.told === null) await noteTold(world, row, states);
          else sender.note(row.id, ofTypes(states, row.types));
        }
      }
    },
    wanted: (audience, states) => wantedBy(world, audience, states),
    async deliver(id, states) {
      const row = await liveSubscription(world, id);
      if (!row) return 'refused';
      const news = untold(states, row.told);
      if (news.size === 0) return 'delivered';
      const same = sql`coalesce(told, '') = ${row.told ?? ''}`;
      if (!(await takeDevice(world, { table, id, same }))) return { retryAfter: 1 };
      for (const content of stateChanges(news)) {
        const outcome = await send(row, content);
        if (outcome === 'delivered') continue;
        await leaveDevice(world, table, id);
        return outcome;
      }
      await noteTold(world, row, news);
      return 'delivered';
    },
    forget: (id) =>
      world.db.transaction(async (tx) => {
        await tx.run(tx.build.deleteFrom('push_subscription').where('id', '=', id));
      }),
  };

  /** RFC 8620 §7.2: asked once and never again, whatever comes of it. */
  async function verify(row: PushSubscriptionRow): Promise<void> {
    const isFirst = await world.db.transaction(async (tx) => {
      const asked = tx.build.updateTable('push_subscription').set({ status: 'asked' });
      return (await tx.run(asked.where('id', '=', row.id).where('status', '=', 'new'))) > 0;
    });
    if (!isFirst) return;
    const { id, verification_code: verificationCode } = row;
    const outcome = await send(row, { '@type': 'PushVerification', pushSubscriptionId: id, verificationCode });
    if (outcome === 'refused') await sender.forget(id);
  }

  const sender = createSender(world, way, settings);
  return {
    async stop() {
      const stopped = sender.stop();
      settings.post.close();
      await stopped;
    },
  };
}

/** Those whose session or password has ended meanwhile are not told any more. */
async function wantedBy(
  world: World,
  { personId, appPasswordId }: Audience,
  states: ChangedStates,
): Promise<ReadonlyMap<string, ChangedStates> | null> {
  const all = await liveSubscriptionsOf(world, personId);
  const rows = all.filter((row) => row.status === 'verified' && row.app_password_id === appPasswordId);
  if (rows.length === 0) return null;
  const wanted = rows.map((row) => [row.id, ofTypes(states, row.types)] as const);
  return new Map(wanted.filter(([, news]) => news.size > 0));
}

/** `types`: a JSON array, or null for all. */
function ofTypes(states: ChangedStates, types: string | null): ChangedStates {
  if (types === null) return states;
  const known = new Set(JSON.parse(types) as string[]);
  const wanted = [...states].map(([accountId, ofAccount]) => {
    return [accountId, new Map([...ofAccount].filter(([type]) => known.has(type)))] as const;
  });
  return new Map(wanted.filter(([, ofAccount]) => ofAccount.size > 0));
}
