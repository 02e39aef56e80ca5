import { copyBlob } from '../../../core/blob/copyBlob.ts';
import { capability, limits } from '../capabilities.ts';
import { requireAccount } from '../engine/define.ts';
import type { Method } from '../engine/define.ts';
import { eachObject, mapOrNull } from '../engine/eachObject.ts';
import { MethodError } from '../engine/errors.ts';

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
    const blobIds = new Set(args.ids('blobIds'));
    if (blobIds.size > limits.maxObjectsInSet) throw new MethodError('requestTooLarge');
    const { done, failed } = await eachObject(call, blobIds, ({ context }, id) =>
      copyBlob(context, fromAccountId, accountId, id),
    );
    return { fromAccountId, accountId, copied: mapOrNull(done), notCopied: mapOrNull(failed) };
  },
};
