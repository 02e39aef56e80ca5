import { visibleLinks } from '../../../../core/cardLink/visibleLinks.ts';
import type { CardLink } from '../../../../core/cardLink/visibleLinks.ts';
import { destroyLink, setUnlinked, settleConflicts } from '../../../../core/linkedCopy/changeLink.ts';
import { makeLinkedCopy } from '../../../../core/linkedCopy/makeLinkedCopy.ts';
import { stateOf } from '../../../../core/sync/states.ts';
import { AppError, invalid, notFound } from '../../../../errors.ts';
import { isStrings } from '../../../../lib/json.ts';
import type { JsonObject } from '../../../../lib/json.ts';
import { utcDate } from '../../../../lib/utcDate.ts';
import { capability, limits } from '../../capabilities.ts';
import { changesMethod } from '../../engine/changesMethod.ts';
import type { Call, Properties } from '../../engine/define.ts';
import { getMethod } from '../../engine/getMethod.ts';
import { setMethod } from '../../engine/setMethod.ts';
import { asBoolean, asText } from '../values.ts';

const serverSet = { serverSet: true } as const;

const properties = {
  id: serverSet,
  sourceId: { immutable: true },
  addressBookId: { immutable: true },
  cardAccountId: serverSet,
  sourceAccountId: serverSet,
  sourceAddressBookId: serverSet,
  sourceName: serverSet,
  status: serverSet,
  conflicts: { default: [] },
  isUnlinked: { default: false },
  createdAt: serverSet,
} satisfies Properties;

const common = {
  type: 'CardLink',
  capability: capability.vendor,
  account: 'own',
  state: (call: Call, accountId: string) => stateOf(call.context, accountId, 'CardLink'),
} as const;

/** CardLink/get: the copies that the person linked with their originals (docs/jmap-extension.md). */
export const cardLinkGet = getMethod({
  ...common,
  properties,
  async load({ context }, _accountId, ids) {
    const links = await visibleLinks(context.db, context, ids);
    return links.slice(0, limits.maxObjectsInGet + 1).map(toJson);
  },
});

/** CardLink/changes: nothing, or more than can be told; whether an original can be seen is in no log. */
export const cardLinkChanges = changesMethod({
  ...common,
  async changes(call, accountId, since) {
    if (since !== (await common.state(call, accountId)))
      throw new AppError('cannotCalculateChanges', 'Ask for the links again');
    return { newState: since, hasMoreChanges: false, created: [], updated: [], destroyed: [] };
  },
});

/** CardLink/set: creating one makes the copy, destroying it leaves the copy as it is. */
export const cardLinkSet = setMethod({
  ...common,
  properties,
  references: { sourceId: 'value', addressBookId: 'value' },
  async create({ call }, { sourceId, addressBookId }) {
    const [source, book] = [asText('sourceId', sourceId), asText('addressBookId', addressBookId)];
    const link = await makeLinkedCopy(call.context, source, book);
    return { ...toJson(link), id: link.id };
  },
  async update({ call }, id, patch) {
    const [link] = await visibleLinks(call.context.db, call.context, [id]);
    if (!link) throw notFound('linked copy');
    const { conflicts, isUnlinked } = patch.apply(toJson(link)).next;
    if (!isStrings(conflicts)) throw invalid('conflicts', 'conflicts is a list of Strings');
    await settleConflicts(call.context, id, conflicts);
    await setUnlinked(call.context, id, asBoolean('isUnlinked', isUnlinked));
    return null;
  },
  destroy: ({ call }, id) => destroyLink(call.context, id),
});

function toJson(link: CardLink): JsonObject {
  const { id, accountId, sourceId, source, sourceName, status, conflicts, createdAt, bookId, isUnlinked } = link;
  return {
    id,
    sourceId,
    addressBookId: bookId,
    cardAccountId: accountId,
    sourceAccountId: source?.accountId ?? null,
    sourceAddressBookId: source?.bookId ?? null,
    sourceName,
    status,
    conflicts,
    isUnlinked,
    createdAt: utcDate(createdAt),
  };
}
