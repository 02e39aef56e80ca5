import { copyCard } from '../../../core/card/copyCard.ts';
import { destroyCard } from '../../../core/card/destroyCard.ts';
import { findCards } from '../../../core/card/findCards.ts';
import { stateOf } from '../../../core/sync/states.ts';
import { invalid, notFound } from '../../../errors.ts';
import { isObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import { capability, limits } from '../capabilities.ts';
import { resolveCreationIds } from '../engine/creationReferences.ts';
import { requireAccount } from '../engine/define.ts';
import type { Call, Method, NamedResponse } from '../engine/define.ts';
import { eachObject, mapOrNull } from '../engine/eachObject.ts';
import { invalidArgument, MethodError } from '../engine/errors.ts';
import { bookOfNew } from './ContactCard.ts';

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
    const fromAccountId = await requireAccount(call, args, 'any', 'fromAccountId').catch((error: unknown) => {
      throw error instanceof MethodError && error.type === 'accountNotFound'
        ? new MethodError('fromAccountNotFound')
        : error;
    });
    const accountId = await requireAccount(call, args, 'any');
    if (fromAccountId === accountId) throw invalidArgument('accountId', 'must not be the account that is copied from');
    const destroysOriginal = args.boolean('onSuccessDestroyOriginal', false);
    const destroyIfInState = args.optionalString('destroyFromIfInState');
    const create = args.optionalObject('create') ?? {};
    if (Object.keys(create).length > limits.maxObjectsInSet)
      throw new MethodError('requestTooLarge', `At most ${limits.maxObjectsInSet} objects`);
    const { copied, originals } = await call.inTurn(accountId, async () => {
      await requireState(call, fromAccountId, args.optionalString('ifFromInState'));
      const oldState = await requireState(call, accountId, args.optionalString('ifInState'));
      const { done, failed } = await eachObject(call, Object.keys(create), (inside, creationId) =>
        copyOne(inside, fromAccountId, accountId, create[creationId]),
      );
      for (const [creationId, { id }] of done) call.createdIds.set(creationId, id);
      return {
        copied: {
          fromAccountId,
          accountId,
          oldState,
          newState: await stateOf(call.context, accountId, 'ContactCard'),
          created: mapOrNull(new Map([...done].map(([creationId, { id }]) => [creationId, { id }]))),
          notCreated: mapOrNull(failed),
        },
        originals: [...done.values()].map(({ original }) => original),
      };
    });
    if (!destroysOriginal) return copied;
    // The copies are there for good before any original goes: whatever happens in between, no card is lost.
    const set = await call.inTurn(fromAccountId, () => destroyAll(call, fromAccountId, originals, destroyIfInState));
    return [['ContactCard/copy', copied], set];
  },
};

async function requireState(call: Call, accountId: string, expected: string | null): Promise<string> {
  const state = await stateOf(call.context, accountId, 'ContactCard');
  if (expected !== null && expected !== state) throw new MethodError('stateMismatch');
  return state;
}

async function copyOne(call: Call, fromAccountId: string, accountId: string, asked: Json | undefined): Promise<Copied> {
  if (!isObject(asked)) throw invalid('id', 'id names the card to copy');
  const value = resolveCreationIds(asked, { id: 'value', addressBookIds: 'keys' }, (id) => call.createdIds.get(id));
  const { id: original, addressBookIds, ...changes } = value;
  if (typeof original !== 'string') throw invalid('id', 'id names the card to copy');
  if (changes['fileAs'] !== undefined) throw invalid('fileAs', 'Set by the server');
  if ((await findCards(call.context, fromAccountId, [original], 1)).length === 0) throw notFound('card');
  const bookId = await bookOfNew(call.context, accountId, addressBookIds);
  return { id: (await copyCard(call.context, original, bookId, changes)).id, original };
}

async function destroyAll(
  call: Call,
  accountId: string,
  ids: readonly string[],
  ifInState: string | null,
): Promise<NamedResponse> {
  const oldState = await stateOf(call.context, accountId, 'ContactCard');
  if (ifInState !== null && ifInState !== oldState) return ['error', { type: 'stateMismatch' }];
  const { done, failed } = await eachObject(call, ids, (inside, id) => destroyCard(inside.context, id));
  const newState = await stateOf(call.context, accountId, 'ContactCard');
  const none = { created: null, updated: null, notCreated: null, notUpdated: null };
  return [
    'ContactCard/set',
    { accountId, oldState, newState, ...none, destroyed: [...done.keys()], notDestroyed: mapOrNull(failed) },
  ];
}
