import { answerRequest, dismissRequest } from '../../../../core/discovery/answerRequest.ts';
import type { RequestAnswer } from '../../../../core/discovery/answerRequest.ts';
import { askForAccess } from '../../../../core/discovery/askForAccess.ts';
import { listRequests } from '../../../../core/discovery/listRequests.ts';
import { changesOf } from '../../../../core/sync/changesOf.ts';
import { stateOf } from '../../../../core/sync/states.ts';
import { invalid, notFound } from '../../../../errors.ts';
import type { JsonObject } from '../../../../lib/json.ts';
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
  note: { immutable: true, default: null },
  status: { default: 'waiting' },
  // What an owner gives, in the same update as the status.
  role: { default: null },
  name: serverSet,
  ownerId: serverSet,
  ownerName: serverSet,
  askedById: serverSet,
  askedByName: serverSet,
  askedByEmail: serverSet,
  createdAt: serverSet,
  decidedAt: serverSet,
} satisfies Properties;

const common = {
  type: 'AccessRequest',
  capability: capability.vendor,
  account: 'own',
  state: (call: Call, accountId: string) => stateOf(call.context, accountId, 'AccessRequest'),
} as const;

/** AccessRequest/get: what others ask of the person, and what they ask of others. */
export const accessRequestGet = getMethod({
  ...common,
  properties,
  async load({ context }, _accountId, ids) {
    const all = (await listRequests(context)).map(shown);
    return ids === null ? all : all.filter((request) => ids.includes(request['id'] as string));
  },
});

/** AccessRequest/changes. */
export const accessRequestChanges = changesMethod({
  ...common,
  changes: (call, accountId, since, most) => changesOf(call.context, accountId, 'AccessRequest', since, most),
});

/** AccessRequest/set: asks for access to a folder, grants or declines it, withdraws the request. */
export const accessRequestSet = setMethod({
  ...common,
  properties,
  reasonsAsTypes: ['hasAccess', 'requestWaits'],
  async create({ call }, value) {
    if (value['status'] !== 'waiting') throw invalid('status', 'What is asked for waits');
    if (value['role'] !== null) throw invalid('role', 'The owner says which role they give');
    const bookId = asText('addressBookId', value['addressBookId']);
    const id = await askForAccess(call.context, bookId, asTextOrNull('note', value['note']));
    return { ...(await read(call, id)), id };
  },
  async update({ call }, id, patch) {
    const { next, changed } = patch.apply(await read(call, id));
    if (changed.size > 0) await answerRequest(call.context, id, readAnswer(next));
    // Which role it was stands in the share.
    return changed.has('role') ? { role: null } : null;
  },
  destroy: ({ call }, id) => dismissRequest(call.context, id),
});

async function read({ context }: Call, id: string): Promise<JsonObject> {
  const found = (await listRequests(context)).find((request) => request.id === id);
  if (!found) throw notFound('request');
  return shown(found);
}

function shown(request: object): JsonObject {
  return { ...request, role: null };
}

function readAnswer({ status, role }: JsonObject): RequestAnswer {
  if (status === 'declined') return { status };
  if (status !== 'granted') throw invalid('status', 'status is granted or declined');
  if (role === 'viewer' || role === 'contributor' || role === 'manager') return { status, role };
  throw invalid('role', 'role is viewer, contributor or manager');
}
