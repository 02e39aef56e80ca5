import { auditState, getAuditLog, queryAuditLog } from '../../../../core/administration/auditLog.ts';
import type { AuditFilter } from '../../../../core/audit/searchAudit.ts';
import type { JsonObject } from '../../../../lib/json.ts';
import { capability } from '../../capabilities.ts';
import type { Properties, TypeTable } from '../../engine/define.ts';
import { invalidArgument, MethodError } from '../../engine/errors.ts';
import { asId, asString, asUtcDate } from '../../engine/filter.ts';
import { getMethod } from '../../engine/getMethod.ts';
import { queryMethod } from '../../engine/queryMethod.ts';
import { onlyCondition } from '../history/historyResults.ts';

const serverSet = { serverSet: true } as const;

const properties = {
  id: serverSet,
  at: serverSet,
  kind: serverSet,
  severity: serverSet,
  outcome: serverSet,
  way: serverSet,
  actor: serverSet,
  owner: serverSet,
  object: serverSet,
  other: serverSet,
  appPassword: serverSet,
  address: serverSet,
  details: serverSet,
  hash: serverSet,
} satisfies Properties;

const common: TypeTable = {
  type: 'AuditRecord',
  capability: capability.vendor,
  account: 'own',
  state: ({ context }) => auditState(context),
};

const mostIds = 500;

/** AuditRecord/get: docs/jmap-extension.md. */
export const auditRecordGet = getMethod({
  ...common,
  properties,
  async load({ context }, _accountId, ids) {
    if (ids === null) throw invalidArgument('ids', 'must be said: the log has no end');
    return (await getAuditLog(context, ids)) as readonly JsonObject[];
  },
});

type Condition = AuditFilter & { readonly beforeId?: string };

/** AuditRecord/query: newest first; whoever wants more asks for what is older than the last (`beforeId`). */
export const auditRecordQuery = queryMethod<Condition, never>({
  ...common,
  maxLimit: mostIds,
  filter: {
    text: { read: asString },
    person: { read: asId },
    objectId: { read: asId },
    kind: { read: asString },
    topic: { read: asString },
    severity: { read: asString },
    way: { read: asString },
    outcome: { read: asString },
    after: { read: asUtcDate },
    before: { read: asUtcDate },
    beforeId: { read: asId },
  },
  sort: {},
  async run({ context }, _accountId, { filter }) {
    const { beforeId, ...rest } = filter === null ? ({} as Condition) : onlyCondition(filter);
    const found = (limit: number) => queryAuditLog(context, rest, { beforeId, limit });
    return {
      // Counting would look at everything that was ever recorded.
      total: () => Promise.reject(new MethodError('invalidArguments', 'calculateTotal: the log is not counted')),
      indexOf: () => Promise.resolve(-1),
      slice: async (offset, limit) => (await found(offset + (limit ?? mostIds))).slice(offset),
    };
  },
});
