/**
 * How to write a JMAP type: one file `types/<Type>.ts` that exports its methods, built from tables, and one line
 * per method in `methods.ts`.
 *
 *     const properties = {
 *       id: { serverSet: true },
 *       name: {},
 *       sortOrder: { default: 0 },
 *       color: { vendor: true, default: null },     // seen only with the vendor capability in `using`
 *       cardCount: { vendor: true, serverSet: true },
 *     } satisfies Properties;
 *     const common = { type: 'AddressBook', capability: capability.contacts, account: 'any', state } as const;
 *
 *     export const addressBookGet = getMethod({ ...common, properties, load });
 *     export const addressBookChanges = changesMethod({ ...common, changes });
 *     export const addressBookSet = setMethod({ ...common, properties, references: { parentId: 'value' }, create, update, destroy });
 *     const search = { filter, sort, run };
 *     export const contactCardQuery = queryMethod({ ...common, ...search });
 *     export const contactCardQueryChanges = queryChangesMethod({ ...common, ...search });
 *
 * - `account`: 'own' for types that live in the person's own account only, 'any' for those in folders, 'everywhere' for
 *   those that « Annuaire » has, too. The builders
 *   check `accountId` (accountNotFound, accountNotSupportedByMethod) before anything else happens.
 * - `state(call, accountId)` gives the state string. Builders read it before the data.
 * - `load(call, accountId, ids | null, wanted)` gives the objects that exist; the builder finds what is missing and
 *   leaves out properties that were not asked for. `wanted` spares work: `wanted.has('cardCount')`.
 * - `create(set, value)` answers `{ id, ...serverSet }`. `value` has been checked against `properties` (unknown and
 *   server-set ones are refused, all of them listed) and its defaults are filled in.
 * - `update(set, id, patch)` answers what changed beyond the patch, or null. `patch.apply(current)` gives
 *   `{ next, changed }`, with every rule of RFC 8620 §5.3 and the table checked.
 * - `destroy(set, id)`.
 * - A /set is one transaction and `set.call.context` is inside it; what fails for one object is undone for it alone.
 * - `set` is a `SetCall`: `set.call.context`, `set.accountId`, `set.extra` (what `prepare` made of the extra arguments).
 * - `references` names the properties that hold ids and may hold `#creationId`: 'value' (`parentId`) or 'keys'
 *   (`addressBookIds`). They arrive as real ids.
 * - Throw `AppError`; `errors.ts` has the one table to method errors and the one to SetErrors. `reason`,
 *   `proposedName`, `email`, `existingId` among the details are passed on. With `reasonsAsTypes: ['shareExists']` that
 *   reason becomes the SetError's type.
 * - A method that fits no builder is a `Method`: list its `arguments` (others are refused) and read them with `args`.
 */
import type { Context } from '../../../core/context.ts';
import { mayEnterAccount } from '../../../core/sharing/access.ts';
import { directoryAccountId, mayReadDirectory } from '../../../core/sharing/directoryAccount.ts';
import type { Json } from '../../../lib/json.ts';
import { MethodError } from './errors.ts';
import type { Arguments } from './readArguments.ts';

/** What one method call knows of its request. */
export type Call = {
  readonly context: Context;
  /** The capabilities that the request uses. */
  readonly using: ReadonlySet<string>;
  /** Whether the request uses the vendor capability: if not, it gets plain RFC objects. */
  readonly vendor: boolean;
  /** Creation ids of this request and the ids that they became (RFC 8620 §3.3). */
  readonly createdIds: Map<string, string>;
  /** Hears of faults of ours. */
  report(error: unknown): void;
};

/** One response of a method that gives several. */
export type NamedResponse = readonly [name: string, result: object];

/** A method: the arguments that it knows, and what it does. An array stands for several responses. */
export type Method = {
  readonly capability: string;
  readonly arguments: readonly string[] | 'any';
  run(call: Call, args: Arguments): Promise<object | readonly NamedResponse[]>;
};

/** All methods by name. */
export type Methods = Readonly<Record<string, Method>>;

/**
 * Where objects of a type live: in the person's own account only, in those of all people ('any'), in these and in the
 * directory's ('everywhere'), or in none (RFC 8620 §7.2).
 */
export type AccountScope = 'own' | 'any' | 'everywhere' | 'none';

/** What every builder of a method needs to know of a type. */
export type TypeTable = {
  readonly type: string;
  readonly capability: string;
  readonly account: AccountScope;
  state(call: Call, accountId: string): Promise<string>;
};

/** What a type says of a property (RFC 8620 §5.3); nothing said: the client may read and write it. */
export type Property = {
  /** Exists only for requests that use the vendor capability. */
  readonly vendor?: true;
  readonly serverSet?: true;
  /** May be set on create only. */
  readonly immutable?: true;
  /** What an omitted property is on create, and a removed one on update. */
  readonly default?: Json;
};

/** The properties of a type. */
export type Properties = Readonly<Record<string, Property>>;

/** Reads `accountId` and refuses the accounts that the person or the method has no business with. */
export async function requireAccount(
  call: Call,
  args: Arguments,
  scope: AccountScope,
  argument = 'accountId',
): Promise<string> {
  if (scope === 'none') return call.context.actor.principalId;
  const accountId = args.id(argument);
  if (accountId === call.context.actor.principalId) return accountId;
  if (accountId === directoryAccountId) return requireDirectory(call, scope);
  if (!(await mayEnterAccount(call.context, accountId))) throw new MethodError('accountNotFound');
  if (scope === 'own') throw new MethodError('accountNotSupportedByMethod');
  return accountId;
}

async function requireDirectory({ context }: Call, scope: AccountScope): Promise<string> {
  if (!(await mayReadDirectory(context.db, context))) throw new MethodError('accountNotFound');
  if (scope !== 'everywhere') throw new MethodError('accountNotSupportedByMethod');
  return directoryAccountId;
}

/** As `requireAccount`, for what is to be written in: nobody writes in the directory's (RFC 8620 §3.6.2). */
export async function requireWritableAccount(
  call: Call,
  args: Arguments,
  scope: AccountScope,
  argument = 'accountId',
): Promise<string> {
  const isDirectory = scope !== 'none' && args.id(argument) === directoryAccountId;
  if (isDirectory && (await requireDirectory(call, 'everywhere'))) throw new MethodError('accountReadOnly');
  return requireAccount(call, args, scope, argument);
}
