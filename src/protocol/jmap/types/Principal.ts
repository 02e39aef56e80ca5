import type { Context } from '../../../core/context.ts';
import { findPrincipals } from '../../../core/principal/findPrincipals.ts';
import { principalChanges as changesSince } from '../../../core/principal/principalChanges.ts';
import { searchPrincipals } from '../../../core/principal/searchPrincipals.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { accountFor, isOwnReadOnly, readableAccounts } from '../accounts.ts';
import { capability, limits } from '../capabilities.ts';
import { changesMethod } from '../engine/changesMethod.ts';
import type { Properties, TypeTable } from '../engine/define.ts';
import { getMethod } from '../engine/getMethod.ts';
import { queryChangesMethod, queryMethod } from '../engine/queryMethod.ts';
import { setMethod } from '../engine/setMethod.ts';
import { principalSearch } from './principalQuery.ts';
import { principalState, stateAt, versionIn } from './principalState.ts';

const properties = {
  id: { serverSet: true },
  type: {},
  name: {},
  description: {},
  email: {},
  timeZone: {},
  capabilities: { serverSet: true },
  accounts: { serverSet: true },
} satisfies Properties;

const common: TypeTable = {
  type: 'Principal',
  capability: capability.principals,
  account: 'own',
  state: ({ context }) => principalState(context),
};

/** Principal/get: RFC 9670 §2.1. */
export const principalGet = getMethod({
  ...common,
  properties,
  async load({ context }, _accountId, ids, wanted) {
    const found = ids
      ? await findPrincipals(context, ids)
      : (await searchPrincipals(context, { position: 0, limit: limits.maxObjectsInGet + 1 })).principals;
    const readable = wanted.has('accounts') ? await accountsFor(context) : new Map<string, boolean>();
    return found.map((row): JsonObject => ({
      id: row.id,
      type: row.kind,
      name: row.name,
      description: row.description,
      email: row.email,
      timeZone: row.time_zone,
      capabilities: {},
      accounts: accountsOf(context, row, readable),
    }));
  },
});

async function accountsFor(context: Context): Promise<ReadonlyMap<string, boolean>> {
  const own = [context.actor.principalId, await isOwnReadOnly(context)] as const;
  return new Map([...(await readableAccounts(context)), own]);
}

/** RFC 9670 §2: also accounts of which nothing has been subscribed yet. */
function accountsOf(
  context: Context,
  { id, name }: { id: string; name: string },
  readable: ReadonlyMap<string, boolean>,
): JsonObject | null {
  const isReadOnly = readable.get(id);
  return isReadOnly === undefined ? null : { [id]: accountFor(context, { id, name, isReadOnly }) };
}

/** Principal/changes: RFC 9670 §2.2. */
export const principalChanges = changesMethod({
  ...common,
  async changes({ context }, _accountId, sinceState, most) {
    const { version, ...told } = await changesSince(context, await versionIn(context, sinceState), most);
    return { ...told, newState: await stateAt(context, version) };
  },
});

/** Principal/set: everything is *forbidden*, people are managed elsewhere (RFC 9670 §2.3). */
export const principalSet = setMethod({ ...common, properties });

/** Principal/query: RFC 9670 §2.4. */
export const principalQuery = queryMethod({ ...common, ...principalSearch });

/** Principal/queryChanges: RFC 9670 §2.5. */
export const principalQueryChanges = queryChangesMethod({ ...common, ...principalSearch });
