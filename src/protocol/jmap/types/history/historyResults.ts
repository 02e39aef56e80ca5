import type { FoundVersions } from '../../../../core/history/queryVersions.ts';
import { MethodError } from '../../engine/errors.ts';
import type { Filter } from '../../engine/filter.ts';
import type { Results } from '../../engine/queryMethod.ts';

/** The one condition of a filter: history is found by an index, not by operators. */
export function onlyCondition<C>(filter: Filter<C> | null): C {
  if (filter?.operator === null) return filter.condition;
  throw new MethodError('unsupportedFilter', 'filter: one condition, without operators');
}

/** How far back an anchor is looked for. */
const mostLooked = 10_000;

/** What was found, as /query answers it. */
export function historyResults({ total, ids }: FoundVersions): Results {
  return {
    total,
    indexOf: async (id) => (await ids(0, mostLooked)).indexOf(id),
    slice: (offset, limit) => ids(offset, limit ?? mostLooked),
  };
}
