import { copyBlob } from '../../../core/blob/copyBlob.ts';
import { findBlobUses } from '../../../core/blob/findBlobUses.ts';
import { isStrings } from '../../../lib/json.ts';
import { capability, limits } from '../capabilities.ts';
import { requireAccount } from '../engine/define.ts';
import type { Method } from '../engine/define.ts';
import { eachObject, mapOrNull } from '../engine/eachObject.ts';
import { MethodError } from '../engine/errors.ts';
import { isId } from '../engine/readArguments.ts';
import { lookupTypes } from './blobTables.ts';

/** Blob/copy: RFC 8620 §6.3. */
export const blobCopy: Method = {
  capability: capability.core,
  arguments: ['fromAccountId', 'accountId', 'blobIds'],
  async run(call, args) {
    const fromAccountId = await requireAccount(call, args, 'any', 'fromAccountId').catch((error: unknown) => {
      if (error instanceof MethodError && error.type === 'accountNotFound')
        throw new MethodError('fromAccountNotFound');
      throw error;
    });
    const accountId = await requireAccount(call, args, 'any');
    const { done, failed } = await eachObject(call, args.ids('blobIds'), ({ context }, id) =>
      copyBlob(context, fromAccountId, accountId, id),
    );
    return { fromAccountId, accountId, copied: mapOrNull(done), notCopied: mapOrNull(failed) };
  },
};

/** Blob/lookup: RFC 9404 §4.3. A blob that is not there looks like one that nothing refers to. */
export const blobLookup: Method = {
  capability: capability.blob,
  arguments: ['accountId', 'typeNames', 'ids'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'any');
    const typeNames = args.all['typeNames'];
    if (!isStrings(typeNames)) throw new MethodError('invalidArguments', 'typeNames: must be an array of Strings');
    const unknown = typeNames.find((name) => !isKnown(name) || !call.using.has(lookupTypes[name]));
    if (unknown !== undefined) throw new MethodError('unknownDataType', unknown);
    const ids = [...new Set(args.ids('ids'))].map((id) => realBlobId(call.createdIds, id));
    if (ids.length > limits.maxObjectsInGet) throw new MethodError('requestTooLarge');
    const uses = Map.groupBy(await findBlobUses(call.context, accountId, ids.filter(isId)), ({ blobId }) => blobId);
    const matched = (id: string, name: string) => {
      const found = uses.get(id) ?? [];
      return [...new Set(found.map(({ cardId, bookId }) => (name === 'ContactCard' ? cardId : bookId)))];
    };
    const list = ids.map((id) => ({
      id,
      matchedIds: Object.fromEntries(typeNames.map((name) => [name, matched(id, name)])),
    }));
    return { accountId, list, notFound: [] };
  },
};

function isKnown(name: string): name is keyof typeof lookupTypes {
  return Object.hasOwn(lookupTypes, name);
}

/** A blob may be named by the creation id that made it in this request (RFC 9404 §4.1). */
export function realBlobId(createdIds: ReadonlyMap<string, string>, id: string): string {
  return id.startsWith('#') ? (createdIds.get(id.slice(1)) ?? id) : id;
}
