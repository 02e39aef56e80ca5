import { createHash } from 'node:crypto';
import {
  createAppPassword,
  destroyAppPassword,
  listAppPasswords,
  updateAppPassword,
} from '../../../core/appPassword/appPasswords.ts';
import { invalid } from '../../../errors.ts';
import { capability } from '../capabilities.ts';
import type { Properties, TypeTable } from '../engine/define.ts';
import { getMethod } from '../engine/getMethod.ts';
import { isId } from '../engine/readArguments.ts';
import { setMethod } from '../engine/setMethod.ts';
import { asBoolean, asText, asTextOrNull } from './values.ts';

const properties = {
  id: { serverSet: true },
  name: {},
  mayWrite: { immutable: true, default: true },
  addressBookId: { immutable: true, default: null },
  createdAt: { serverSet: true },
  lastUsedAt: { serverSet: true },
  isRevoked: { default: false },
} satisfies Properties;

const common: TypeTable = {
  type: 'AppPassword',
  capability: capability.vendor,
  account: 'own',
  // They are few, and nobody is told of them: the state is what they say.
  state: async ({ context }) =>
    createHash('sha256')
      .update(JSON.stringify(await listAppPasswords(context)))
      .digest('base64url')
      .slice(0, 16),
};

/** AppPassword/get: docs/jmap-extension.md. */
export const appPasswordGet = getMethod({
  ...common,
  properties,
  load: async ({ context }, _accountId, ids) =>
    (await listAppPasswords(context)).filter(({ id }) => ids === null || ids.includes(id)).map((one) => ({ ...one })),
});

/** AppPassword/set: the secret is in the answer to `create`, and nowhere else. */
export const appPasswordSet = setMethod({
  ...common,
  properties: { ...properties, secret: { serverSet: true } },
  references: { addressBookId: 'value' },
  async create({ call }, value) {
    if (value['isRevoked'] !== false) throw invalid('isRevoked', 'It is made to be used');
    const addressBookId = asTextOrNull('addressBookId', value['addressBookId']);
    if (addressBookId !== null && !isId(addressBookId)) throw invalid('addressBookId', 'No such address book');
    const made = await createAppPassword(call.context, {
      name: asText('name', value['name']),
      mayWrite: asBoolean('mayWrite', value['mayWrite']),
      addressBookId,
    });
    const { id, createdAt, lastUsedAt, secret } = made;
    return { id, createdAt, lastUsedAt, secret };
  },
  async update({ call }, id, patch) {
    await updateAppPassword(call.context, id, (current) => {
      const { next } = patch.apply({ ...current });
      return { name: asText('name', next['name']), isRevoked: asBoolean('isRevoked', next['isRevoked']) };
    });
    return null;
  },
  destroy: ({ call }, id) => destroyAppPassword(call.context, id),
});
