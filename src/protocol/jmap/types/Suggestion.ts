import { readMirrorState } from '../../../core/directory/mirrorState.ts';
import { suggest } from '../../../core/suggest/suggest.ts';
import type { SuggestionSource } from '../../../core/suggest/suggest.ts';
import { capability } from '../capabilities.ts';
import { requireAccount } from '../engine/define.ts';
import type { Method } from '../engine/define.ts';
import { invalidArgument } from '../engine/errors.ts';

const sources: readonly SuggestionSource[] = ['directory', 'contacts'];

/** Autocompletion over the directory and the person's own contacts. */
export const suggestionQuery: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'text', 'limit', 'sources'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'own');
    const asked = args.optionalStrings('sources') ?? sources;
    const unknown = asked.find((source) => !sources.some((known) => known === source));
    if (unknown !== undefined) throw invalidArgument('sources', `${unknown} is unknown`);
    const limit = Math.min(args.optionalUnsigned('limit', 1) ?? 20, 50);
    const list = await suggest(call.context, args.string('text').slice(0, 200), limit, asked as SuggestionSource[]);
    const { downSince } = await readMirrorState(call.context.db);
    return { accountId, list, directoryDownSince: downSince };
  },
};
