import { queryKeywords } from '../../../core/card/query/queryKeywords.ts';
import { capability } from '../capabilities.ts';
import { requireAccount } from '../engine/define.ts';
import type { Method } from '../engine/define.ts';

/** Keyword/query: the tags that cards have, for choosing among them (docs/jmap-extension.md). */
export const keywordQuery: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'addressBookIds'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'any');
    const list = await queryKeywords(call.context, accountId, args.optionalStrings('addressBookIds') ?? null);
    return { accountId, list };
  },
};
