import { answerInvitation } from '../../../core/invitation/answerInvitation.ts';
import { listInvitations } from '../../../core/invitation/listInvitations.ts';
import type { MailChoice } from '../../../core/share/types.ts';
import { stateOf } from '../../../core/sync/states.ts';
import { AppError, invalid, notFound } from '../../../errors.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { capability } from '../capabilities.ts';
import { changesMethod } from '../engine/changesMethod.ts';
import type { Call, Properties } from '../engine/define.ts';
import { getMethod } from '../engine/getMethod.ts';
import { setMethod } from '../engine/setMethod.ts';
import { asTextOrNull, readMail } from './values.ts';

const serverSet = { serverSet: true } as const;

const properties = {
  id: serverSet,
  ownerAccountId: serverSet,
  addressBookId: serverSet,
  ownerPrincipalId: serverSet,
  ownerName: serverSet,
  ownerEmail: serverSet,
  sharedName: serverSet,
  proposedName: serverSet,
  name: {},
  color: {},
  role: serverSet,
  rights: serverSet,
  via: serverSet,
  status: {},
  sharedAt: serverSet,
  expiresAt: serverSet,
  sharedByName: serverSet,
  note: serverSet,
  cardCount: serverSet,
} satisfies Properties;

const common = {
  type: 'ShareInvitation',
  capability: capability.vendor,
  account: 'own',
  state: (call: Call, accountId: string) => stateOf(call.context, accountId, 'ShareInvitation'),
} as const;

/** What others share with the person. */
export const shareInvitationGet = getMethod({
  ...common,
  properties,
  async load(call, _accountId, ids) {
    const all: JsonObject[] = (await listInvitations(call.context)).map((invitation) => ({ ...invitation }));
    return ids === null ? all : all.filter((invitation) => ids.includes(invitation['id'] as string));
  },
});

/** Invitations come from many accounts: only that nothing has changed can be told. */
export const shareInvitationChanges = changesMethod({
  ...common,
  async changes(call, accountId, since) {
    const newState = await stateOf(call.context, accountId, 'ShareInvitation');
    if (newState !== since) throw new AppError('cannotCalculateChanges', 'Ask for all invitations');
    return { newState, hasMoreChanges: false, created: [], updated: [], destroyed: [] };
  },
});

/** Accepts, declines and takes the answer back; nothing else can be done with an invitation. */
export const shareInvitationSet = setMethod<MailChoice>({
  ...common,
  properties,
  extraArguments: ['mail'],
  prepare: (_call, _accountId, args) => readMail(args, 'none'),
  async update({ call, extra }, id, patch) {
    const current = (await listInvitations(call.context)).find((invitation) => invitation.id === id);
    if (!current) throw notFound('invitation');
    const { next, changed } = patch.apply({ ...current });
    const status = next['status'];
    if (status !== 'accepted' && status !== 'declined' && status !== 'waiting') {
      throw invalid('status', 'status is accepted, declined or waiting');
    }
    await answerInvitation(
      call.context,
      id,
      {
        status,
        ...(changed.has('name') ? { name: asTextOrNull('name', next['name']) } : {}),
        ...(changed.has('color') ? { color: asTextOrNull('color', next['color']) } : {}),
      },
      extra,
    );
    const after = (await listInvitations(call.context)).find((invitation) => invitation.id === id);
    return after && after.name !== next['name'] ? { name: after.name } : null;
  },
});
