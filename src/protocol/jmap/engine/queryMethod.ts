import { isObject, propertyOf } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import { requireAccount } from './define.ts';
import type { Call, Method, TypeTable } from './define.ts';
import { invalidArgument, MethodError } from './errors.ts';
import { parseFilter } from './filter.ts';
import type { Filter, FilterTable } from './filter.ts';
import type { Arguments } from './readArguments.ts';

/** One step of an order. */
export type Comparator<S extends string> = { readonly property: S; readonly isAscending: boolean };

/** What is looked for. An empty `sort` means the type's own order; every order must end with the id, to be stable. */
export type Query<C, S extends string> = { readonly filter: Filter<C> | null; readonly sort: readonly Comparator<S>[] };

/** The results of a query, of which only the part that is needed is fetched. */
export type Results = {
  total(): Promise<number>;
  /** -1 when the id is not among the results. */
  indexOf(id: string): Promise<number>;
  /** Those of the ids that are among the results, in their order; left out: they are looked for one by one. */
  indexesOf?(ids: readonly string[]): Promise<readonly AddedItem[]>;
  /** `limit` null: to the end. */
  slice(offset: number, limit: number | null): Promise<readonly string[]>;
};

/** An id and its index in the results: RFC 8620 §5.6. */
export type AddedItem = { readonly id: string; readonly index: number };

/** The ids that changed since a query state: those that may have been results then, and those that may be now. */
export type ChangedIds = { readonly before: readonly string[]; readonly now: readonly string[] };

/** A type that can be searched. */
export type QueryTable<C, S extends string> = TypeTable & {
  readonly filter: FilterTable<C>;
  readonly sort: Readonly<Record<S, { readonly vendor?: true }>>;
  /** The most ids in one answer; left out: no limit. */
  readonly maxLimit?: number;
  run(call: Call, accountId: string, query: Query<C, S>): Promise<Results>;
  /** The state of queries where it is not the state of the type; it may depend on what the filter looks into. */
  queryState?(call: Call, accountId: string, filter: Filter<C> | null): Promise<string>;
  /**
   * What changed since a query state, all of it; throws `cannotCalculateChanges` when that cannot be told. Left out:
   * /queryChanges can only say that nothing has changed.
   */
  changed?(call: Call, accountId: string, since: string, filter: Filter<C> | null): Promise<ChangedIds>;
  /** Left out: wherever there is `changed`. */
  canCalculateChanges?(accountId: string): boolean;
};

/** The /query method of a type: RFC 8620 §5.5. */
export function queryMethod<C, S extends string>(table: QueryTable<C, S>): Method {
  return {
    capability: table.capability,
    arguments: ['accountId', 'filter', 'sort', 'position', 'anchor', 'anchorOffset', 'limit', 'calculateTotal'],
    async run(call, args) {
      const accountId = await requireAccount(call, args, table.account);
      const query = readQuery(table, call, args);
      const window = readWindow(args, table.maxLimit ?? null);
      const readState = () => stateOfQuery(table, call, accountId, query.filter);
      const { state: queryState, value } = await settled(table.changed !== undefined, readState, async () => {
        const results = await table.run(call, accountId, query);
        const position = await startOf(window, results);
        // Whoever has counted them has a list of them, too: then the page is a part of it.
        const total = window.calculateTotal ? { total: await results.total() } : {};
        const ids = window.limit === 0 ? [] : await results.slice(position, window.limit);
        return { position, ids, ...total };
      });
      return {
        accountId,
        queryState,
        canCalculateChanges: table.changed !== undefined && (table.canCalculateChanges?.(accountId) ?? true),
        ...value,
        ...(window.isClamped ? { limit: window.limit } : {}),
      };
    },
  };
}

const mostAttempts = 8;

/**
 * Runs a task between two readings of the query state that are the same. Changes can only be told from a state that
 * is exactly that of the results: of results with half of a change in them, nobody knows which half.
 */
async function settled<T>(
  mayChange: boolean,
  read: () => Promise<string>,
  task: () => Promise<T>,
): Promise<{ state: string; value: T }> {
  let state = await read();
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const value = await task();
    const after = mayChange ? await read() : state;
    if (after === state) return { state, value };
    state = after;
  }
  throw new MethodError('serverUnavailable', 'Too much changes at this moment');
}

function stateOfQuery<C>(
  table: Pick<QueryTable<C, never>, 'state' | 'queryState'>,
  call: Call,
  accountId: string,
  filter: Filter<C> | null,
): Promise<string> {
  return table.queryState ? table.queryState(call, accountId, filter) : table.state(call, accountId);
}

/** Reads filter and sort as the table allows them. */
function readQuery<C, S extends string>(
  table: Pick<QueryTable<C, S>, 'filter' | 'sort'>,
  call: Call,
  args: Arguments,
): Query<C, S> {
  const filter = args.optionalObject('filter');
  const sort = args.optionalArray('sort') ?? [];
  return {
    filter: filter && parseFilter(table.filter, filter, call.vendor),
    sort: sort.map((comparator) => parseComparator(table.sort, comparator, call.vendor)),
  };
}

function parseComparator<S extends string>(
  table: QueryTable<never, S>['sort'],
  value: Json,
  vendor: boolean,
): Comparator<S> {
  if (!isObject(value)) throw invalidArgument('sort', 'must consist of objects');
  const property = propertyOf(value, 'property');
  const isAscending = propertyOf(value, 'isAscending') ?? true;
  if (typeof property !== 'string') throw invalidArgument('sort', 'property must be a String');
  if (typeof isAscending !== 'boolean') throw invalidArgument('sort', 'isAscending must be a Boolean');
  if ((propertyOf(value, 'collation') ?? null) !== null)
    throw new MethodError('unsupportedSort', 'sort: no collation can be chosen');
  const row = Object.hasOwn(table, property) ? table[property as S] : undefined;
  if (!row || (row.vendor && !vendor)) throw new MethodError('unsupportedSort', `sort: ${property} is unknown`);
  return { property: property as S, isAscending };
}

type Window = {
  readonly position: number;
  readonly anchor: string | null;
  readonly anchorOffset: number;
  readonly limit: number | null;
  readonly isClamped: boolean;
  readonly calculateTotal: boolean;
};

function readWindow(args: Arguments, maxLimit: number | null): Window {
  const limit = args.optionalUnsigned('limit');
  const isClamped = maxLimit !== null && (limit === null || limit > maxLimit);
  return {
    position: args.integer('position', 0),
    anchor: args.optionalString('anchor'),
    anchorOffset: args.integer('anchorOffset', 0),
    limit: isClamped ? maxLimit : limit,
    isClamped,
    calculateTotal: args.boolean('calculateTotal', false),
  };
}

/** The index of the first result to give: an anchor overrules the position. */
async function startOf(window: Window, results: Results): Promise<number> {
  if (window.anchor !== null) {
    const index = await results.indexOf(window.anchor);
    if (index < 0) throw new MethodError('anchorNotFound');
    return Math.max(0, index + window.anchorOffset);
  }
  if (window.position >= 0) return window.position;
  return Math.max(0, (await results.total()) + window.position);
}

/** Results that are all there already. */
export function resultsOf(ids: readonly string[]): Results {
  return {
    total: async () => ids.length,
    indexOf: async (id) => ids.indexOf(id),
    slice: async (offset, limit) => ids.slice(offset, limit === null ? undefined : offset + limit),
  };
}

/**
 * The /queryChanges method of a type (RFC 8620 §5.6). `upToId` is read and ignored, as is said there of filters and orders
 * by what can be edited; and all are.
 */
export function queryChangesMethod<C, S extends string>(
  table: TypeTable & Pick<QueryTable<C, S>, 'filter' | 'sort' | 'run' | 'queryState' | 'changed'>,
): Method {
  return {
    capability: table.capability,
    arguments: ['accountId', 'filter', 'sort', 'sinceQueryState', 'maxChanges', 'upToId', 'calculateTotal'],
    async run(call, args) {
      const accountId = await requireAccount(call, args, table.account);
      const query = readQuery(table, call, args);
      const since = args.string('sinceQueryState');
      const maxChanges = args.optionalUnsigned('maxChanges');
      args.optionalString('upToId');
      const calculateTotal = args.boolean('calculateTotal', false);
      const readState = () => stateOfQuery(table, call, accountId, query.filter);
      const { state, value } = await settled(table.changed !== undefined, readState, async () => {
        const isSame = since === (await readState());
        if (!isSame && !table.changed) throw new MethodError('cannotCalculateChanges');
        const changed = isSame ? nothing : await table.changed!(call, accountId, since, query.filter);
        const results = changed.now.length > 0 || calculateTotal ? await table.run(call, accountId, query) : null;
        const total = results && calculateTotal ? { total: await results.total() } : {};
        return { ...total, removed: changed.before, added: results ? await placesOf(results, changed.now) : [] };
      });
      if (maxChanges !== null && value.removed.length + value.added.length > maxChanges)
        throw new MethodError('tooManyChanges');
      return { accountId, oldQueryState: since, newQueryState: state, ...value };
    },
  };
}

const nothing: ChangedIds = { before: [], now: [] };

async function placesOf(results: Results, ids: readonly string[]): Promise<readonly AddedItem[]> {
  if (results.indexesOf) return results.indexesOf(ids);
  const items = await Promise.all(ids.map(async (id) => ({ id, index: await results.indexOf(id) })));
  return items.filter(({ index }) => index >= 0).sort((a, b) => a.index - b.index);
}
