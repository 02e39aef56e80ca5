import type { Id } from '../../../client/src/types.ts';

/** Ids in their order, of which some are not known: `undefined` where nothing was loaded. */
export type SparseIds = readonly (Id | undefined)[];

/** What /queryChanges says (RFC 8620 §5.6), with the new total. */
export interface QueryDelta {
  readonly removed: readonly Id[];
  readonly added: readonly { readonly id: Id; readonly index: number }[];
  readonly total: number;
}

/**
 * The list after the changes, known wherever it can be: what was removed from a place that was never loaded makes that
 * gap shorter, and where several gaps could be meant, what lies between them is unknown again. Null when list and
 * changes do not fit together: then it has to be asked for anew.
 */
export function spliceIds(ids: SparseIds, { removed, added, total }: QueryDelta): (Id | undefined)[] | null {
  const gone = new Set(removed);
  const kept = Array.from(ids).filter((id) => id === undefined || !gone.has(id));
  // The server may name ids that were never in the list: only the totals say how many have really left it.
  const left = ids.length + added.length - total;
  const unseen = left - (ids.length - kept.length);
  const shortened = shortenGaps(kept, unseen);
  if (!shortened) return null;
  for (const { id, index } of added) {
    if (index > shortened.length) return null;
    shortened.splice(index, 0, id);
  }
  return shortened.length === total ? shortened : null;
}

function shortenGaps(ids: (Id | undefined)[], count: number): (Id | undefined)[] | null {
  if (count === 0) return ids;
  const first = ids.indexOf(undefined);
  const last = ids.lastIndexOf(undefined);
  const length = last - first + 1 - count;
  if (count < 0 || first === -1 || length < 0) return null;
  return [...ids.slice(0, first), ...Array.from<undefined>({ length }), ...ids.slice(last + 1)];
}
