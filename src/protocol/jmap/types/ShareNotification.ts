import {
  dismissShareNotification,
  findShareNotifications,
  queryShareNotifications,
} from '../../../core/notification/shareNotifications.ts';
import { changesOf } from '../../../core/sync/changesOf.ts';
import { stateOf } from '../../../core/sync/states.ts';
import { capability } from '../capabilities.ts';
import { changesMethod } from '../engine/changesMethod.ts';
import type { Call, Properties } from '../engine/define.ts';
import { MethodError } from '../engine/errors.ts';
import { asId, asString, asUtcDate } from '../engine/filter.ts';
import { getMethod } from '../engine/getMethod.ts';
import { queryChangesMethod, queryMethod, resultsOf } from '../engine/queryMethod.ts';
import type { QueryTable } from '../engine/queryMethod.ts';
import { setMethod } from '../engine/setMethod.ts';

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

type Condition = { after?: string; before?: string; objectType?: string; objectAccountId?: string };

const search: Pick<QueryTable<Condition, 'created'>, 'filter' | 'sort' | 'run'> = {
  // RFC 9670 §3.4.1.
  filter: {
    after: { read: asUtcDate },
    before: { read: asUtcDate },
    objectType: { read: asString },
    objectAccountId: { read: asId },
  },
  sort: { created: {} },
  async run(call, _accountId, { filter, sort }) {
    if (filter && filter.operator !== null)
      throw new MethodError('unsupportedFilter', 'Operators are not supported here');
    const { objectType, ...scope } = filter?.condition ?? {};
    if (objectType !== undefined && objectType !== 'AddressBook') return resultsOf([]);
    return resultsOf(await queryShareNotifications(call.context, scope, sort[0]?.isAscending ?? false));
  },
};

/** RFC 9670 §3.1. */
export const shareNotificationGet = getMethod({
  ...common,
  properties,
  load: async (call, _accountId, ids) => (await findShareNotifications(call.context, ids)).map((view) => ({ ...view })),
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
