import { principalChanges } from '../../../core/principal/principalChanges.ts';
import { queryPrincipals } from '../../../core/principal/queryPrincipals.ts';
import type { PrincipalCondition } from '../../../core/principal/queryPrincipals.ts';
import { readableAccounts } from '../accounts.ts';
import { limits } from '../capabilities.ts';
import type { TypeTable } from '../engine/define.ts';
import { MethodError } from '../engine/errors.ts';
import { asString, asStrings } from '../engine/filter.ts';
import type { QueryTable } from '../engine/queryMethod.ts';
import { versionIn } from './principalState.ts';

/** Whoever has more to learn of a large directory asks anew. */
const mostChanges = 5_000;

/** How people and groups are looked for: RFC 9670 §2.4, §2.5. */
export const principalSearch: Omit<QueryTable<PrincipalCondition, 'name'>, keyof TypeTable> = {
  // RFC 9670 §2.4.1.
  filter: {
    accountIds: { read: asStrings },
    email: { read: asString },
    name: { read: asString },
    text: { read: asString },
    type: { read: asString },
    timeZone: { read: asString },
  },
  sort: { name: {} },
  maxLimit: limits.maxObjectsInGet,
  async run({ context }, _accountId, { filter, sort }) {
    const readable = new Set([context.actor.principalId, ...(await readableAccounts(context)).keys()]);
    return queryPrincipals(context, { filter, isAscending: sort[0]?.isAscending ?? true, readable });
  },
  async changed({ context }, _accountId, since) {
    const { created, updated, destroyed } = await principalChanges(context, await versionIn(context, since), null);
    if (created.length + updated.length > mostChanges) throw new MethodError('cannotCalculateChanges');
    return { before: [...updated, ...destroyed], now: [...created, ...updated] };
  },
};
