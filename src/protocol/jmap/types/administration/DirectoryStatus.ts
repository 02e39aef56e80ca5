import { createHash } from 'node:crypto';
import { readDirectoryNow, watchDirectory } from '../../../../core/administration/watch.ts';
import type { Context } from '../../../../core/context.ts';
import type { JsonObject } from '../../../../lib/json.ts';
import { capability } from '../../capabilities.ts';
import { requireAccount } from '../../engine/define.ts';
import type { Method, Properties, TypeTable } from '../../engine/define.ts';
import { getMethod } from '../../engine/getMethod.ts';

const singleton = 'singleton';

const properties = {
  id: { serverSet: true },
  isConnected: { serverSet: true },
  people: { serverSet: true },
  groups: { serverSet: true },
  syncedAt: { serverSet: true },
  sweptAt: { serverSet: true },
  downSince: { serverSet: true },
  error: { serverSet: true },
  warning: { serverSet: true },
  isRequested: { serverSet: true },
  clashes: { serverSet: true },
} satisfies Properties;

const common: TypeTable = {
  type: 'DirectoryStatus',
  capability: capability.vendor,
  account: 'own',
  state: async ({ context }) => digest(await statusOf(context)),
};

/** DirectoryStatus/get: how the mirror of the organisation's directory is (docs/jmap-extension.md). */
export const directoryStatusGet = getMethod({
  ...common,
  properties,
  load: async ({ context }, _accountId, ids) =>
    ids === null || ids.includes(singleton) ? [await statusOf(context)] : [],
});

/** DirectoryStatus/read: has the directory read now. */
export const directoryStatusRead: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'acceptLosses'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'own');
    await readDirectoryNow(call.context, args.boolean('acceptLosses', false));
    return { accountId };
  },
};

async function statusOf(context: Context): Promise<JsonObject> {
  const { mark: _mark, request, clashes, ...status } = await watchDirectory(context);
  return {
    id: singleton,
    ...status,
    isConnected: context.settings.usesDirectory === true,
    isRequested: request !== null,
    clashes: clashes.map((clash) => ({ ...clash })),
  };
}

function digest(value: JsonObject): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);
}
