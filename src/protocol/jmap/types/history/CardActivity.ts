import { findActivities, queryActivities } from '../../../../core/history/activities.ts';
import type { ActivityFilter } from '../../../../core/history/activities.ts';
import { stateOf } from '../../../../core/sync/states.ts';
import type { JsonObject } from '../../../../lib/json.ts';
import { capability } from '../../capabilities.ts';
import type { Call, Properties } from '../../engine/define.ts';
import { invalidArgument, MethodError } from '../../engine/errors.ts';
import { asId, asUtcDate } from '../../engine/filter.ts';
import { getMethod } from '../../engine/getMethod.ts';
import { queryMethod } from '../../engine/queryMethod.ts';
import { historyResults, onlyCondition } from './historyResults.ts';

const serverSet = { serverSet: true } as const;

const properties = {
  id: serverSet,
  addressBookId: serverSet,
  otherAddressBookId: serverSet,
  otherAddressBookIds: serverSet,
  from: serverSet,
  to: serverSet,
  authorId: serverSet,
  authorName: serverSet,
  way: serverSet,
  action: serverSet,
  operationId: serverSet,
  cardCount: serverSet,
  cards: serverSet,
} satisfies Properties;

const common = {
  type: 'CardActivity',
  capability: capability.vendor,
  account: 'any',
  state: (call: Call, accountId: string) => stateOf(call.context, accountId, 'ContactCard'),
} as const;

const mostIds = 200;

/** What happened in a folder, as people tell it: « Ben a supprimé 43 contacts ». */
export const cardActivityGet = getMethod({
  ...common,
  properties,
  async load(call, accountId, ids) {
    if (ids === null) throw invalidArgument('ids', 'must be said: history has no end');
    return (await findActivities(call.context, accountId, ids)) as readonly JsonObject[];
  },
});

/** The feed of a folder, newest first. */
export const cardActivityQuery = queryMethod<Partial<ActivityFilter>, never>({
  ...common,
  maxLimit: mostIds,
  filter: {
    inAddressBook: { read: asId },
    author: { read: asId },
    after: { read: asUtcDate },
    before: { read: asUtcDate },
  },
  sort: {},
  async run(call, accountId, { filter }) {
    const { inAddressBook, ...rest } = onlyCondition(filter);
    if (inAddressBook === undefined) throw new MethodError('unsupportedFilter', 'filter: inAddressBook must be said');
    return historyResults(await queryActivities(call.context, accountId, { ...rest, inAddressBook }));
  },
});
