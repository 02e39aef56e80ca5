import { requireAccount } from './define.ts';
import type { Call, Method, TypeTable } from './define.ts';

/** What /changes says (RFC 8620 §5.2), without what is echoed. */
export type ChangesResult = {
  readonly newState: string;
  readonly hasMoreChanges: boolean;
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly destroyed: readonly string[];
};

/** A type that keeps a change log. */
export type ChangesTable = TypeTable & {
  /** Throws `cannotCalculateChanges` for a state that it does not know. */
  changes(call: Call, accountId: string, sinceState: string, maxChanges: number | null): Promise<ChangesResult>;
};

/** The /changes method of a type: RFC 8620 §5.2. */
export function changesMethod(table: ChangesTable): Method {
  return {
    capability: table.capability,
    arguments: ['accountId', 'sinceState', 'maxChanges'],
    async run(call, args) {
      const accountId = await requireAccount(call, args, table.account);
      const sinceState = args.string('sinceState');
      const maxChanges = args.optionalUnsigned('maxChanges', 1);
      return { accountId, oldState: sinceState, ...(await table.changes(call, accountId, sinceState, maxChanges)) };
    },
  };
}
