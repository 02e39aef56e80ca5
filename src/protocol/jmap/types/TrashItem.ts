import { destroyTrashItem, emptyTrash } from '../../../core/trash/destroyTrash.ts';
import { findTrash, queryTrash } from '../../../core/trash/listTrash.ts';
import { restoreTrashItem } from '../../../core/trash/restore.ts';
import { changesOf } from '../../../core/sync/changesOf.ts';
import { stateOf } from '../../../core/sync/states.ts';
import { capability } from '../capabilities.ts';
import { changesMethod } from '../engine/changesMethod.ts';
import { requireAccount } from '../engine/define.ts';
import type { Call, Method, Properties } from '../engine/define.ts';
import { eachObject } from '../engine/eachObject.ts';
import { asString } from '../engine/filter.ts';
import { getMethod } from '../engine/getMethod.ts';
import { queryMethod } from '../engine/queryMethod.ts';
import { setMethod } from '../engine/setMethod.ts';

const serverSet = { serverSet: true } as const;

const properties = {
  id: serverSet,
  kind: serverSet,
  name: serverSet,
  email: serverSet,
  ownerAccountId: serverSet,
  addressBookId: serverSet,
  addressBookName: serverSet,
  cardCount: serverSet,
  deletedAt: serverSet,
  deletedBy: serverSet,
  deletedByName: serverSet,
  mayRestore: serverSet,
} satisfies Properties;

const common = {
  type: 'TrashItem',
  capability: capability.vendor,
  account: 'own',
  state: (call: Call, accountId: string) => stateOf(call.context, accountId, 'TrashItem'),
} as const;

/** What lies in the person's trash. */
export const trashItemGet = getMethod({
  ...common,
  properties,
  load: async (call, _accountId, ids) =>
    (await findTrash(call.context.db, call.context, ids)).map((item) => ({ ...item })),
});

/** The change log of the trash. */
export const trashItemChanges = changesMethod({
  ...common,
  changes: (call, accountId, since, most) => changesOf(call.context, accountId, 'TrashItem', since, most),
});

/** What lies in the trash, newest first. */
export const trashItemQuery = queryMethod<{ text?: string }, never>({
  ...common,
  filter: { text: { read: asString } },
  sort: {},
  async run(call, _accountId, { filter }) {
    const text = filter?.operator === null ? filter.condition.text : undefined;
    const scope = text === undefined ? {} : { text };
    const ids = async (position: number, limit: number) =>
      (await queryTrash(call.context, { ...scope, position, limit })).ids;
    return {
      total: async () => (await queryTrash(call.context, { ...scope, position: 0, limit: 0 })).total,
      indexOf: async (id) => (await ids(0, Number.MAX_SAFE_INTEGER)).indexOf(id),
      slice: (offset, limit) => ids(offset, limit ?? Number.MAX_SAFE_INTEGER),
    };
  },
});

/** Destroys for ever. */
export const trashItemSet = setMethod({
  ...common,
  properties,
  destroy: ({ call }, id) => destroyTrashItem(call.context, id),
});

/** « Vider la corbeille ». */
export const trashItemEmpty: Method = {
  capability: capability.vendor,
  arguments: ['accountId'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'own');
    return { accountId, destroyed: await emptyTrash(call.context) };
  },
};

/** Takes things out of the trash. */
export const trashItemRestore: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'ids', 'addressBookId'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'own');
    const into = args.optionalId('addressBookId');
    const { done, failed } = await eachObject(call, args.ids('ids'), (inside, id) =>
      restoreTrashItem(inside.context, id, into),
    );
    return { accountId, restored: Object.fromEntries(done), notRestored: Object.fromEntries(failed) };
  },
};
