import {
  createPushSubscription,
  destroyPushSubscription,
  findPushSubscriptions,
  updatePushSubscription,
} from '../../../core/push/pushSubscriptions.ts';
import type { PushSubscription } from '../../../core/push/pushSubscriptions.ts';
import { invalid } from '../../../errors.ts';
import { isObject, isStrings } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { capability } from '../capabilities.ts';
import type { Method, Properties, TypeTable } from '../engine/define.ts';
import { MethodError } from '../engine/errors.ts';
import { asUtcDate } from '../engine/filter.ts';
import { getMethod } from '../engine/getMethod.ts';
import { setMethod } from '../engine/setMethod.ts';
import { asText, asTextOrNull } from './values.ts';

/** RFC 8620 §7.2.1: they may be private to a device, and are never told. */
const secret = {
  url: { immutable: true },
  keys: { immutable: true, default: null },
} satisfies Properties;

const told = {
  id: { serverSet: true },
  deviceClientId: { immutable: true },
  verificationCode: { default: null },
  expires: { default: null },
  types: { default: null },
} satisfies Properties;

const common: TypeTable = {
  type: 'PushSubscription',
  capability: capability.core,
  account: 'none',
  state: () => Promise.resolve(''),
};

const get = getMethod({
  ...common,
  properties: told,
  load: async (call, _accountId, ids) =>
    (await findPushSubscriptions(call.context, ids)).map(({ url: _url, keys: _keys, ...shown }): JsonObject => shown),
});

/** PushSubscription/get: RFC 8620 §7.2.1. */
export const pushSubscriptionGet: Method = {
  ...get,
  async run(call, args) {
    const asked = args.optionalStrings('properties')?.find((name) => Object.hasOwn(secret, name));
    if (asked !== undefined) throw new MethodError('forbidden', `${asked} is not told`);
    return get.run(call, args);
  },
};

/** PushSubscription/set: RFC 8620 §7.2.2. */
export const pushSubscriptionSet = setMethod({
  ...common,
  properties: { ...told, ...secret },
  async create({ call }, value) {
    if (value['verificationCode'] !== null) throw invalid('verificationCode', 'The server will send it to the device');
    const made = await createPushSubscription(call.context, {
      deviceClientId: readClientId(value['deviceClientId']),
      url: asText('url', value['url']),
      keys: readKeys(value['keys']),
      ...readChoices(value),
    });
    return { id: made.id, expires: made.expires };
  },
  async update({ call }, id, patch) {
    let wanted: Json | undefined = null;
    const after = await updatePushSubscription(call.context, id, (current: PushSubscription) => {
      const { next } = patch.apply({ ...current });
      wanted = next['expires'];
      return {
        verificationCode: asTextOrNull('verificationCode', next['verificationCode']),
        ...readChoices(next),
      };
    });
    return after.expires === wanted ? null : { expires: after.expires };
  },
  destroy: ({ call }, id) => destroyPushSubscription(call.context, id),
});

function readClientId(value: Json | undefined): string {
  const id = asText('deviceClientId', value);
  if (id === '' || id.length > 255) throw invalid('deviceClientId', 'From 1 to 255 characters');
  return id;
}

function readKeys(value: Json | undefined): PushSubscription['keys'] {
  if (value === null || value === undefined) return null;
  if (!isObject(value)) throw invalid('keys', 'keys is an object or null');
  return { p256dh: asText('keys', value['p256dh']), auth: asText('keys', value['auth']) };
}

function readChoices(value: JsonObject): { expires: string | null; types: readonly string[] | null } {
  const { types = null, expires = null } = value;
  if (types !== null && (!isStrings(types) || types.length > 100)) throw invalid('types', 'types is String[]|null');
  const date = expires === null ? null : asUtcDate(expires);
  if (date === undefined) throw invalid('expires', 'expires is UTCDate|null');
  return { types, expires: date };
}
