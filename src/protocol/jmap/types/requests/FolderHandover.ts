import { answerOffer, endOffer } from '../../../../core/handover/answerOffer.ts';
import type { KeptRole } from '../../../../core/handover/keptAccess.ts';
import { listOffers } from '../../../../core/handover/listOffers.ts';
import { offerFolder } from '../../../../core/handover/offerFolder.ts';
import { rightsOfRole } from '../../../../core/sharing/rights.ts';
import { changesOf } from '../../../../core/sync/changesOf.ts';
import { stateOf } from '../../../../core/sync/states.ts';
import { invalid, notFound } from '../../../../errors.ts';
import type { Json, JsonObject } from '../../../../lib/json.ts';
import { capability } from '../../capabilities.ts';
import { changesMethod } from '../../engine/changesMethod.ts';
import type { Call, Properties } from '../../engine/define.ts';
import { getMethod } from '../../engine/getMethod.ts';
import { setMethod } from '../../engine/setMethod.ts';
import { asText, asTextOrNull } from '../values.ts';

const serverSet = { serverSet: true } as const;

const properties = {
  id: serverSet,
  addressBookId: { immutable: true },
  toId: { immutable: true, default: null },
  toEmail: { immutable: true, default: null },
  keptRole: { immutable: true, default: 'none' },
  note: { immutable: true, default: null },
  status: { default: 'waiting' },
  name: serverSet,
  fromId: serverSet,
  fromName: serverSet,
  fromEmail: serverSet,
  toName: serverSet,
  cardCount: serverSet,
  folderCount: serverSet,
  shareCount: serverSet,
  createdAt: serverSet,
  decidedAt: serverSet,
} satisfies Properties;

const common = {
  type: 'FolderHandover',
  capability: capability.vendor,
  account: 'own',
  state: (call: Call, accountId: string) => stateOf(call.context, accountId, 'FolderHandover'),
} as const;

/** FolderHandover/get: folders that are offered to the person, and those that they offer. */
export const folderHandoverGet = getMethod({
  ...common,
  properties,
  async load({ context }, _accountId, ids) {
    const all: JsonObject[] = (await listOffers(context)).map((offer) => ({ ...offer }));
    return ids === null ? all : all.filter((offer) => ids.includes(offer['id'] as string));
  },
});

/** FolderHandover/changes. */
export const folderHandoverChanges = changesMethod({
  ...common,
  changes: (call, accountId, since, most) => changesOf(call.context, accountId, 'FolderHandover', since, most),
});

/** FolderHandover/set: offers a folder, accepts or declines it, withdraws the offer. */
export const folderHandoverSet = setMethod({
  ...common,
  properties,
  references: { addressBookId: 'value' },
  reasonsAsTypes: ['unknownPrincipal', 'notAPerson', 'givingToSelf', 'handoverWaits'],
  async create({ call }, value) {
    if (value['status'] !== 'waiting') throw invalid('status', 'What is offered waits');
    const id = await offerFolder(call.context, {
      addressBookId: asText('addressBookId', value['addressBookId']),
      toId: asTextOrNull('toId', value['toId']),
      toEmail: asTextOrNull('toEmail', value['toEmail']),
      keptRole: readKeptRole(value['keptRole']),
      note: asTextOrNull('note', value['note']),
    });
    return { ...(await read(call, id)), id };
  },
  async update({ call }, id, patch) {
    const { next, changed } = patch.apply(await read(call, id));
    const { status } = next;
    if (!changed.has('status')) return null;
    if (status !== 'accepted' && status !== 'declined') throw invalid('status', 'status is accepted or declined');
    await answerOffer(call.context, id, status);
    return null;
  },
  destroy: ({ call }, id) => endOffer(call.context, id),
});

async function read({ context }: Call, id: string): Promise<JsonObject> {
  const found = (await listOffers(context)).find((offer) => offer.id === id);
  if (!found) throw notFound('offer');
  return { ...found };
}

function readKeptRole(value: Json | undefined): KeptRole {
  if (typeof value === 'string' && Object.hasOwn(rightsOfRole, value)) return value as KeptRole;
  throw invalid('keptRole', 'keptRole is none, viewer, contributor, manager or admin');
}
