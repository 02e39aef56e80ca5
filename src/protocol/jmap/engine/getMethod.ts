import type { JsonObject } from '../../../lib/json.ts';
import { limits } from '../capabilities.ts';
import { requireAccount } from './define.ts';
import type { Call, Method, TypeTable } from './define.ts';
import { MethodError } from './errors.ts';
import { pick, wantedProperties } from './properties.ts';
import type { PropertyTable, Wanted } from './properties.ts';
import { isId } from './readArguments.ts';

/** A type that can be read. */
export type GetTable = TypeTable &
  PropertyTable & {
    /**
     * The objects of these ids that exist, or all when `ids` is null; in any order, with at least the wanted
     * properties. Of all, one more than `limits.maxObjectsInGet` is enough: then the call is refused.
     */
    load(call: Call, accountId: string, ids: readonly string[] | null, wanted: Wanted): Promise<readonly JsonObject[]>;
  };

/** The /get method of a type: RFC 8620 §5.1. */
export function getMethod(table: GetTable): Method {
  return {
    capability: table.capability,
    arguments: [...(table.account === 'none' ? [] : ['accountId']), 'ids', 'properties'],
    async run(call, args) {
      const accountId = await requireAccount(call, args, table.account);
      const asked = args.optionalIds('ids');
      const { wanted, unknown } = wantedProperties(table, args.optionalStrings('properties'), call.vendor);
      if (unknown.length > 0) throw new MethodError('invalidArguments', `properties: ${unknown.join(', ')} unknown`);
      const ids = asked && withoutRepetitions(call, asked);
      if (ids && ids.length > limits.maxObjectsInGet) throw tooLarge();
      // Before the data: what changes in between is told twice rather than never.
      const state = await table.state(call, accountId);
      const known = ids?.filter(isId) ?? null;
      const found = known?.length === 0 ? [] : await table.load(call, accountId, known, wanted);
      if (found.length > limits.maxObjectsInGet) throw tooLarge();
      const there = new Set(found.map((object) => object['id']));
      return {
        ...(table.account === 'none' ? {} : { accountId, state }),
        list: found.map((object) => pick(object, wanted)),
        notFound: ids?.filter((id) => !there.has(id)) ?? [],
      };
    },
  };
}

function withoutRepetitions(call: Call, ids: readonly string[]): string[] {
  return [...new Set(ids.map((id) => (id.startsWith('#') ? (call.createdIds.get(id.slice(1)) ?? id) : id)))];
}

function tooLarge(): MethodError {
  return new MethodError('requestTooLarge', `At most ${limits.maxObjectsInGet} objects`);
}
