import { copyBlob } from '../../../core/blob/copyBlob.ts';
import { capability, limits } from '../capabilities.ts';
import { requireAccount } from '../engine/define.ts';
import type { Method } from '../engine/define.ts';
import { MethodError, setErrorOf } from '../engine/errors.ts';
import type { SetError } from '../engine/errors.ts';

/** Blob/copy: RFC 8620 §6.3. */
export const blobCopy: Method = {
  capability: capability.core,
  arguments: ['fromAccountId', 'accountId', 'blobIds'],
  async run(call, args) {
    const fromAccountId = await requireAccount(call, args, 'any', 'fromAccountId').catch((error: unknown) => {
      if (error instanceof MethodError && error.type === 'accountNotFound') throw new MethodError('fromAccountNotFound');
      throw error;
    });
    const accountId = await requireAccount(call, args, 'any');
    const blobIds = new Set(args.ids('blobIds'));
    if (blobIds.size > limits.maxObjectsInSet) throw new MethodError('requestTooLarge');
    const copied = new Map<string, string>();
    const notCopied = new Map<string, SetError>();
    for (const blobId of blobIds) {
      try {
        copied.set(blobId, await copyBlob(call.context, fromAccountId, accountId, blobId));
      } catch (error) {
        const setError = setErrorOf(error);
        if (!setError) throw error;
        notCopied.set(blobId, setError);
      }
    }
    const map = (entries: ReadonlyMap<string, unknown>) => (entries.size === 0 ? null : Object.fromEntries(entries));
    return { fromAccountId, accountId, copied: map(copied), notCopied: map(notCopied) };
  },
};
