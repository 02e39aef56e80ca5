import type { Context } from '../../../src/core/context.ts';
import { AppError, invalid, notFound } from '../../../src/errors.ts';
import type { Json, JsonObject } from '../../../src/lib/json.ts';
import { Mutex } from '../../../src/lib/mutex.ts';
import { capability } from '../../../src/protocol/jmap/capabilities.ts';
import { changesMethod } from '../../../src/protocol/jmap/engine/changesMethod.ts';
import type { Call, Methods, Properties, TypeTable } from '../../../src/protocol/jmap/engine/define.ts';
import { asString, asStrings } from '../../../src/protocol/jmap/engine/filter.ts';
import type { Filter } from '../../../src/protocol/jmap/engine/filter.ts';
import { getMethod } from '../../../src/protocol/jmap/engine/getMethod.ts';
import { queryChangesMethod, queryMethod, resultsOf } from '../../../src/protocol/jmap/engine/queryMethod.ts';
import type { Query } from '../../../src/protocol/jmap/engine/queryMethod.ts';
import { createEngine, runRequest } from '../../../src/protocol/jmap/engine/runRequest.ts';
import { setMethod } from '../../../src/protocol/jmap/engine/setMethod.ts';
import { coreEcho } from '../../../src/protocol/jmap/types/Core.ts';

/** Things in memory, to see what the engine does by itself. */
export type Things = {
  readonly faults: unknown[];
  /** Runs method calls and gives the responses. */
  call(
    ...calls: readonly (readonly [name: string, args: object])[]
  ): Promise<[name: string, result: Record<string, never>, callId: string][]>;
  /** The same without the vendor capability. */
  plain: Things['call'];
  /** Runs one call and gives its result. */
  one(name: string, args: object): Promise<Record<string, never>>;
  readonly createdIds: (
    given: Record<string, string>,
    ...calls: readonly (readonly [string, object])[]
  ) => Promise<JsonObject>;
};

const properties = {
  id: { serverSet: true },
  name: {},
  size: { default: 0 },
  madeBy: { serverSet: true },
  kind: { immutable: true, default: 'plain' },
  parentId: { default: null },
  tagIds: { default: {} },
  secret: { vendor: true, default: null },
} satisfies Properties;

type Condition = { readonly name?: string; readonly names?: readonly string[] };

/** An engine with the type Thing. */
export function createThings(): Things {
  const objects = new Map<string, JsonObject>();
  const faults: unknown[] = [];
  let version = 0;
  const common: TypeTable = {
    type: 'Thing',
    capability: capability.contacts,
    account: 'own',
    state: async () => String(version),
  };
  const query = {
    ...common,
    filter: { name: { read: asString }, names: { vendor: true as const, read: asStrings } },
    sort: { name: {}, size: {} },
    maxLimit: 100,
    run: async (_call: Call, _accountId: string, wanted: Query<Condition, 'name' | 'size'>) =>
      resultsOf(find(objects, wanted)),
  };
  const methods: Methods = {
    'Core/echo': coreEcho,
    'Thing/get': getMethod({
      ...common,
      properties,
      load: async (_call, _accountId, ids) =>
        (ids ?? [...objects.keys()]).map((id) => objects.get(id)).filter((object) => object !== undefined),
    }),
    'Thing/changes': changesMethod({
      ...common,
      async changes(_call, _accountId, since) {
        if (since !== String(version)) throw new AppError('cannotCalculateChanges', 'no log');
        return { newState: since, hasMoreChanges: false, created: [], updated: [], destroyed: [] };
      },
    }),
    'Thing/set': setMethod({
      ...common,
      properties,
      references: { parentId: 'value', tagIds: 'keys' },
      reasonsAsTypes: ['unlucky'],
      extraArguments: ['bonus'],
      prepare: (_call, _accountId, args) => ({ bonus: args.integer('bonus', 0) }),
      async create({ extra }, value) {
        requireName(value['name']);
        const id = `t${++version}`;
        objects.set(id, { ...value, id, madeBy: 'me', size: (value['size'] as number) + extra.bonus });
        return { id, madeBy: 'me', secret: null };
      },
      async update(_set, id, patch) {
        const current = objects.get(id);
        if (!current) throw notFound('thing');
        const { next, changed } = patch.apply(current);
        requireName(next['name']);
        if (changed.size > 0) version++;
        objects.set(id, next);
        return null;
      },
      async destroy(_set, id) {
        if (!objects.delete(id)) throw notFound('thing');
        version++;
      },
    }),
    'Thing/query': queryMethod(query),
    'Thing/queryChanges': queryChangesMethod(query),
  };
  const engine = createEngine(methods, (error) => faults.push(error));
  const writer = { nested: <T>(task: () => Promise<T>) => task() };
  const turns = new Mutex();
  const db = {
    transaction: <T>(task: (each: typeof writer) => Promise<T>, committed?: () => Promise<void>) =>
      turns.run(async () => {
        const result = await task(writer);
        await committed?.();
        return result;
      }),
  };
  const context = { actor: { principalId: 'me', language: 'en' }, db } as unknown as Context;
  const run =
    (using: readonly string[], createdIds: ReadonlyMap<string, string> | null) =>
    async (calls: readonly (readonly [string, object])[]) => {
      const methodCalls = calls.map(([name, args], index) => [name, ownAccount(name, args), `c${index}`] as const);
      return runRequest(engine, context, { using: new Set(using), methodCalls, createdIds });
    };
  const all = [capability.core, capability.contacts, capability.vendor];
  const responses =
    (using: readonly string[]) =>
    async (...calls: readonly (readonly [string, object])[]) =>
      JSON.parse(JSON.stringify((await run(using, null)(calls)).methodResponses)) as Awaited<
        ReturnType<Things['call']>
      >;
  return {
    faults,
    call: responses(all),
    plain: responses([capability.core, capability.contacts]),
    one: async (name, args) => (await responses(all)([name, args]))[0]![1],
    createdIds: async (given, ...calls) => (await run(all, new Map(Object.entries(given)))(calls)).createdIds!,
  };
}

function ownAccount(name: string, args: object): JsonObject {
  return (name === 'Core/echo' || 'accountId' in args ? args : { accountId: 'me', ...args }) as JsonObject;
}

function requireName(name: Json | undefined): void {
  if (name === 'broken') throw new Error('a fault of ours');
  if (name === 'unlucky') throw new AppError('invalid', 'bad luck', { reason: 'unlucky', email: 'x@demo.example' });
  if (typeof name !== 'string' || name === '')
    throw invalid('name', 'needed', { reason: 'nameEmpty', proposedName: 'Thing' });
}

function find(objects: ReadonlyMap<string, JsonObject>, { filter, sort }: Query<Condition, 'name' | 'size'>): string[] {
  const found = [...objects.values()].filter((object) => filter === null || matches(filter, object['name'] as string));
  return found.sort((a, b) => compare(a, b, sort)).map((object) => object['id'] as string);
}

function compare(a: JsonObject, b: JsonObject, sort: Query<Condition, 'name' | 'size'>['sort']): number {
  for (const { property, isAscending } of [...sort, { property: 'id', isAscending: true }]) {
    if (a[property] !== b[property]) return (a[property]! < b[property]! ? -1 : 1) * (isAscending ? 1 : -1);
  }
  return 0;
}

function matches(filter: Filter<Condition>, name: string): boolean {
  if (filter.operator === null)
    return (filter.condition.name ?? name) === name && (filter.condition.names?.includes(name) ?? true);
  if (filter.operator === 'AND') return filter.conditions.every((part) => matches(part, name));
  if (filter.operator === 'OR') return filter.conditions.some((part) => matches(part, name));
  return !filter.conditions.some((part) => matches(part, name));
}
