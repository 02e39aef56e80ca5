import { createHash } from 'node:crypto';
import { dropHeldMail, retryHeldMail, watchMail } from '../../../../core/administration/watch.ts';
import { capability } from '../../capabilities.ts';
import { requireAccount } from '../../engine/define.ts';
import type { Method, Properties, TypeTable } from '../../engine/define.ts';
import { getMethod } from '../../engine/getMethod.ts';
import { eachObject, mapOrNull } from '../../engine/eachObject.ts';
import { setMethod } from '../../engine/setMethod.ts';

const properties = {
  id: { serverSet: true },
  to: { serverSet: true },
  subject: { serverSet: true },
  kind: { serverSet: true },
  queuedAt: { serverSet: true },
  queuedBy: { serverSet: true },
  attempts: { serverSet: true },
  lastError: { serverSet: true },
  nextAttemptAt: { serverSet: true },
} satisfies Properties;

const common: TypeTable = {
  type: 'HeldMail',
  capability: capability.vendor,
  account: 'own',
  async state({ context }) {
    const held = (await watchMail(context)).map(({ id, attempts, nextAttemptAt }) => [id, attempts, nextAttemptAt]);
    return createHash('sha256').update(JSON.stringify(held)).digest('base64url').slice(0, 16);
  },
};

/** HeldMail/get: the mails that failed, at most 500 (docs/jmap-extension.md). */
export const heldMailGet = getMethod({
  ...common,
  properties,
  async load({ context }, _accountId, ids) {
    const all = await watchMail(context);
    return ids === null ? all : all.filter(({ id }) => ids.includes(id));
  },
});

/** HeldMail/set: mails can be thrown away, and nothing else. */
export const heldMailSet = setMethod({
  ...common,
  properties,
  destroy: ({ call }, id) => dropHeldMail(call.context, id),
});

/** HeldMail/retry: tries mails again now. */
export const heldMailRetry: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'ids'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'own');
    const { done, failed } = await eachObject(call, args.ids('ids'), (inside, id) => retryHeldMail(inside.context, id));
    return { accountId, retried: [...done.keys()], notRetried: mapOrNull(failed) };
  },
};
