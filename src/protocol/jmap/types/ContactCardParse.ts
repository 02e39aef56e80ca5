import { findBlobSize } from '../../../core/blob/getBlob.ts';
import { parseBlob } from '../../../core/card/parseBlob.ts';
import { AppError } from '../../../errors.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { capability, limits } from '../capabilities.ts';
import { requireAccount } from '../engine/define.ts';
import type { Method } from '../engine/define.ts';
import { mapOrNull } from '../engine/eachObject.ts';
import { MethodError } from '../engine/errors.ts';
import { isId } from '../engine/readArguments.ts';
import { realBlobId } from './Blob.ts';

/** ContactCard/parse: vCards that were uploaded as Cards, without keeping them (docs/jmap-extension.md). */
export const contactCardParse: Method = {
  capability: capability.parse,
  arguments: ['accountId', 'blobIds', 'properties'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'any');
    const blobIds = [...new Set(args.ids('blobIds').map((id) => realBlobId(call.createdIds, id)))];
    const names = args.optionalStrings('properties');
    if (blobIds.length > limits.maxObjectsInGet) throw new MethodError('requestTooLarge');
    const sizes = await Promise.all(
      blobIds.map((id) => (isId(id) ? findBlobSize(call.context, accountId, id) : Promise.resolve(null))),
    );
    if (sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0) > limits.maxSizeRequest)
      throw new MethodError('requestTooLarge', `At most ${limits.maxSizeRequest} octets of vCards at once`);
    const wanted = names && new Set(names);
    const parsed = new Map<string, readonly object[]>();
    const [notParsable, notFound]: [string[], string[]] = [[], []];
    for (const [index, id] of blobIds.entries()) {
      const cards = sizes[index] === null ? 'notFound' : await parseBlob(call.context, accountId, id).catch(whenGone);
      if (cards === 'notFound') notFound.push(id);
      else if (cards === null) notParsable.push(id);
      else
        parsed.set(
          id,
          cards.map((card) => (wanted ? pickFrom(card, wanted) : card)),
        );
    }
    return {
      accountId,
      parsed: mapOrNull(parsed),
      notParsable: notParsable.length === 0 ? null : notParsable,
      notFound: notFound.length === 0 ? null : notFound,
    };
  },
};

function whenGone(error: unknown): 'notFound' {
  if (error instanceof AppError && error.kind === 'notFound') return 'notFound';
  throw error;
}

function pickFrom(card: object, wanted: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(card).filter(([name]) => wanted.has(name))) as JsonObject;
}
