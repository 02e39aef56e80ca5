import { copyCard } from '../../../core/card/copyCard.ts';
import { destroyCard } from '../../../core/card/destroyCard.ts';
import { findCards } from '../../../core/card/findCards.ts';
import { copyDirectoryCard } from '../../../core/directorybook/copyDirectoryCard.ts';
import { directoryAccountId } from '../../../core/sharing/directoryAccount.ts';
import { stateOf } from '../../../core/sync/states.ts';
import { invalid, notFound } from '../../../errors.ts';
import { isObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import { capability } from '../capabilities.ts';
import { resolveCreationIds } from '../engine/creationReferences.ts';
import { requireAccount, requireWritableAccount } from '../engine/define.ts';
import type { Call, Method, NamedResponse } from '../engine/define.ts';
import { eachObject, mapOrNull } from '../engine/eachObject.ts';
import { invalidArgument, MethodError, methodErrorOf } from '../engine/errors.ts';
import { checkCreate } from '../engine/properties.ts';
import { isId } from '../engine/readArguments.ts';
import { bookOfNew, cardProperties, cardReferences, contactCardState } from './ContactCard.ts';

/** The copy, and what it was made from. */
type Copied = { readonly id: string; readonly original: string };

/** RFC 9610 §3.6, RFC 8620 §5.4: from one account to another; with `onSuccessDestroyOriginal` it is a move. */
export const contactCardCopy: Method = {
  capability: capability.contacts,
  arguments: [
    'fromAccountId',
    'ifFromInState',
    'accountId',
    'ifInState',
    'create',
    'onSuccessDestroyOriginal',
    'destroyFromIfInState',
  ],
  async run(call, args) {
    const fromAccountId = await requireAccount(call, args, 'everywhere', 'fromAccountId').catch((error: unknown) => {
      throw error instanceof MethodError && error.type === 'accountNotFound'
        ? new MethodError('fromAccountNotFound')
        : error;
    });
    const accountId = await requireWritableAccount(call, args, 'any');
    if (fromAccountId === accountId) throw invalidArgument('accountId', 'must not be the account that is copied from');
    const destroysOriginal = args.boolean('onSuccessDestroyOriginal', false);
    const destroyIfInState = args.optionalString('destroyFromIfInState');
    if (destroysOriginal && fromAccountId === directoryAccountId) throw new MethodError('accountReadOnly');
    const create = args.optionalObject('create') ?? {};
    if (!Object.keys(create).every(isId)) throw invalidArgument('create', 'must map Ids to objects');
    let [oldState, newState] = ['', ''];
    const way = { fromAccountId, accountId, isMove: destroysOriginal };
    const copyOf = (inside: Call, creationId: string) => copyOne(inside, way, create[creationId]);
    const { done, failed } = await eachObject(call, Object.keys(create), copyOf, {
      async begin(inside) {
        await requireState(inside, fromAccountId, args.optionalString('ifFromInState'));
        oldState = await requireState(inside, accountId, args.optionalString('ifInState'));
      },
      committed: async () => void (newState = await stateOf(call.context, accountId, 'ContactCard')),
    });
    for (const [creationId, { id }] of done) call.createdIds.set(creationId, id);
    const created = mapOrNull(new Map([...done].map(([creationId, { id }]) => [creationId, { id }])));
    const copied = { fromAccountId, accountId, oldState, newState, created, notCreated: mapOrNull(failed) };
    if (!destroysOriginal) return copied;
    // The copies are there for good before any original goes: whatever happens in between, no card is lost.
    const originals = [...done.values()].map(({ original }) => original);
    return [['ContactCard/copy', copied], await destroyAll(call, fromAccountId, originals, destroyIfInState)];
  },
};

async function requireState(call: Call, accountId: string, expected: string | null): Promise<string> {
  const state = await contactCardState(call, accountId);
  if (expected !== null && expected !== state) throw new MethodError('stateMismatch');
  return state;
}

type CopyWay = { readonly fromAccountId: string; readonly accountId: string; readonly isMove: boolean };

async function copyOne(call: Call, way: CopyWay, asked: Json | undefined): Promise<Copied> {
  const { fromAccountId, accountId, isMove } = way;
  if (!isObject(asked)) throw invalid('id', 'id names the card to copy');
  const value = resolveCreationIds(asked, { id: 'value', ...cardReferences }, (id) => call.createdIds.get(id));
  const { id: original, ...said } = value;
  if (typeof original !== 'string') throw invalid('id', 'id names the card to copy');
  const { addressBookIds, ...changes } = checkCreate(cardProperties, said, call.vendor);
  const bookId = await bookOfNew(call.context, accountId, addressBookIds);
  if (fromAccountId === directoryAccountId)
    return { id: (await copyDirectoryCard(call.context, original, bookId, changes)).id, original };
  if ((await findCards(call.context, fromAccountId, [original], 1)).length === 0) throw notFound('card');
  return { id: (await copyCard(call.context, original, { bookId, changes, isMove })).id, original };
}

async function destroyAll(
  call: Call,
  accountId: string,
  ids: readonly string[],
  ifInState: string | null,
): Promise<NamedResponse> {
  let [oldState, newState] = ['', ''];
  try {
    const { done, failed } = await eachObject(call, ids, (inside, id) => destroyCard(inside.context, { cardId: id }), {
      begin: async (inside) => void (oldState = await requireState(inside, accountId, ifInState)),
      committed: async () => void (newState = await stateOf(call.context, accountId, 'ContactCard')),
    });
    const none = { created: null, updated: null, notCreated: null, notUpdated: null };
    const destroyed = done.size === 0 ? null : [...done.keys()];
    return ['ContactCard/set', { accountId, oldState, newState, ...none, destroyed, notDestroyed: mapOrNull(failed) }];
  } catch (error) {
    const expected = methodErrorOf(error);
    if (!expected) throw error;
    return ['error', expected];
  }
}
