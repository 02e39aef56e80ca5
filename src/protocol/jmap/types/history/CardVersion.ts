import { eraseHistory } from '../../../../core/history/eraseHistory.ts';
import { findVersions } from '../../../../core/history/findVersions.ts';
import { queryVersions } from '../../../../core/history/queryVersions.ts';
import type { VersionFilter } from '../../../../core/history/queryVersions.ts';
import { restoreVersion } from '../../../../core/history/restoreVersion.ts';
import { previewUndo, undo } from '../../../../core/history/undo.ts';
import type { Undone } from '../../../../core/history/undo.ts';
import type { Undoing } from '../../../../core/history/selectChanges.ts';
import { stateOf } from '../../../../core/sync/states.ts';
import { AppError } from '../../../../errors.ts';
import type { JsonObject } from '../../../../lib/json.ts';
import { capability } from '../../capabilities.ts';
import { requireAccount, requireWritableAccount } from '../../engine/define.ts';
import type { Call, Method, Properties } from '../../engine/define.ts';
import { invalidArgument, MethodError } from '../../engine/errors.ts';
import { asId, asUtcDate } from '../../engine/filter.ts';
import { getMethod } from '../../engine/getMethod.ts';
import { queryMethod } from '../../engine/queryMethod.ts';
import type { Arguments } from '../../engine/readArguments.ts';
import { historyResults, onlyCondition } from './historyResults.ts';

const serverSet = { serverSet: true } as const;

const properties = {
  id: serverSet,
  cardId: serverSet,
  addressBookId: serverSet,
  otherAddressBookId: serverSet,
  at: serverSet,
  authorId: serverSet,
  authorName: serverSet,
  way: serverSet,
  action: serverSet,
  name: serverSet,
  batchId: serverSet,
  operationId: serverSet,
  before: serverSet,
  after: serverSet,
} satisfies Properties;

const common = {
  type: 'CardVersion',
  capability: capability.vendor,
  account: 'any',
  state: (call: Call, accountId: string) => stateOf(call.context, accountId, 'ContactCard'),
} as const;

/** Whole cards are read from their texts: of so many in one answer. */
const mostContents = 200;
const mostIds = 500;
const stepsTold = 200;

/** What happened to cards. */
export const cardVersionGet = getMethod({
  ...common,
  properties,
  async load(call, accountId, ids, wanted) {
    if (ids === null) throw invalidArgument('ids', 'must be said: history has no end');
    const content = wanted.has('before') || wanted.has('after');
    if (content && ids.length > mostContents)
      throw new MethodError('requestTooLarge', `At most ${mostContents} versions with before and after`);
    return (await findVersions(call.context, accountId, ids, { content })) as readonly JsonObject[];
  },
});

/** Which versions there are, newest first. */
export const cardVersionQuery = queryMethod<VersionFilter, never>({
  ...common,
  maxLimit: mostIds,
  filter: {
    cardId: { read: asId },
    inAddressBook: { read: asId },
    batchId: { read: asId },
    operationId: { read: asId },
    author: { read: asId },
    after: { read: asUtcDate },
    before: { read: asUtcDate },
  },
  sort: {},
  async run(call, accountId, { filter }) {
    const asked = onlyCondition(filter);
    return historyResults(await queryVersions(call.context, accountId, asked).catch(asQueryError));
  },
});

function asQueryError(error: unknown): never {
  if (error instanceof AppError && error.details.reason === 'unsupportedFilter')
    throw new MethodError('unsupportedFilter', error.message);
  throw error;
}

/** Brings an earlier version back. */
export const cardVersionRestore: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'id', 'state', 'addressBookId'],
  async run(call, args) {
    const accountId = await requireWritableAccount(call, args, 'any');
    const side = args.oneOf('state', ['after', 'before'], 'after');
    const wanted = { id: args.id('id'), side, intoBookId: args.optionalId('addressBookId') };
    return { accountId, ...(await restoreVersion(call.context, accountId, wanted).catch(asNotFound)) };
  },
};

/** Undoes what was done as one. */
export const cardVersionUndo: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'batchId', 'operationId', 'continues', 'dryRun'],
  run: (call, args) => answerUndo(call, args, readDone(args)),
};

/** « Revenir à ce moment »: takes a whole folder back, or takes out what one person did there since. */
export const addressBookRewind: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'id', 'to', 'author', 'continues', 'dryRun'],
  run(call, args) {
    const to = asUtcDate(args.string('to'));
    if (to === undefined) throw invalidArgument('to', 'must be a UTCDate');
    return answerUndo(call, args, { kind: 'since', bookId: args.id('id'), to, author: args.optionalId('author') });
  },
};

/** Forgets what a card was, for ever. */
export const cardVersionErase: Method = {
  capability: capability.vendor,
  arguments: ['accountId', 'cardId'],
  async run(call, args) {
    const accountId = await requireAccount(call, args, 'any');
    return { accountId, erased: await eraseHistory(call.context, accountId, args.id('cardId')) };
  },
};

function readDone(args: Arguments): Undoing {
  const [batchId, operationId] = [args.optionalId('batchId'), args.optionalId('operationId')];
  if (batchId !== null && operationId === null) return { kind: 'batch', batchId };
  if (operationId !== null && batchId === null) return { kind: 'operation', operationId };
  throw invalidArgument('batchId', 'either this or operationId must be said');
}

async function answerUndo(call: Call, args: Arguments, undoing: Undoing): Promise<object> {
  const accountId = await requireWritableAccount(call, args, 'any');
  const isDry = args.boolean('dryRun', false);
  const continues = args.optionalId('continues');
  const undone = isDry
    ? previewUndo(call.context, accountId, undoing)
    : undo(call.context, accountId, undoing, continues);
  const { counts, steps, left, operationId } = await undone.catch(asNotFound);
  return { accountId, counts, cards: steps.slice(0, stepsTold).map(told), left, operationId };
}

function told(step: Undone['steps'][number]): JsonObject {
  const { cardId, name, kind } = step;
  return { cardId, name, change: kind, reason: kind === 'kept' ? step.reason : null };
}

/** A method error of its own: what one may not see does not exist. */
function asNotFound(error: unknown): never {
  if (error instanceof AppError && error.kind === 'notFound') throw new MethodError('notFound', error.message);
  throw error;
}
