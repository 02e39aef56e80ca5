import { transact, within } from '../../../core/change/transact.ts';
import type { Transaction } from '../../../core/change/transaction.ts';
import { AppError } from '../../../errors.ts';
import { createBreath } from '../../../lib/breath.ts';
import { isObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { TransactionUndone } from '../../../lib/database/transactionUndone.ts';
import { limits } from '../capabilities.ts';
import { orderCreates, resolveCreationIds } from './creationReferences.ts';
import type { References } from './creationReferences.ts';
import { requireWritableAccount } from './define.ts';
import type { Call, Method, TypeTable } from './define.ts';
import { mapOrNull } from './eachObject.ts';
import { MethodError, setErrorOf } from './errors.ts';
import type { SetError } from './errors.ts';
import { checkCreate, createPatch, pick, wantedProperties } from './properties.ts';
import type { Patch, PropertyTable } from './properties.ts';
import { isId } from './readArguments.ts';
import type { Arguments } from './readArguments.ts';

/** What the operations of one /set call share; `extra` is what `prepare` made of the extra arguments. */
export type SetCall<Extra> = { readonly call: Call; readonly accountId: string; readonly extra: Extra };

/** What a /set call has done so far; `after` may add to what it tells of an object. */
export type SetOutcome = {
  readonly created: Map<string, JsonObject>;
  readonly updated: Map<string, JsonObject | null>;
  readonly destroyed: string[];
  readonly notCreated: Map<string, SetError>;
  readonly notUpdated: Map<string, SetError>;
  readonly notDestroyed: Map<string, SetError>;
};

/** A type that can be written. An operation that is left out is *forbidden* for every object. */
export type SetTable<Extra> = TypeTable &
  PropertyTable & {
    readonly references?: References;
    /** Reasons of errors that are SetError types of their own. */
    readonly reasonsAsTypes?: readonly string[];
    /** There is one object with the id `singleton`: it is neither created nor destroyed (RFC 8620 §5.3). */
    readonly singleton?: true;
    /** Arguments beyond those of the standard method, for `prepare` to read. */
    readonly extraArguments?: readonly string[];
    prepare?(call: Call, accountId: string, args: Arguments): Extra | Promise<Extra>;
    /** Answers the id and whatever else the client did not send. */
    create?(set: SetCall<Extra>, value: JsonObject, creationId: string): Promise<Created>;
    /** Answers what changed beyond the patch, or null. */
    update?(set: SetCall<Extra>, id: string, patch: Patch): Promise<JsonObject | null>;
    destroy?(set: SetCall<Extra>, id: string): Promise<void>;
    after?(set: SetCall<Extra>, outcome: SetOutcome): Promise<void>;
  };

type Asked = { readonly create: JsonObject; readonly update: JsonObject; readonly destroy: readonly string[] };

/** The /set method of a type: RFC 8620 §5.3. Creates come first, then updates, then destroys. */
export function setMethod<Extra>(table: SetTable<Extra>): Method {
  return {
    capability: table.capability,
    arguments: [
      ...(table.account === 'none' ? [] : ['accountId', 'ifInState']),
      'create',
      'update',
      'destroy',
      ...(table.extraArguments ?? []),
    ],
    async run(call, args) {
      const accountId = await requireWritableAccount(call, args, table.account);
      const ifInState = args.optionalString('ifInState');
      const asked = readAsked(args);
      // Without `prepare` nobody has given Extra a type: there is nothing to read in it.
      const extra = table.prepare ? await table.prepare(call, accountId, args) : (undefined as Extra);
      let newState = '';
      const { oldState, outcome } = await inOne(
        call,
        async (inside) => {
          const state = await table.state(inside, accountId);
          if (ifInState !== null && ifInState !== state) throw new MethodError('stateMismatch');
          const set = { call: inside, accountId, extra };
          const done = await perform(table, set, asked);
          await table.after?.(set, done);
          return { oldState: state, outcome: done };
        },
        // Between the two states must be nobody's changes but ours: the client takes the new one for its own.
        async () => void (newState = await table.state(call, accountId)),
      );
      if (table.account === 'none') return written(outcome);
      return { accountId, oldState, newState, ...written(outcome) };
    },
  };
}

/**
 * One transaction for all objects: one commit, and what fails for one of them is undone for it alone. When it fails
 * as a whole, what it created was never there.
 */
async function inOne<T>(call: Call, task: (inside: Call) => Promise<T>, committed: () => Promise<void>): Promise<T> {
  const before = [...call.createdIds];
  const forget = () => {
    call.createdIds.clear();
    for (const [creationId, id] of before) call.createdIds.set(creationId, id);
  };
  const all = (tx: Transaction) => {
    // Also when it is done anew.
    forget();
    return task({ ...call, context: within(call.context, tx) });
  };
  try {
    return await transact(call.context, all, committed);
  } catch (error) {
    forget();
    throw error;
  }
}

function readAsked(args: Arguments): Asked {
  const create = args.optionalObject('create') ?? {};
  const update = args.optionalObject('update') ?? {};
  const destroy = args.optionalIds('destroy') ?? [];
  const total = Object.keys(create).length + Object.keys(update).length + destroy.length;
  if (total > limits.maxObjectsInSet)
    throw new MethodError('requestTooLarge', `At most ${limits.maxObjectsInSet} objects`);
  requireObjects('create', create);
  requireObjects('update', update);
  const wrong = Object.keys(create).find((creationId) => !isId(creationId));
  if (wrong !== undefined) throw new MethodError('invalidArguments', `create: ${wrong} is no Id`);
  return { create, update, destroy };
}

function requireObjects(name: string, map: JsonObject): void {
  if (!Object.values(map).every(isObject))
    throw new MethodError('invalidArguments', `${name}: must map Ids to objects`);
}

async function perform<Extra>(table: SetTable<Extra>, set: SetCall<Extra>, asked: Asked): Promise<SetOutcome> {
  const outcome: SetOutcome = {
    created: new Map(),
    updated: new Map(),
    destroyed: [],
    notCreated: new Map(),
    notUpdated: new Map(),
    notDestroyed: new Map(),
  };
  const attempt = attemptsOf(table, set);
  for (const creationId of orderCreates(asked.create, table.references ?? {})) {
    await attempt(outcome.notCreated, creationId, async () => {
      const object = await create(table, set, asked.create[creationId] as JsonObject, creationId);
      set.call.createdIds.set(creationId, object.id);
      outcome.created.set(creationId, object);
    });
  }
  const doomed = new Set(asked.destroy.map((id) => realId(set.call, id)));
  for (const [given, patch] of Object.entries(asked.update)) {
    const id = realId(set.call, given);
    if (doomed.has(id) && !table.singleton) {
      outcome.notUpdated.set(id, { type: 'willDestroy' });
      continue;
    }
    await attempt(outcome.notUpdated, id, async () => {
      outcome.updated.set(id, await update(table, set, id, patch as JsonObject));
    });
  }
  for (const id of doomed) {
    await attempt(outcome.notDestroyed, id, async () => {
      await destroy(table, set, id);
      outcome.destroyed.push(id);
    });
  }
  return outcome;
}

/** A few milliseconds of work: so long others wait. */
const objectsInARow = 4;

type Attempt = (errors: Map<string, SetError>, id: string, task: () => Promise<void>) => Promise<void>;

/** What fails for one object does not keep the others from being done; not even a fault of ours. */
function attemptsOf<Extra>(table: SetTable<Extra>, set: SetCall<Extra>): Attempt {
  const types = [...(table.reasonsAsTypes ?? []), 'singleton'];
  const breathe = createBreath(objectsInARow);
  return async (errors, id, task) => {
    await breathe();
    try {
      await transact(set.call.context, task);
    } catch (error) {
      if (error instanceof TransactionUndone) throw error;
      const setError = setErrorOf(error, types);
      if (!setError) set.call.report(error);
      errors.set(id, setError ?? { type: 'serverFail' });
    }
  };
}

type Created = JsonObject & { readonly id: string };

async function create<Extra>(
  table: SetTable<Extra>,
  set: SetCall<Extra>,
  raw: JsonObject,
  creationId: string,
): Promise<Created> {
  if (table.singleton) throw new AppError('forbidden', 'There is only one', { reason: 'singleton' });
  if (!table.create) throw new AppError('forbidden', `A ${table.type} cannot be created`);
  const { createdIds, vendor } = set.call;
  const resolved = resolveCreationIds(raw, table.references ?? {}, (id) => createdIds.get(id));
  const value = checkCreate(table, resolved, vendor);
  const object = await table.create(set, value, creationId);
  const defaults = Object.entries(value).filter(([name]) => !Object.hasOwn(resolved, name));
  return { ...visible(table, set, { ...Object.fromEntries(defaults), ...object }), id: object.id };
}

async function update<Extra>(
  table: SetTable<Extra>,
  set: SetCall<Extra>,
  id: string,
  raw: JsonObject,
): Promise<JsonObject | null> {
  if (!isId(id)) throw new AppError('notFound', 'No such object');
  if (!table.update) throw new AppError('forbidden', `A ${table.type} cannot be changed`);
  const { createdIds, vendor } = set.call;
  const resolved = resolveCreationIds(raw, table.references ?? {}, (creationId) => createdIds.get(creationId));
  const changed = await table.update(set, id, createPatch(table, resolved, vendor));
  const shown = changed && visible(table, set, changed);
  return shown && Object.keys(shown).length > 0 ? shown : null;
}

function visible<Extra>(table: SetTable<Extra>, set: SetCall<Extra>, object: JsonObject): JsonObject {
  return pick(object, wantedProperties(table, null, set.call.vendor).wanted);
}

async function destroy<Extra>(table: SetTable<Extra>, set: SetCall<Extra>, id: string): Promise<void> {
  if (!isId(id)) throw new AppError('notFound', 'No such object');
  if (table.singleton) throw new AppError('forbidden', 'It cannot be destroyed', { reason: 'singleton' });
  if (!table.destroy) throw new AppError('forbidden', `A ${table.type} cannot be destroyed`);
  await table.destroy(set, id);
}

/** A reference to an object created in this request, as its id; what is none, as it is. */
function realId(call: Call, id: string): string {
  return id.startsWith('#') ? (call.createdIds.get(id.slice(1)) ?? id) : id;
}

function written(outcome: SetOutcome): Record<string, unknown> {
  return {
    created: mapOrNull(outcome.created),
    updated: mapOrNull(outcome.updated),
    destroyed: outcome.destroyed.length === 0 ? null : outcome.destroyed,
    notCreated: mapOrNull(outcome.notCreated),
    notUpdated: mapOrNull(outcome.notUpdated),
    notDestroyed: mapOrNull(outcome.notDestroyed),
  };
}
