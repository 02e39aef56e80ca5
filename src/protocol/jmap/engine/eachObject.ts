import { transact, within } from '../../../core/change/transact.ts';
import type { Transaction } from '../../../core/change/transaction.ts';
import { createBreath } from '../../../lib/breath.ts';
import { TransactionUndone } from '../../../lib/database/transactionUndone.ts';
import { limits } from '../capabilities.ts';
import type { Call } from './define.ts';
import { MethodError, setErrorOf } from './errors.ts';
import type { SetError } from './errors.ts';

/** A few milliseconds of work: so long others wait. */
const objectsInARow = 4;

/** What became of each object. */
export type EachOutcome<T> = { readonly done: Map<string, T>; readonly failed: Map<string, SetError> };

/** What a method does beside. */
type Around = {
  /** Reasons of errors that are SetError types of their own. */
  readonly reasonsAsTypes?: readonly string[];
  /** At the beginning of the transaction: what it throws ends all. */
  begin?(inside: Call): Promise<void>;
  /** Behind the commit, before anybody else may write. */
  committed?(): Promise<void>;
};

/**
 * Runs a task for each of the ids in one transaction: one commit, and what fails for one is undone for it alone. Nobody else
 * writes meanwhile: as in a /set there may be `maxObjectsInSet` of them.
 */
export async function eachObject<T>(
  call: Call,
  given: Iterable<string>,
  task: (call: Call, id: string) => Promise<T>,
  around: Around = {},
): Promise<EachOutcome<T>> {
  const ids = new Set(given);
  if (ids.size > limits.maxObjectsInSet)
    throw new MethodError('requestTooLarge', `At most ${limits.maxObjectsInSet} objects`);
  const all = async (tx: Transaction) => {
    const inside = { ...call, context: within(call.context, tx) };
    await around.begin?.(inside);
    const outcome: EachOutcome<T> = { done: new Map(), failed: new Map() };
    const breathe = createBreath(objectsInARow);
    for (const id of ids) {
      await breathe();
      try {
        outcome.done.set(id, await transact(inside.context, () => task(inside, id)));
      } catch (error) {
        if (error instanceof TransactionUndone) throw error;
        const setError = setErrorOf(error, around.reasonsAsTypes);
        if (!setError) call.report(error);
        outcome.failed.set(id, setError ?? { type: 'serverFail' });
      }
    }
    return outcome;
  };
  return transact(call.context, all, around.committed && (() => around.committed!()));
}

/** The map as JMAP writes it: null when it is empty. */
export function mapOrNull<T>(map: ReadonlyMap<string, T>): Record<string, T> | null {
  return map.size === 0 ? null : Object.fromEntries(map);
}
