import { listQuotas } from '../../../core/quota/quotas.ts';
import type { Quota } from '../../../core/quota/quotas.ts';
import { AppError } from '../../../errors.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { capability } from '../capabilities.ts';
import { changesMethod } from '../engine/changesMethod.ts';
import type { ChangesResult } from '../engine/changesMethod.ts';
import type { Call, Properties } from '../engine/define.ts';
import { asString, fitsFilter } from '../engine/filter.ts';
import { getMethod } from '../engine/getMethod.ts';
import { queryChangesMethod, queryMethod, resultsOf } from '../engine/queryMethod.ts';
import type { QueryTable } from '../engine/queryMethod.ts';

const serverSet = { serverSet: true } as const;

/** RFC 9425 §4. */
const properties = {
  id: serverSet,
  resourceType: serverSet,
  used: serverSet,
  hardLimit: serverSet,
  scope: serverSet,
  name: serverSet,
  types: serverSet,
  warnLimit: serverSet,
  softLimit: serverSet,
  description: serverSet,
} satisfies Properties;

/** The state is what it stands for, so every earlier one can be compared: `cards.12.1000_uploads.0.200`. */
function writeState(quotas: readonly Quota[]): string {
  return quotas.map(({ id, used, hardLimit }) => `${id}.${used}.${hardLimit}`).join('_');
}

function readState(text: string): ReadonlyMap<string, { readonly used: string; readonly hardLimit: string }> {
  if (!/^(cards|uploads)\.\d+\.\d+(_(cards|uploads)\.\d+\.\d+)*$/u.test(text))
    throw new AppError('cannotCalculateChanges', 'This state was never given out');
  return new Map(
    text.split('_').map((part) => {
      const [id = '', used = '', hardLimit = ''] = part.split('.');
      return [id, { used, hardLimit }];
    }),
  );
}

const common = {
  type: 'Quota',
  capability: capability.quota,
  // What another keeps where one may not look is not one's business: one's own account only.
  account: 'own',
  state: async (call: Call) => writeState(await listQuotas(call.context)),
} as const;

/** Quota/get: RFC 9425 §4.2. */
export const quotaGet = getMethod({
  ...common,
  properties,
  load: async (call, _accountId, ids) => {
    const quotas = await listQuotas(call.context);
    return quotas.filter(({ id }) => ids === null || ids.includes(id)).map((quota): JsonObject => ({ ...quota }));
  },
});

function changedIds(before: ReturnType<typeof readState>, quotas: readonly Quota[]): string[] {
  const isSame = ({ id, used, hardLimit }: Quota) =>
    before.get(id)?.used === String(used) && before.get(id)?.hardLimit === String(hardLimit);
  return quotas.filter((quota) => !isSame(quota)).map(({ id }) => id);
}

/** Quota/changes: RFC 9425 §4.3. Most often only `used` has changed: then only that needs to be fetched. */
export const quotaChanges = changesMethod({
  ...common,
  async changes(call, _accountId, sinceState) {
    const before = readState(sinceState);
    const quotas = await listQuotas(call.context);
    const hasNewLimits = quotas.some(({ id, hardLimit }) => before.get(id)?.hardLimit !== String(hardLimit));
    const result: ChangesResult & { readonly updatedProperties: readonly string[] | null } = {
      newState: writeState(quotas),
      hasMoreChanges: false,
      created: [],
      updated: changedIds(before, quotas),
      destroyed: [],
      updatedProperties: hasNewLimits ? null : ['used'],
    };
    return result;
  },
});

type Condition = {
  readonly name?: string;
  readonly scope?: string;
  readonly resourceType?: string;
  readonly type?: string;
};

const search: Pick<QueryTable<Condition, 'name' | 'used'>, 'filter' | 'sort' | 'run' | 'changed'> = {
  async changed(call, _accountId, since) {
    const ids = changedIds(readState(since), await listQuotas(call.context));
    return { before: ids, now: ids };
  },
  filter: {
    name: { read: asString },
    scope: { read: asString },
    resourceType: { read: asString },
    type: { read: asString },
  },
  sort: { name: {}, used: {} },
  async run(call, _accountId, { filter, sort }) {
    const found = (await listQuotas(call.context)).filter((quota) =>
      fitsFilter(filter, (condition) => fits(condition, quota)),
    );
    const steps = [...sort, { property: 'id', isAscending: true } as const];
    const ordered = found.toSorted((a, b) => {
      for (const { property, isAscending } of steps) {
        if (a[property] !== b[property]) return a[property] < b[property] === isAscending ? -1 : 1;
      }
      return 0;
    });
    return resultsOf(ordered.map(({ id }) => id));
  },
};

function fits({ name, scope, resourceType, type }: Condition, quota: Quota): boolean {
  return (
    (name === undefined || quota.name.includes(name)) &&
    (scope ?? quota.scope) === quota.scope &&
    (resourceType ?? quota.resourceType) === quota.resourceType &&
    (type === undefined || quota.types.includes(type))
  );
}

/** Quota/query: RFC 9425 §4.4. */
export const quotaQuery = queryMethod({ ...common, ...search });

/** Quota/queryChanges: RFC 9425 §4.5. */
export const quotaQueryChanges = queryChangesMethod({ ...common, ...search });
