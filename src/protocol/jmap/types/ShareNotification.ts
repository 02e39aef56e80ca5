import {
  dismissShareNotification,
  findShareNotifications,
  listShareNotifications,
} from '../../../core/notification/shareNotifications.ts';
import type { NotificationRow } from '../../../core/notification/shareNotifications.ts';
import { changesOf } from '../../../core/sync/changesOf.ts';
import { stateOf } from '../../../core/sync/states.ts';
import type { Json } from '../../../lib/json.ts';
import { capability } from '../capabilities.ts';
import { changesMethod } from '../engine/changesMethod.ts';
import type { Call, Properties } from '../engine/define.ts';
import { MethodError } from '../engine/errors.ts';
import { asId, asString, asUtcDate, fitsFilter } from '../engine/filter.ts';
import { getMethod } from '../engine/getMethod.ts';
import { queryChangesMethod, queryMethod, resultsOf } from '../engine/queryMethod.ts';
import type { QueryTable } from '../engine/queryMethod.ts';
import { setMethod } from '../engine/setMethod.ts';
import { shownRights } from './rightsShown.ts';

const serverSet = { serverSet: true } as const;

const properties = {
  id: serverSet,
  created: serverSet,
  changedBy: serverSet,
  objectType: serverSet,
  objectAccountId: serverSet,
  objectId: serverSet,
  oldRights: serverSet,
  newRights: serverSet,
  name: serverSet,
} satisfies Properties;

const common = {
  type: 'ShareNotification',
  capability: capability.principals,
  account: 'own',
  state: (call: Call, accountId: string) => stateOf(call.context, accountId, 'ShareNotification'),
} as const;

type Condition = { after?: Limit; before?: Limit; objectType?: string; objectAccountId?: string };

/** UTCDate|null; null: no limit. */
type Limit = { readonly time: string | null };

function asLimit(value: Json): Limit | undefined {
  const time = value === null ? null : asUtcDate(value);
  return time === undefined ? undefined : { time };
}

const search: Pick<QueryTable<Condition, 'created'>, 'filter' | 'sort' | 'run' | 'changed'> = {
  // RFC 9670 §3.4.1.
  filter: {
    after: { read: asLimit },
    before: { read: asLimit },
    objectType: { read: asString },
    objectAccountId: { read: asId },
  },
  sort: { created: {} },
  async run(call, _accountId, { filter, sort }) {
    const all = await listShareNotifications(call.context, sort[0]?.isAscending ?? false);
    return resultsOf(all.filter((row) => fitsFilter(filter, (condition) => fits(condition, row))).map(({ id }) => id));
  },
  /** They come and go, and never change. */
  async changed(call, accountId, since) {
    const told = await changesOf(call.context, accountId, 'ShareNotification', since, null);
    if (told.hasMoreChanges) throw new MethodError('cannotCalculateChanges');
    return { before: told.destroyed, now: told.created };
  },
};

function fits({ after, before, objectType, objectAccountId }: Condition, row: NotificationRow): boolean {
  return (
    (after?.time === undefined || after.time === null || row.created >= after.time) &&
    (before?.time === undefined || before.time === null || row.created < before.time) &&
    (objectType === undefined || objectType === 'AddressBook') &&
    (objectAccountId === undefined || objectAccountId === row.objectAccountId)
  );
}

/** RFC 9670 §3.1. */
export const shareNotificationGet = getMethod({
  ...common,
  properties,
  load: async (call, _accountId, ids) =>
    (await findShareNotifications(call.context, ids)).map((view) => ({
      ...view,
      oldRights: shownRights(call, view.oldRights),
      newRights: shownRights(call, view.newRights),
    })),
});

/** RFC 9670 §3.2. */
export const shareNotificationChanges = changesMethod({
  ...common,
  changes: (call, accountId, since, most) => changesOf(call.context, accountId, 'ShareNotification', since, most),
});

/** RFC 9670 §3.3: to destroy is to dismiss. */
export const shareNotificationSet = setMethod({
  ...common,
  properties,
  destroy: ({ call }, id) => dismissShareNotification(call.context, id),
});

/** RFC 9670 §3.4. */
export const shareNotificationQuery = queryMethod({ ...common, ...search });

/** RFC 9670 §3.5. */
export const shareNotificationQueryChanges = queryChangesMethod({ ...common, ...search });
