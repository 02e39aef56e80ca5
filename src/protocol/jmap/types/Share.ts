import { endShare, resendShare, updateShare } from '../../../core/share/changeShare.ts';
import { createShare } from '../../../core/share/createShare.ts';
import { listShares } from '../../../core/share/listShares.ts';
import type { MailChoice, ShareView } from '../../../core/share/types.ts';
import { findBook } from '../../../core/sharing/access.ts';
import { rightsOfRole } from '../../../core/sharing/rights.ts';
import type { Rights } from '../../../core/sharing/rights.ts';
import { changesOf } from '../../../core/sync/changesOf.ts';
import { stateOf } from '../../../core/sync/states.ts';
import { invalid, notFound } from '../../../errors.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { capability } from '../capabilities.ts';
import { changesMethod } from '../engine/changesMethod.ts';
import { requireAccount } from '../engine/define.ts';
import type { Call, Method, Properties } from '../engine/define.ts';
import { eachObject } from '../engine/eachObject.ts';
import { MethodError } from '../engine/errors.ts';
import { asId } from '../engine/filter.ts';
import { getMethod } from '../engine/getMethod.ts';
import { queryMethod, resultsOf } from '../engine/queryMethod.ts';
import { setMethod } from '../engine/setMethod.ts';
import { asText, asTextOrNull, readMail } from './values.ts';

const properties = {
  id: { serverSet: true },
  addressBookId: { immutable: true },
  type: { immutable: true, default: 'principal' },
  principalId: { immutable: true, default: null },
  email: { immutable: true, default: null },
  name: { serverSet: true },
  granteeKind: { serverSet: true },
  memberCount: { serverSet: true },
  role: { default: 'viewer' },
  rights: { serverSet: true },
  status: { serverSet: true },
  responses: { serverSet: true },
  answeredAt: { serverSet: true },
  linkExpiresAt: { serverSet: true },
  expiresAt: { default: null },
  createdAt: { serverSet: true },
  createdBy: { serverSet: true },
  url: { serverSet: true },
} satisfies Properties;

const common = {
  type: 'Share',
  capability: capability.vendor,
  account: 'any',
  state: (call: Call, accountId: string) => stateOf(call.context, accountId, 'Share'),
} as const;

const reasonsAsTypes = [
  'sharingWithSelf',
  'sharingWithOwner',
  'unknownPrincipal',
  'invalidEmail',
  'shareExists',
  'expiresInPast',
  'expiresTooLate',
];

/** Shares of the folders that one may share. */
export const shareGet = getMethod({
  ...common,
  properties,
  load: async (call, accountId, ids) => toJson(await listShares(call.context, accountId, ids === null ? {} : { ids })),
});

/** The change log of shares. */
export const shareChanges = changesMethod({
  ...common,
  changes: (call, accountId, since, most) => changesOf(call.context, accountId, 'Share', since, most),
});

/** Shares of one folder, oldest first. */
export const shareQuery = queryMethod<{ addressBookId?: string }, never>({
  ...common,
  filter: { addressBookId: { read: asId } },
  sort: {},
  async run(call, accountId, { filter }) {
    const bookId = filter?.operator === null ? filter.condition.addressBookId : undefined;
    const shares = await listShares(call.context, accountId, bookId === undefined ? {} : { bookId });
    return resultsOf(shares.map((share) => share.id));
  },
});

/** Of our own: what the grantees are told, and whether what is created takes back that it has just ended. */
type Extra = { readonly mail: MailChoice; readonly isRestored: boolean };

/** Makes, changes and ends shares. */
export const shareSet = setMethod<Extra>({
  ...common,
  properties,
  references: { addressBookId: 'value' },
  reasonsAsTypes,
  extraArguments: ['mail', 'restore'],
  prepare: (_call, _accountId, args) => ({
    mail: readMail(args, 'standard'),
    isRestored: args.boolean('restore', false),
  }),
  async create({ call, accountId, extra }, value) {
    const addressBookId = asText('addressBookId', value['addressBookId']);
    const seen = await findBook(call.context.db, call.context, addressBookId);
    if (seen?.book.account_id !== accountId) throw notFound('address book');
    const id = await createShare(
      call.context,
      {
        addressBookId,
        type: readType(value['type']),
        principalId: asTextOrNull('principalId', value['principalId']),
        email: asTextOrNull('email', value['email']),
        rights: readRole(value['role']),
        expiresAt: asTextOrNull('expiresAt', value['expiresAt']),
        isRestored: extra.isRestored,
      },
      extra.mail,
    );
    const [share] = toJson(await listShares(call.context, accountId, { ids: [id] }));
    return { ...share, id };
  },
  async update({ call, accountId, extra }, id, patch) {
    const current = await requireIn(call, accountId, id);
    const { next, changed } = patch.apply(current);
    await updateShare(
      call.context,
      id,
      {
        ...(changed.has('role') ? { rights: readRole(next['role']) } : {}),
        ...(changed.has('expiresAt') ? { expiresAt: asTextOrNull('expiresAt', next['expiresAt']) } : {}),
      },
      extra.mail,
    );
    const [after] = toJson(await listShares(call.context, accountId, { ids: [id] }));
    return after ? { rights: after['rights']! } : null;
  },
  async destroy({ call, accountId, extra }, id) {
    await requireIn(call, accountId, id);
    await endShare(call.context, id, extra.mail);
  },
});

/** Each is a mail, or one per member of a group. */
const mostResent = 100;

/** Sends announcements again. */
export const shareResend: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'ids', 'mail'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'any');
    const mail = readMail(args, 'standard');
    const ids = new Set(args.ids('ids'));
    if (ids.size > mostResent) throw new MethodError('requestTooLarge', `At most ${mostResent} shares`);
    const resend = async (inside: Call, id: string) => {
      await requireIn(inside, accountId, id);
      await resendShare(inside.context, id, mail);
    };
    const { done, failed } = await eachObject(call, ids, resend, { reasonsAsTypes });
    return { accountId, resent: [...done.keys()], notResent: Object.fromEntries(failed) };
  },
};

/** Ids are unique over all accounts, but a share is to be addressed in its own. */
async function requireIn({ context }: Call, accountId: string, id: string): Promise<JsonObject> {
  const [share] = toJson(await listShares(context, accountId, { ids: [id] }));
  if (!share) throw notFound('share');
  return share;
}

function readType(value: Json | undefined): ShareView['type'] {
  if (value === 'principal' || value === 'guest' || value === 'public') return value;
  throw invalid('type', 'type is principal, guest or public');
}

function readRole(value: Json | undefined): Rights {
  if (typeof value === 'string' && Object.hasOwn(rightsOfRole, value))
    return rightsOfRole[value as keyof typeof rightsOfRole];
  throw invalid('role', 'role is none, viewer, contributor, manager or admin');
}

function toJson(shares: readonly ShareView[]): JsonObject[] {
  return shares.map((share) => ({ ...share }));
}
