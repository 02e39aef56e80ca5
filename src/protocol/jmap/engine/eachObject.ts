import { transact, within } from '../../../core/change/transact.ts';
import { createBreath } from '../../../lib/breath.ts';
import type { Call } from './define.ts';
import { setErrorOf } from './errors.ts';
import type { SetError } from './errors.ts';

const objectsInARow = 20;

/** What became of each object. */
export type EachOutcome<T> = { readonly done: Map<string, T>; readonly failed: Map<string, SetError> };

/**
 * Runs a task for each of the ids in one transaction: one commit, and what fails for one is undone for it alone.
 * `reasonsAsTypes`: reasons of errors that are SetError types of their own.
 */
export async function eachObject<T>(
  call: Call,
  ids: Iterable<string>,
  task: (call: Call, id: string) => Promise<T>,
  reasonsAsTypes: readonly string[] = [],
): Promise<EachOutcome<T>> {
  return transact(call.context, async (tx) => {
    const inside = { ...call, context: within(call.context, tx) };
    const outcome: EachOutcome<T> = { done: new Map(), failed: new Map() };
    const breathe = createBreath(objectsInARow);
    for (const id of ids) {
      await breathe();
      try {
        outcome.done.set(id, await transact(inside.context, () => task(inside, id)));
      } catch (error) {
        const setError = setErrorOf(error, reasonsAsTypes);
        if (!setError) call.report(error);
        outcome.failed.set(id, setError ?? { type: 'serverFail' });
      }
    }
    return outcome;
  });
}

/** The map as JMAP writes it: null when it is empty. */
export function mapOrNull<T>(map: ReadonlyMap<string, T>): Record<string, T> | null {
  return map.size === 0 ? null : Object.fromEntries(map);
}
