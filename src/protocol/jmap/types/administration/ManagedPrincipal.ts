import {
  createManaged,
  givePassword,
  handOver,
  removeManaged,
  updateManaged,
} from '../../../../core/administration/manage.ts';
import { findManaged, searchManaged } from '../../../../core/administration/managedPrincipals.ts';
import { createPasswordLink } from '../../../../core/administration/passwordLinks.ts';
import { membershipState } from '../../../../core/principal/directoryState.ts';
import { invalid, notFound } from '../../../../errors.ts';
import { isObject } from '../../../../lib/json.ts';
import type { Json, JsonObject } from '../../../../lib/json.ts';
import { capability, limits } from '../../capabilities.ts';
import { requireAccount } from '../../engine/define.ts';
import type { Call, Method, Properties, TypeTable } from '../../engine/define.ts';
import { MethodError } from '../../engine/errors.ts';
import { asString } from '../../engine/filter.ts';
import { getMethod } from '../../engine/getMethod.ts';
import { queryMethod } from '../../engine/queryMethod.ts';
import type { Query, Results } from '../../engine/queryMethod.ts';
import { setMethod } from '../../engine/setMethod.ts';
import { asBoolean, asText, asTextOrNull } from '../values.ts';

const properties = {
  id: { serverSet: true },
  kind: { immutable: true, default: 'individual' },
  name: {},
  email: { default: null },
  isActive: { default: true },
  isListed: { serverSet: true },
  isAdministrator: { default: false },
  source: { serverSet: true },
  hasPassword: { serverSet: true },
  memberIds: { default: null },
  memberCount: { serverSet: true },
} satisfies Properties;

const common: TypeTable = {
  type: 'ManagedPrincipal',
  capability: capability.vendor,
  account: 'own',
  state: (call) => membershipState(call.context.db),
};

/** ManagedPrincipal/get: docs/jmap-extension.md. */
export const managedPrincipalGet = getMethod({
  ...common,
  properties,
  load({ context }, _accountId, ids, wanted) {
    if (ids === null) throw new MethodError('requestTooLarge', 'Name the ids: ManagedPrincipal/query finds them');
    return findManaged(context, ids, { withMembers: wanted.has('memberIds') });
  },
});

/** ManagedPrincipal/set: people and groups that were made here. */
export const managedPrincipalSet = setMethod({
  ...common,
  properties,
  references: { memberIds: 'keys' },
  async create({ call }, value) {
    const kind = value['kind'];
    if (kind !== 'individual' && kind !== 'group') throw invalid('kind', 'kind is individual or group');
    if (value['isActive'] !== true) throw invalid('isActive', 'Whoever is made is active');
    const { id } = await createManaged(call.context, {
      kind,
      name: asText('name', value['name'] ?? ''),
      email: asTextOrNull('email', value['email']),
      isAdministrator: asBoolean('isAdministrator', value['isAdministrator']),
      memberIds: readMembers(value['memberIds']),
    });
    return { ...(await read(call, id)), id };
  },
  async update({ call }, id, patch) {
    const { next, changed } = patch.apply(await read(call, id));
    const change = {
      ...(changed.has('name') ? { name: asText('name', next['name']) } : {}),
      ...(changed.has('email') ? { email: asTextOrNull('email', next['email']) } : {}),
      ...(changed.has('isActive') ? { isActive: asBoolean('isActive', next['isActive']) } : {}),
      ...(changed.has('isAdministrator')
        ? { isAdministrator: asBoolean('isAdministrator', next['isAdministrator']) }
        : {}),
      ...(changed.has('memberIds') ? { memberIds: readMembers(next['memberIds']) } : {}),
    };
    await updateManaged(call.context, id, change);
    return null;
  },
  destroy: ({ call }, id) => removeManaged(call.context, id),
});

async function read({ context }: Call, id: string): Promise<JsonObject> {
  const [found] = await findManaged(context, [id], { withMembers: true });
  if (!found) throw notFound('person or group');
  return found;
}

function readMembers(value: Json | undefined): string[] {
  if (value === undefined || value === null) return [];
  if (!isObject(value) || Object.values(value).some((one) => one !== true))
    throw invalid('memberIds', 'memberIds maps ids of people and groups to true');
  return Object.keys(value);
}

type Condition = { readonly text?: string; readonly kind?: string };

/** ManagedPrincipal/query: by name; what is kept out or not listed is found, too. */
export const managedPrincipalQuery = queryMethod<Condition, 'name'>({
  ...common,
  filter: { text: { read: asString }, kind: { read: asString } },
  sort: { name: {} },
  maxLimit: limits.maxObjectsInGet,
  async run({ context }, _accountId, { filter, sort }: Query<Condition, 'name'>): Promise<Results> {
    if (sort.some(({ isAscending }) => !isAscending)) throw new MethodError('unsupportedSort', 'By name, from A to Z');
    if (filter !== null && filter.operator !== null)
      throw new MethodError('unsupportedFilter', 'One condition, without operators');
    const { text, kind } = filter?.condition ?? {};
    if (kind !== undefined && kind !== 'individual' && kind !== 'group')
      throw new MethodError('unsupportedFilter', 'kind is individual or group');
    const search = {
      ...(text === undefined ? {} : { text }),
      ...(kind === undefined ? {} : ({ kind } as const)),
    };
    // Also of an empty window: whether one may ask at all is told first.
    const first = await searchManaged(context, { ...search, position: 0, limit: 1 });
    const slice = async (position: number, limit: number | null) =>
      (await searchManaged(context, { ...search, position, limit: limit ?? limits.maxObjectsInGet })).ids;
    return {
      total: () => Promise.resolve(first.total),
      indexOf: async (id) => (await slice(0, null)).indexOf(id),
      slice,
    };
  },
});

/** ManagedPrincipal/setPassword: gives somebody made here a password; their sessions end. */
export const managedPrincipalSetPassword: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'id', 'password'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'own');
    await givePassword(call.context, args.id('id'), args.string('password'));
    return { accountId };
  },
};

/** ManagedPrincipal/createPasswordLink: a link with which somebody chooses a password, once. */
export const managedPrincipalCreatePasswordLink: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'id'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'own');
    return { accountId, ...(await createPasswordLink(call.context, args.id('id'))) };
  },
};

/** ManagedPrincipal/giveFolders: all folders of one person, to another. */
export const managedPrincipalGiveFolders: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'fromId', 'toId'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'own');
    const { folders, cards, shares } = await handOver(call.context, args.id('fromId'), args.id('toId'));
    return { accountId, folders, cards, shares };
  },
};
