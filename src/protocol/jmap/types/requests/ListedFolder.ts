import { findListed } from '../../../../core/discovery/findListed.ts';
import { capability } from '../../capabilities.ts';
import { requireAccount } from '../../engine/define.ts';
import type { Method } from '../../engine/define.ts';
import { invalidArgument } from '../../engine/errors.ts';

const mostAtOnce = 100;
const maxCharacters = 200;

/** ListedFolder/query: folders that colleagues let the person find, of which nothing is shared with them yet. */
export const listedFolderQuery: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'text', 'position', 'limit'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'own');
    const text = args.optionalString('text') ?? '';
    if (text.length > maxCharacters) throw invalidArgument('text', `at most ${maxCharacters} characters`);
    const position = args.optionalUnsigned('position') ?? 0;
    const limit = Math.min(args.optionalUnsigned('limit') ?? mostAtOnce, mostAtOnce);
    const { list, total } = await findListed(call.context, { text, position, limit });
    return { accountId, position, total, list };
  },
};
